// The day that is asked about: how every page says which it is, and how another one is chosen.

import { having, onDay, write } from "./address.js";
import { el } from "./dom.js";
import { day, today } from "./facts.js";
import { phrase } from "./phrases.js";

/** Whether the state asks about another day than the one on which it is read. */
export function anotherDay(state) {
  return state.on !== null && state.on !== today();
}

/** The line under a question: which day it is about, with the way to another one and back to today. */
export function dayLine(state) {
  const choose = (text) => el("a", { href: write(having(state, { change: "on" })) }, text);
  if (!anotherDay(state)) return el("p", { class: "as-of" }, phrase("about_today"), " ", choose(phrase("ask_as_of")));
  const which = state.on === "not_known" ? phrase("day_not_known") : phrase("asking_as_of", { day: day(state.on) });
  return el("p", { class: "as-of as-of-other" }, which, " ", choose(phrase("change_day")), " ", el("a", { href: write(onDay(state, null)) }, phrase("ask_today")));
}

/** What the answer says of a day that is not today; nothing on the day itself. */
export function dayOfAnswer(state) {
  if (!anotherDay(state)) return null;
  return state.on === "not_known" ? phrase("for_unknown_day") : phrase("for_day", { day: day(state.on) });
}
