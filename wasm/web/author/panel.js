// Beside the editor: tabs for the messages, the examples, the tables, what changes, and asking. Each is worked out when
// it is looked at, and again when the text has changed.

import { announce, el } from "../dom.js";
import { today } from "../facts.js";
import * as compiler from "./compiler.js";
import * as examples from "./examples.js";
import { matrixOf } from "./matrix.js";
import { messagesOf } from "./messages.js";
import { proofsOnDemand } from "./proofs.js";
import { reportOf } from "./report.js";
import { ruleChoice } from "./rules.js";
import { tryOut } from "./trying.js";
import { working } from "./working.js";

/**
 * goTo(place); paths(): the files with examples; first(): those of which the author wants to know first; worth(): a
 * function that says whether the text is still the same; broken(results): what became of examples that do not hold.
 */
export function panel({ from, base, goTo, paths, first, worth, broken }) {
  const view = { pack: base.pack, goTo };
  /** `reading`, `wrong` (there are errors), `looking` (no errors so far), `ready` */
  let state = "reading";
  const day = el("input", { id: "matrix-day", class: "field field-day", type: "date", value: today(), change: () => redo("matrix") });

  const rule = ruleChoice({ onDemand });
  const proofs = proofsOnDemand({ onDemand, base });

  const tabs = {
    messages: { title: "Messages", heading: "Messages" },
    examples: { title: "Examples", heading: "Examples", run: runExamples },
    matrix: { title: "Matrix", heading: "The matrix on a day", above: el("div", { class: "narrow" }, el("label", { for: "matrix-day" }, "Day"), day), run: runMatrix },
    changes: { title: "Changes", heading: from.kind === "published" ? "What changes against the published policy" : "What changes against what you began with", run: runChanges },
    rules: { title: "Rules", heading: "What a rule does", above: rule.element, run: (place) => put(place, rule.told()) },
    proofs: { title: "Proofs", heading: "What never happens", run: (place) => put(place, proofs.told()) },
    ask: { title: "Ask", heading: "Ask your draft", run: (place) => tryOut(place, base) },
  };
  let chosen = "messages";

  for (const [name, tab] of Object.entries(tabs)) {
    tab.button = el("button", { type: "button", role: "tab", id: `tab-${name}`, "aria-controls": `panel-${name}`, class: "tab", click: () => choose(name) }, tab.title);
    tab.body = el("div", { class: "panel-body", "aria-live": "off" });
    tab.element = el("div", { role: "tabpanel", id: `panel-${name}`, "aria-labelledby": `tab-${name}`, tabindex: "0", class: "panel" },
      el("h2", {}, tab.heading), tab.above, tab.body);
  }

  const list = el("div", { class: "tabs", role: "tablist", "aria-label": "What the policy says", keydown: (event) => {
    const names = Object.keys(tabs);
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const next = event.key === "Home" ? names[0] : event.key === "End" ? names.at(-1) : step && names[(names.indexOf(chosen) + step + names.length) % names.length];
    if (!next) return;
    event.preventDefault();
    choose(next);
    tabs[next].button.focus();
  } }, Object.values(tabs).map((tab) => tab.button));

  const element = el("section", { class: "work-panel", "aria-label": "What the policy says" }, list, Object.values(tabs).map((tab) => tab.element));

  function choose(name) {
    chosen = name;
    for (const [each, tab] of Object.entries(tabs)) {
      tab.button.setAttribute("aria-selected", String(each === name));
      tab.button.tabIndex = each === name ? 0 : -1;
      tab.element.hidden = each !== name;
    }
    update();
  }

  function redo(name) {
    tabs[name].done = null;
    update();
  }

  /** Works out the chosen tab, if that can be done and is not done. */
  async function update() {
    const tab = tabs[chosen];
    if (!tab.run) return;
    if (state !== "ready") {
      const wait = { reading: "Reading the policy.", looking: "Looking for contradictions and gaps first.", wrong: "There are errors. Mend them first: until then the policy answers nothing." }[state];
      tab.done = null;
      tab.body.replaceChildren(el("p", {}, wait));
      return;
    }
    if (tab.done) return;
    const mine = {};
    tab.done = mine;
    const still = worth();
    const ours = () => still() && tab.done === mine;
    try {
      await tab.run(tab.body, ours);
    } catch (failure) {
      if (!ours()) return;
      const dropped = failure instanceof compiler.Dropped;
      tab.body.replaceChildren(
        el("p", {}, dropped ? "Stopped." : `This could not be worked out: ${failure.message}`),
        el("div", { class: "actions" }, el("button", { type: "button", class: "action", click: () => redo(chosen) }, "Try again")));
    }
  }

  function put(place, content, said) {
    place.replaceChildren(...content.flat(Infinity).filter(Boolean));
    if (said) announce(said);
  }

  /**
   * A button for what takes so long that it is worked out only when somebody wants it, and the place where it is told then.
   * details(): what the job is about; again: whether it can be wanted once more.
   */
  function onDemand({ text, what, job, details, told, again }) {
    const place = el("div", {});
    const button = el("button", { type: "button", class: "action", click: async () => {
      button.hidden = true;
      try {
        put(place, told(await working(place, what, () => compiler.workOut(job, details?.()))));
        button.hidden = !again;
      } catch (failure) {
        button.hidden = false;
        put(place, [el("p", {}, failure instanceof compiler.Dropped ? "Stopped." : failure.message)]);
      }
    } }, text);
    return [button, place];
  }

  async function runExamples(place, ours) {
    const far = el("div", {});
    const told = el("div", {});
    const more = el("div", {});
    put(place, [far, told, more]);
    const seen = (results) => {
      if (!ours()) return;
      broken(examples.failing(results));
      const wrong = examples.failing(results).length;
      tabs.examples.button.textContent = wrong > 0 ? `Examples (${wrong})` : "Examples";
      if (wrong > 0) put(told, examples.examplesOf(results, view));
    };
    const results = await examples.run({ place: far, paths: paths(), first: first(), seen });
    if (!ours()) return;
    far.replaceChildren();
    const content = examples.examplesOf(results, view);
    put(told, content, content[0].textContent);
    const invariants = onDemand({
      text: "Check them", what: "Looking at all situations. This can take a minute or two", job: "invariants",
      told: ({ invariants: found }) => examples.invariantsOf(found, view),
    });
    put(more, [el("h3", {}, "What must never or always be so"), invariants]);
  }

  async function runMatrix(place, ours) {
    const found = await working(place, "Asking every cell", () => compiler.workOut("matrix", { on: day.value || today() }));
    if (ours()) put(place, matrixOf(found));
  }

  async function runChanges(place, ours) {
    const found = await working(place, "Comparing every situation", () => compiler.workOut("changes"));
    if (!ours()) return;
    if (found.error) {
      put(place, [el("p", { class: "problem" }, found.error)]);
      return;
    }
    const addenda = onDemand({
      text: "Look at its addenda", what: "Comparing the days before, during and after", job: "addendum",
      told: (report) => (report.error ? [el("p", {}, report.error)] : reportOf(report)),
    });
    put(place, [reportOf(found), el("h3", {}, "What its addenda do"), el("p", { class: "small" }, "What an addendum changes when it begins, and whether all of it goes back when it ends."), addenda], found.summary.join(" "));
  }

  choose("messages");
  return {
    element,
    /** The text has changed: nothing that is shown is about it any more. */
    stale() {
      state = "reading";
      for (const tab of Object.values(tabs)) tab.done = null;
      tabs.examples.button.textContent = tabs.examples.title;
      if (chosen !== "messages") update();
    },
    /** The names that the policy declares now. */
    knows(declared) {
      rule.knows(declared.filter((each) => each.kind === "rule").map((each) => each.name));
    },
    tell(messages, more) {
      const wrong = messages.error || messages.errors.length > 0;
      state = wrong ? "wrong" : more ? "looking" : "ready";
      const count = wrong ? messages.errors?.length ?? 1 : messages.warnings.length;
      tabs.messages.button.textContent = count > 0 && !more ? `Messages (${count})` : "Messages";
      put(tabs.messages.body, messagesOf({ messages, more, ...view }));
      update();
    },
    failed(failure) {
      put(tabs.messages.body, [el("p", { class: "problem" }, `The compiler stopped before it was done: ${failure.message}`)]);
    },
  };
}
