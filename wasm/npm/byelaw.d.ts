// What goes into this package and comes out of it. Kept by hand; a test holds real answers and vocabularies against it.

/** Loads a compiled policy (`byelaw build PACK -o FILE`). Rejects with {@link NotAPolicy} if the bytes are none. */
export function load(policy: Uint8Array | ArrayBuffer): Promise<Policy>;

/** The bytes were no compiled policy of this version, or were damaged. */
export class NotAPolicy extends Error {}

/** A policy that answers questions. */
export interface Policy {
  /**
   * Whether what is asked is allowed without any condition: the decision's `unconditional`. False for everything else:
   * an error, what is not known, a stop. Never throws. Whoever enforces uses only this.
   */
  allows(question: Question): boolean;
  /**
   * The answer to a question. Never throws: what is wrong with the question, or with the evaluator, is an answer, too.
   * `ok` says that there is a decision, not that it is a yes.
   */
  decide(question: Question): Answer;
  /** The same as text: JSON in, JSON out, byte for byte what the command line writes. Never throws. */
  decideText(question: string): string;
  /** Every word that a question may use. Throws if the policy was freed, or if the evaluator stops. */
  vocabulary(): Vocabulary;
  /** Gives the memory back. A question asked after this is answered with an error. */
  free(): void;
  [Symbol.dispose](): void;
}

/** What is stated of a fact: a value by its name, yes or no, a whole number, several of these, or `null` for not known. */
export type Stated = string | boolean | number | null | readonly (string | boolean | number | null)[] | { readonly includes: readonly string[] };

export interface Question {
  /** Your own name for it, given back with the answer. */
  readonly id?: string | number | null;
  /** When the conduct happens: `2020-05-11`, or a local date and time, `2020-05-11T10:00`. */
  readonly on?: string | null;
  /** As the policy stood adopted on this day. */
  readonly as_of?: string | null;
  /** A fact that is left out takes its presumption; one that is `null` is not known. */
  readonly facts: { readonly [fact: string]: Stated };
  readonly approved?: readonly (string | Approved)[];
  readonly refused?: readonly (string | Approved)[];
  /** Undertakings and duties that are done or will be in time. */
  readonly will?: readonly (string | { readonly name: string; readonly on?: string | null })[];
  readonly wont?: readonly string[];
  /** `false`: nothing is presumed. */
  readonly assume?: boolean | null;
  /** `false`: do not look for what would change the answer. */
  readonly would_change?: boolean | null;
}

export interface Approved {
  readonly name: string;
  readonly by?: string | null;
  readonly until?: string | null;
  readonly ref?: string | null;
}

/** A decision, or why there is none. */
export type Answer = Decided | Refused;

/** There is a decision. It may be a no. */
export interface Decided {
  readonly ok: true;
  readonly decision: Decision;
  readonly error?: undefined;
}

/** There is no decision, and so no yes. */
export interface Refused {
  readonly ok: false;
  readonly id?: string | number;
  readonly decision?: undefined;
  readonly error: {
    /** `internal`: the evaluator stopped; the next question gets a fresh one. All others are about the question. */
    readonly code: ErrorCode | (string & {});
    readonly message: string;
    /** The path of the part that is wrong, for instance `facts.NAME`. */
    readonly at?: string;
    readonly nearest?: readonly string[];
  };
}

export type ErrorCode =
  | "json" | "type" | "unknown_field" | "unknown_fact" | "unknown_value" | "unknown_name"
  | "out_of_range" | "contradiction" | "impossible" | "too_many" | "internal";

export type Outcome = "permitted" | "needs_approval" | "forbidden" | "not_covered" | "needs_facts";

interface Answered {
  readonly v: 1;
  readonly id?: string | number;
  /** False if a counted budget ran out. */
  readonly exact: boolean;
  /** What suffices, each way in full. */
  readonly ways: readonly Way[];
  readonly approvals: readonly (readonly string[])[];
  /** Before or during the act. */
  readonly provided: readonly { readonly name: string; readonly text: string }[];
  /** After the act. */
  readonly duties: readonly Duty[];
  readonly advice: readonly { readonly rule: string; readonly text: string; readonly sometimes: boolean; readonly cites: readonly Cite[] }[];
  /** What was presumed and matters. */
  readonly assumed: readonly { readonly fact: string; readonly value: Stated | { readonly excludes?: readonly string[]; readonly includes?: readonly string[] } }[];
  /** Facts that matter and are not known, most useful first. */
  readonly needs: readonly string[];
  readonly among: { readonly [fact: string]: readonly string[] };
  readonly needs_because: { readonly [fact: string]: readonly { readonly rule: string; readonly sentence: string; readonly cites: readonly Cite[] }[] };
  readonly open: readonly { readonly name: string; readonly left_to?: string; readonly reading_of?: Cite }[];
  readonly possible: readonly Outcome[];
  readonly because: readonly Reason[];
  readonly defeated: readonly { readonly rule: string; readonly by: string; readonly sometimes: boolean }[];
  readonly clashes: readonly Clash[];
  readonly by_silence?: Silence;
  readonly would_change: readonly Change[];
  /** Absent if every change was looked for. */
  readonly would_change_exact?: false;
  readonly notes: readonly string[];
  readonly policy: { readonly pack: string; readonly title: string; readonly edition?: string; readonly digest: string };
}

/** Permitted. `unconditional`: nothing further has to be done, is presumed or is left open. */
export interface Permitted extends Answered {
  readonly outcome: "permitted";
  readonly unconditional: boolean;
}

export interface NotPermitted extends Answered {
  readonly outcome: Exclude<Outcome, "permitted">;
  readonly unconditional: false;
}

export type Decision = Permitted | NotPermitted;

export interface Way {
  readonly approvals: readonly string[];
  readonly provided: readonly string[];
}

export interface Duty {
  readonly name: string;
  readonly text: string;
  readonly bearer: string;
  readonly due?: string;
  readonly due_on?: string;
  readonly instead?: readonly string[];
  readonly otherwise?: string;
  readonly rule: string;
  readonly sometimes: boolean;
}

export interface Reason {
  readonly rule: string;
  readonly says: "may" | "must not" | "may only" | "must" | "should";
  readonly sometimes: boolean;
  readonly sentence: string;
  readonly policy?: string;
  readonly cites: readonly Cite[];
}

export interface Cite {
  readonly document: string;
  readonly clause: string;
  readonly locator: string;
  readonly paraphrase: string;
}

export interface Clash {
  readonly rules: readonly string[];
  readonly kind: "clash" | "reading";
  readonly reading?: { readonly name: string; readonly text: string; readonly alternatives: readonly string[]; readonly of?: Cite };
  readonly resolution: "strictest applied";
  readonly sometimes: boolean;
}

export interface Silence {
  readonly means: "ask" | "forbidden" | "allowed";
  readonly ask_whom?: string;
}

/** A change after which the act is permitted, or would be or may be. */
export interface Change {
  readonly change: { readonly [fact: string]: Stated };
  readonly or?: { readonly [fact: string]: readonly (string | boolean | number)[] };
  readonly will?: readonly string[];
  readonly outcome: "permitted" | "needs_approval" | "needs_facts";
  readonly ways: readonly Way[];
}

export interface Word {
  readonly name: string;
  readonly label: string;
  readonly aliases?: readonly string[];
  readonly formerly?: readonly string[];
  readonly meaning?: string;
}

export interface Fact extends Word {
  /** How a person is asked for it. */
  readonly question?: string;
  readonly side: string;
  readonly kind: "yes_no" | "one_of" | "some_of" | "number" | "date" | "time" | "weekday" | "acts";
  readonly unit?: string;
  readonly from?: number;
  readonly to?: number;
  readonly subject?: true;
  readonly presumed?: readonly string[];
  readonly presumed_if?: readonly { readonly values: readonly string[]; readonly except_acts?: readonly string[]; readonly when?: { readonly [fact: string]: readonly string[] } }[];
  readonly held?: true;
  readonly cost?: number;
  readonly judged_by?: string;
  readonly left_to?: string;
  readonly reading_of?: Cite;
  readonly set?: { readonly to: readonly string[]; readonly because: string; readonly decided_by?: string; readonly on?: string };
  readonly period?: { readonly from: string; readonly until?: string; readonly set_by_pack: boolean };
  readonly values?: readonly Word[];
  readonly groups?: readonly (Word & { readonly members: readonly string[]; readonly ordinarily?: readonly string[] })[];
}

/** An act as a sentence with gaps. */
export interface Act extends Word {
  readonly sentence: string;
  readonly gaps: readonly { readonly fact: string; readonly words: string }[];
  /** The facts that a rule on this act looks at. */
  readonly facts: readonly string[];
}

export interface Vocabulary {
  readonly v: 1;
  readonly pack: string;
  readonly title: string;
  readonly edition?: string;
  readonly digest: string;
  readonly silence: Silence;
  readonly policies?: readonly { readonly name: string; readonly title: string; readonly amends?: string; readonly under?: string; readonly replaces?: string }[];
  readonly facts: readonly Fact[];
  readonly acts: readonly Act[];
  readonly approvals: readonly (Word & { readonly given_by: readonly string[]; readonly class?: string })[];
  readonly undertakings: readonly Word[];
  readonly duties: readonly Word[];
  /** Names for conditions, which stand in the sentences of rules; no question uses them. */
  readonly definitions?: readonly Word[];
  readonly calendars?: readonly { readonly name: string; readonly title: string; readonly zone: string; readonly fact: string; readonly from: string; readonly until: string; readonly counts?: string }[];
  readonly documents: readonly { readonly name: string; readonly title: string; readonly edition?: string }[];
}
