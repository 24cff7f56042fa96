// What is proved of the policy, and the proofs as a file for others to check: `byelaw prove`.

import { el } from "../dom.js";
import * as compiler from "./compiler.js";
import { reportOf } from "./report.js";
import { saveText } from "./sharing.js";

/** onDemand: a button for what takes long, with the place where it is told. */
export function proofsOnDemand({ onDemand, base }) {
  const told = (report) => (report.error ? [el("p", { class: "problem" }, report.error)] : [
    reportOf(report),
    el("h3", {}, "For others to check"),
    el("p", { class: "small" }, "The file holds the proofs themselves. Whoever has the policy can check them with “byelaw verify”."),
    onDemand({ text: "Save the proofs as a file", what: "Writing the proofs down", job: "proofs", told: saved, again: true }),
  ]);
  const saved = (text) => {
    saveText(`${base.pack.split("/").at(-1)}.proofs.json`, text, "application/json");
    return [el("p", { role: "status" }, "The proofs are saved.")];
  };
  return {
    told: () => [
      el("p", {}, "A proof is about all situations at once, not about examples. What is proved here was checked by a second, small program."),
      onDemand({ text: "Prove it", what: "Looking for proofs. This can take a minute or two", job: "prove", told }),
    ],
  };
}
