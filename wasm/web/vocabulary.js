// The words of a pack: how its facts, values, acts, approvals and undertakings are called for people.
// Everything readable about the subject matter of a policy comes from here.

/** A name as words, where the policy gives no better ones. */
export function words(name) {
  return String(name).replaceAll("-", " ");
}

export function capital(text) {
  return text.charAt(0).toLocaleUpperCase("en-GB") + text.slice(1);
}

/** `a`, `a and b`, `a, b and c` */
export function listed(parts, joint = "and") {
  if (parts.length < 2) return parts.join("");
  return `${parts.slice(0, -1).join(", ")} ${joint} ${parts.at(-1)}`;
}

/** What may have other words, and what within it may. */
const CALLED = ["facts", "acts", "approvals", "undertakings", "duties"];
const WITHIN = ["values", "groups"];

export class Vocabulary {
  #withWords;

  /** withWords: the same JSON with the other words for things, later. */
  constructor(json, withWords) {
    this.#withWords = withWords;
    this.pack = json.pack;
    this.title = json.title ?? words(json.pack ?? "");
    this.edition = json.edition;
    this.digest = json.digest;
    this.silence = json.silence ?? { means: "ask" };
    this.facts = json.facts ?? [];
    this.acts = json.acts ?? [];
    this.approvals = json.approvals ?? [];
    this.undertakings = json.undertakings ?? [];
    this.duties = json.duties ?? [];
    this.definitions = json.definitions ?? [];
    this.documents = json.documents ?? [];
    this.actFact = this.facts.find((fact) => fact.kind === "acts") ?? { name: "action", kind: "acts" };
    this.subject = this.facts.find((fact) => fact.subject);
  }

  /** The other words for things, once somebody writes some of their own. Everything stays the object that it is. */
  async withOtherWords() {
    const json = await this.#withWords?.get();
    if (json) for (const list of CALLED) alsoCalled(this[list], json[list]);
  }

  fact(name) {
    return this.facts.find((fact) => fact.name === name);
  }

  /** The question that asks for a fact. */
  asked(fact) {
    return fact.question ?? `${capital(label(fact))}?`;
  }

  /** The act that a written value of the act fact names. */
  act(name) {
    return this.acts.find((act) => act.name === name);
  }

  /** The choices of a fact: its values, or the acts. */
  choices(fact) {
    return (fact.kind === "acts" ? this.acts : fact.values) ?? [];
  }

  group(fact, name) {
    return (fact.groups ?? []).find((group) => group.name === name);
  }

  /** One value of a fact in words, as it stands within a sentence. */
  valueLabel(fact, name) {
    const found = this.choices(fact).find((value) => value.name === name) ?? this.group(fact, name);
    return found ? label(found) : words(name);
  }

  /** Somebody the policy names: a value or a group of the subject, else the bare name. */
  person(name) {
    const fact = this.subject;
    const wanted = String(name).toLowerCase();
    const found = fact && (named(this.choices(fact), wanted) ?? this.group(fact, wanted));
    return found ? label(found) : words(name);
  }

  approval(name) {
    return named(this.approvals, name);
  }

  undertaking(name) {
    return named(this.undertakings, name);
  }

  duty(name) {
    return named(this.duties, name);
  }

  /** A condition that the policy gave a name and words. */
  definition(name) {
    return named(this.definitions, name);
  }

  /** What an approval, undertaking or duty is called. */
  deed(name) {
    return label(this.undertaking(name) ?? this.duty(name) ?? { name });
  }

  documentTitle(name) {
    const found = named(this.documents, name);
    if (!found) return words(name);
    const title = found.title ?? words(name);
    return found.edition ? `${title}, ${found.edition}` : title;
  }
}

export function label(thing) {
  return thing.label ?? words(thing.name);
}

function alsoCalled(things = [], told = []) {
  for (const [at, thing] of things.entries()) {
    if (told[at].aliases) thing.aliases = told[at].aliases;
    for (const list of WITHIN) alsoCalled(thing[list], told[at][list]);
  }
}

function named(list, name) {
  return list.find((each) => each.name === name);
}
