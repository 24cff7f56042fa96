// The day that is asked about: how every page says which it is, and how another one is chosen.

import { having, onDay, write } from "./address.js";
import { el } from "./dom.js";
import { day, today } from "./facts.js";

/** Whether the state asks about another day than the one on which it is read. */
export function anotherDay(state) {
  return state.on !== null && state.on !== today();
}

/** The line under a question: which day it is about, with the way to another one and back to today. */
export function dayLine(state) {
  const choose = (text) => el("a", { href: write(having(state, { change: "on" })) }, text);
  if (!anotherDay(state)) return el("p", { class: "as-of" }, "This is about today. ", choose("Ask as of another day"));
  const which = state.on === "not_known" ? "You do not know the day of this." : `You are asking as of ${day(state.on)}.`;
  return el("p", { class: "as-of as-of-other" }, which, " ", choose("Change the day"), " ", el("a", { href: write(onDay(state, null)) }, "Ask as of today"));
}

/** What the answer says of a day that is not today; nothing on the day itself. */
export function dayOfAnswer(state) {
  if (!anotherDay(state)) return null;
  return state.on === "not_known" ? "This is the answer for an unknown day." : `This is the answer for ${day(state.on)}, not for today.`;
}
