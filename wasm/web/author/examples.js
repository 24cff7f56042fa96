// The examples of the policy, run as it stands now: those that no longer hold first.

import { el } from "../dom.js";
import * as compiler from "./compiler.js";
import { placeLink } from "./messages.js";
import { many, short } from "./said.js";
import { working } from "./working.js";

/** Runs the examples of one file after the other; those of `first` before the rest. `seen(results)` is called after each file. */
export async function run({ place, paths, first, seen }) {
  const order = [...paths].sort((a, b) => first.includes(b) - first.includes(a));
  const results = [];
  await working(place, "Running the examples", async (far) => {
    for (const [number, path] of order.entries()) {
      far(`${many(results.length, "example")} so far, file ${number + 1} of ${order.length}.`);
      const { examples, error } = await compiler.workOut("examples", { path });
      if (error) throw new Error(error);
      results.push(...examples);
      seen(results);
    }
  });
  return results;
}

export const failing = (results) => results.filter((each) => !each.passed);

/** What a failing example says, as a message at its place. */
export function asMessage(result) {
  const told = result.differences.map(difference).join("; ");
  return {
    severity: "error", message: `This example no longer holds: ${told}.`, help: [],
    place: { path: result.path, line: result.line, column: 1, end_line: result.line, end_column: 6 },
  };
}

const difference = ({ what, expected, got }) => `${what}: you expect ${expected}, and it is ${got}`;

export function examplesOf(results, view) {
  const broken = failing(results);
  const held = results.length - broken.length;
  if (results.length === 0) return [el("p", {}, "This policy has no examples yet. An example says what you expect: ", el("code", {}, "check \"title\": … ; expect permitted."))];
  return [
    el("p", { class: "count" }, broken.length === 0 ? `All ${many(results.length, "example")} hold.` : `${broken.length} of ${many(results.length, "example")} no longer hold.`),
    broken.length > 0 && el("ul", { class: "cards" }, broken.map((result) => el("li", { class: "card card-broken" },
      el("p", { class: "message-title message-error" }, el("span", { class: "message-kind" }, "Does not hold: "), result.title),
      placeLink({ path: result.path, line: result.line }, view),
      result.differences.map((each) => el("p", {}, `${difference(each)}.`)),
      result.because.length > 0 && el("details", { class: "more" }, el("summary", {}, "The rules that decide"),
        result.because.map((each) => el("p", { class: "small" }, `${each.rule}: ${each.sentence}`)))))),
    held > 0 && el("details", { class: "more" }, el("summary", {}, `${many(held, "example")} that hold`),
      [...Map.groupBy(results.filter((each) => each.passed), (each) => each.path)].map(([path, those]) => el("details", { class: "more" },
        el("summary", {}, `${short(path, view.pack)}: ${those.length}`),
        el("ul", {}, those.map((each) => el("li", {}, each.title)))))),
  ];
}

const VERDICTS = { holds: "Holds", empty: "Says nothing: there is no such situation", refuted: "Does not hold", undecided: "Could not be found out" };

export function invariantsOf(results, view) {
  if (results.length === 0) return [el("p", {}, "This policy says of nothing that it must never or always be so.")];
  const wrong = results.filter((each) => !each.passed);
  const one = (each) => [
    el("p", { class: `message-title ${each.passed ? "" : "message-error"}` }, el("span", { class: "message-kind" }, `${VERDICTS[each.verdict]}: `), each.title),
    placeLink({ path: each.path, line: each.line }, view),
    each.why && el("p", {}, each.why),
    each.example && el("p", {}, el("code", {}, each.example)),
  ];
  return [
    el("p", { class: "count" }, wrong.length === 0 ? `All ${results.length} hold.` : `${wrong.length} of ${results.length} do not hold.`),
    el("ul", { class: "cards" }, [...wrong, ...results.filter((each) => each.passed)].map((each) => el("li", { class: "card" }, one(each)))),
  ];
}
