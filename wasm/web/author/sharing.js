// Handing a change on: as an address, or as a file.

import { announce, el } from "../dom.js";
import { addressOf } from "./draft.js";
import { LONGEST, changeOf, packed } from "./share.js";

/** Gives the browser a text to save. */
export function saveText(name, text, kind = "text/plain") {
  const address = URL.createObjectURL(new Blob([text], { type: kind }));
  const link = el("a", { href: address, download: name });
  link.click();
  // Some browsers read it only after the click.
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

export function sharing({ from, base, changed }) {
  const place = el("div", { id: "share", class: "share", hidden: true });
  const button = el("button", { type: "button", class: "action", "aria-expanded": "false", "aria-controls": "share", click: () => (place.hidden ? show() : hide()) }, "Share");

  function hide() {
    place.hidden = true;
    button.setAttribute("aria-expanded", "false");
  }

  async function show() {
    const change = await changeOf({ from, base, changed });
    // Files of one's own are on this device alone.
    const address = from.kind !== "files" && `${location.origin}${addressOf(from)}#change=${await packed(change)}`;
    const nothing = Object.keys(change.files).length === 0;
    const name = `${change.pack.split("/").at(-1)}.change.json`;
    place.replaceChildren(
      el("h2", {}, "Share your change"),
      ...(nothing ? [el("p", {}, "You have changed nothing yet.")] : [
        ...(address && address.length <= LONGEST ? asAddress(address) : [el("p", {}, address ? `This change is too long for an address (${address.length.toLocaleString("en-GB")} letters; ${LONGEST.toLocaleString("en-GB")} is the most that mail programs carry). Send it as a file.` : "Files of your own are shared as a file.")]),
        el("p", { class: "small" }, "The file can be opened on this page, with “Choose files”."),
        el("div", { class: "actions" },
          el("button", { type: "button", class: "action", click: () => saveText(name, JSON.stringify(change, null, 1), "application/json") }, "Save the change as a file"),
          el("button", { type: "button", class: "action", click: () => {
            for (const [path, text] of Object.entries(changed)) if (text !== null) saveText(path.split("/").at(-1), text);
          } }, "Save each changed file")),
      ]));
    place.hidden = false;
    button.setAttribute("aria-expanded", "true");
  }

  function asAddress(address) {
    const field = el("input", { id: "share-address", class: "field", type: "text", readonly: true, value: address, spellcheck: "false" });
    const copy = el("button", { type: "button", class: "button", click: async () => {
      try {
        await navigator.clipboard.writeText(address);
        announce("Copied.");
        copy.textContent = "Copied";
      } catch {
        field.select();
      }
    } }, "Copy the address");
    return [
      el("p", {}, "Whoever opens this address here sees your change against the policy as it is now."),
      el("label", { for: "share-address", class: "field-label" }, "Address"),
      el("div", { class: "own-words-row" }, field, copy),
      el("p", { class: "small" }, "Your change stands in the address itself, behind the #. No server gets to see it."),
    ];
  }

  return {
    button,
    place,
    /** The text has changed: what is shown is no longer the change. */
    stale() {
      if (!place.hidden) hide();
    },
  };
}
