// The messages of the compiler: errors first, then warnings, then what only informs, the last in groups.

import { el } from "../dom.js";
import * as compiler from "./compiler.js";
import { folded } from "./report.js";
import { many, short } from "./said.js";

const SHOWN = 10;
const WORDS = { error: "Error", warning: "Warning", note: "Note" };

/** `goTo(place)` opens the file at the place. `more` is whether contradictions are still being looked for. */
export function messagesOf({ messages, more, pack, goTo }) {
  if (messages.error) return [el("p", { class: "problem" }, messages.error)];
  const { errors, warnings, notes } = messages;
  const one = (message) => messageOf(message, { pack, goTo });
  const some = (all) => folded(all, SHOWN, (those) => list(those.map(one)));
  return [
    el("p", { class: "count" }, summary(messages), more && " Looking for contradictions and gaps."),
    errors.length > 0 && [el("h3", {}, "Errors"), el("p", { class: "small" }, "Until they are mended, the policy answers nothing."), some(errors)],
    warnings.length > 0 && [el("h3", {}, "Warnings"), some(warnings)],
    notes.length > 0 && [
      el("h3", {}, "Good to know"),
      notes.map(({ title, count, first }) => el("details", { class: "more notes" },
        el("summary", {}, `${many(count, "note")}: ${title}`),
        list(first.map(one)),
        count > first.length && el("p", { class: "small" }, `These are the first ${first.length}.`))),
    ],
  ];
}

export function summary({ errors, warnings, notes }) {
  if (errors.length + warnings.length + notes.length === 0) return "Nothing is wrong.";
  const count = notes.reduce((sum, group) => sum + group.count, 0);
  const parts = [many(errors.length, "error"), many(warnings.length, "warning"), many(count, "note")];
  return `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}.`;
}

const list = (items) => el("ul", { class: "cards" }, items.map((item) => el("li", { class: "card" }, item)));

function messageOf(message, { pack, goTo }) {
  const { severity, code, place } = message;
  const further = [...(message.label ? [message.label] : []), ...message.notes];
  return [
    el("p", { class: `message-title message-${severity}` }, el("span", { class: "message-kind" }, `${WORDS[severity]}: `), message.message),
    place && placeLink(place, { pack, goTo }),
    message.help.map((each) => el("p", {}, each)),
    el("details", { class: "more", toggle: (event) => meaning(event.target, code) },
      el("summary", {}, further.length > 0 ? "Details" : "What this means"),
      further.map((each) => el("p", { class: "small" }, each)),
      message.related.filter((each) => each.place).map((each) => el("div", {}, el("p", { class: "small" }, each.message), placeLink(each.place, { pack, goTo }))),
      el("div", { class: "meaning" })),
  ];
}

/** What a code means, once somebody wants to know. */
async function meaning(details, code) {
  const place = details.querySelector(".meaning");
  if (!details.open || place.childElementCount > 0) return;
  const { title, summary: text } = await compiler.explain(code);
  if (title && place.childElementCount === 0) place.append(el("p", { class: "small" }, `${code}: ${title}. ${text}`));
}

/** A button that goes to a place in the policy. */
export function placeLink(place, { pack, goTo }) {
  return el("p", {}, el("button", { type: "button", class: "place", click: () => goTo(place) }, `${short(place.path, pack)}, line ${place.line}`));
}
