// Asking the draft as its readers will: the checker itself, on the policy as it stands in the editor.

import { announce, el } from "../dom.js";
import { DRAFT, keepDraft } from "../draft.js";
import * as compiler from "./compiler.js";
import { working } from "./working.js";

export async function tryOut(place, base) {
  const bytes = await working(place, "Getting your draft ready to be asked", () => compiler.workOut("artifact"));
  if (!bytes) {
    place.replaceChildren(el("p", {}, "This policy only lends words to others and answers no question."));
    return;
  }
  await keepDraft(bytes, base.title);
  place.replaceChildren(
    el("p", {}, "Ask your draft as your readers will ask the policy. It opens on a page of its own, which says that it is a draft."),
    el("div", { class: "actions" }, el("a", { class: "button", href: `/?pack=${DRAFT}`, target: "_blank", rel: "noopener" }, "Ask your draft", el("span", { class: "unseen" }, " (opens a new page)"))),
    el("p", { class: "small" }, "It stays on this device: the address works for nobody else. After a change, open this part again to ask the new text."));
  announce("Your draft can be asked.");
}
