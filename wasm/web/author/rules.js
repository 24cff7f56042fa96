// What one rule does, and what would be answered otherwise without it: `byelaw effect`.

import { el } from "../dom.js";
import { reportOf } from "./report.js";

const told = (report) => (report.error ? [el("p", { class: "problem" }, report.error)] : [report.about?.filter(([word]) => word === "says").map(([, says]) => el("p", {}, el("q", {}, says))), reportOf(report)]);

/** onDemand: a button for what takes long, with the place where it is told. */
export function ruleChoice({ onDemand }) {
  const select = el("select", { id: "rule", class: "field" });
  return {
    element: el("div", { class: "narrow" }, el("label", { for: "rule" }, "Rule"), select),
    /** The rules that there are now; the one that was chosen stays so. */
    knows(names) {
      const chosen = select.value;
      select.replaceChildren(...names.map((name) => el("option", { value: name }, name)));
      if (names.includes(chosen)) select.value = chosen;
    },
    told() {
      if (select.options.length === 0) return [el("p", {}, "This policy has no rules yet.")];
      return [
        el("p", {}, "How many kinds of situation a rule decides alone, and what would be answered otherwise without it."),
        onDemand({ text: "See what this rule does", what: "Comparing the policy with and without the rule", job: "effect", details: () => ({ rule: select.value }), told, again: true }),
        el("h3", {}, "All rules"),
        el("p", { class: "small" }, "Which rules decide something alone, and which change nothing by themselves."),
        onDemand({ text: "Look at all rules", what: "Looking at every rule. This can take a minute or two", job: "effects", told }),
      ];
    },
  };
}
