// What takes a while: that it is being done, for how long already, and how to stop it.

import { announce, el } from "../dom.js";
import * as compiler from "./compiler.js";

/** After so many seconds a screen reader is told that it goes on. */
const STILL = 10;

/**
 * Shows in `place` that something is being worked out, until `work` is done; then its result. `work` is given a function
 * that says how far it is.
 */
export async function working(place, what, work) {
  const since = performance.now();
  const far = el("span", {});
  const time = el("span", { class: "working-time" });
  const bar = el("div", { class: "working" },
    el("p", {}, el("span", { class: "working-mark", "aria-hidden": "true" }), `${what}. `, far, time),
    el("button", { type: "button", class: "action", hidden: true, click: compiler.stop }, "Stop"));
  place.replaceChildren(bar);
  let told = false;
  const tick = () => {
    const seconds = Math.floor((performance.now() - since) / 1000);
    if (seconds < 2) return;
    time.textContent = ` ${seconds} seconds so far.`;
    bar.lastChild.hidden = false;
    if (!told && seconds >= STILL) {
      told = true;
      announce(`Still working. ${what}.`);
    }
  };
  const clock = setInterval(tick, 500);
  try {
    return await work((text) => { far.textContent = text; });
  } finally {
    clearInterval(clock);
  }
}
