// The files of a draft: written, added, renamed, deleted and brought back.

import { announce, el } from "../dom.js";
import { short } from "./said.js";
import { isPath } from "./share.js";

/** The texts of a draft: those it began with, and what is otherwise (`null` for a file that was deleted). */
export class Draft {
  constructor(base, changed) {
    this.base = base;
    this.changed = { ...changed };
  }

  /** The text of a file; nothing if there is none. */
  text(path) {
    return (Object.hasOwn(this.changed, path) ? this.changed[path] : this.base.files[path]) ?? undefined;
  }

  write(path, text) {
    if (text === this.base.files[path]) delete this.changed[path];
    else this.changed[path] = text;
  }

  delete(path) {
    if (Object.hasOwn(this.base.files, path)) this.changed[path] = null;
    else delete this.changed[path];
  }

  bringBack(path) {
    delete this.changed[path];
  }

  #paths() {
    const all = new Set([...Object.keys(this.base.files), ...Object.keys(this.changed)]);
    return [...all].filter((path) => this.text(path) !== undefined).sort();
  }

  /** The files of the policy itself. */
  own() {
    return this.#paths().filter((path) => path.startsWith(`${this.base.pack}/`));
  }

  /** The files of what it uses. */
  lent() {
    return this.#paths().filter((path) => !path.startsWith(`${this.base.pack}/`));
  }

  /** The files that are deleted and can be brought back. */
  deleted() {
    return Object.keys(this.changed).filter((path) => this.changed[path] === null).sort();
  }

  /** The file to begin with. */
  first() {
    const own = this.own();
    return own.find((path) => path === `${this.base.pack}/policy.pol`) ?? own[0] ?? this.lent()[0];
  }

  /** The path that a name stands for: within the policy, or within what it uses. */
  pathOf(name) {
    const written = `${name.trim().replaceAll("\\", "/").replace(/^\.?\/+/, "").replace(/\.pol$/i, "")}.pol`;
    const elsewhere = this.lentFolders().some((folder) => written.startsWith(`${folder}/`));
    return elsewhere ? written : `${this.base.pack}/${written}`;
  }

  /** The folders of what it uses. */
  lentFolders() {
    const depth = this.base.pack.split("/").length;
    const lent = Object.keys(this.base.files).filter((path) => !path.startsWith(`${this.base.pack}/`));
    return [...new Set(lent.map((path) => path.split("/").slice(0, Math.min(depth, path.split("/").length - 1)).join("/")))];
  }
}

/** The buttons for files, and the place where what they need is asked. now(): the file that is shown; done(path): the file to show next. */
export function filesTools({ draft, now, done }) {
  const asking = el("div", { class: "files-asking" });
  const gone = el("div", { class: "files-gone" });
  const called = (path) => short(path, draft.base.pack);
  const button = (text, ask) => el("button", { type: "button", class: "action", click: (event) => ask(event.target) }, text);

  function close(back) {
    asking.replaceChildren();
    back?.focus();
  }

  /** Asks for a name. before: the file that has another one now; take(path): what to do with it. */
  function name({ title, value, text, back, before = null, take }) {
    const problem = el("p", { class: "problem", id: "file-name-problem", role: "alert" });
    const field = el("input", { id: "file-name", class: "field", type: "text", value, autocapitalize: "none", spellcheck: "false", autocomplete: "off", "aria-describedby": "file-name-hint file-name-problem" });
    const [folder] = draft.lentFolders();
    const form = el("form", { class: "inset", novalidate: true, "aria-label": title, submit: (event) => {
      event.preventDefault();
      const path = draft.pathOf(field.value);
      const wrong = wrongWith(field.value, path, before);
      problem.textContent = wrong ?? "";
      if (wrong) {
        field.setAttribute("aria-invalid", "true");
        field.focus();
        return;
      }
      close();
      take(path);
    } },
      el("label", { for: "file-name", class: "field-label" }, title),
      el("p", { class: "small", id: "file-name-hint" }, "For example: rules/visits.pol.", folder && ` A name that begins with ${folder}/ is among the words that the policy uses.`),
      problem, field,
      el("div", { class: "actions" }, el("button", { class: "button" }, text), el("button", { type: "button", class: "action", click: () => close(back) }, "Cancel")));
    asking.replaceChildren(form);
    field.focus();
    field.select();
  }

  /** What is wrong with a name; before: the file that is to be called so. */
  function wrongWith(name, path, before) {
    if (name.trim() === "") return "Enter a name";
    if (!isPath(path) || /[\u0000-\u001f\u007f:*?"<>|]/.test(path)) return "Use letters, digits and hyphens, with / between a folder and a file";
    // On some devices large and small letters make no difference.
    const same = [...draft.own(), ...draft.lent()].find((each) => each !== before && each.toLowerCase() === path.toLowerCase());
    if (same) return `There is a file called ${called(same)} already`;
    return null;
  }

  const add = button("New file", (back) => name({
    title: "Name of the new file", value: "", text: "Add the file", back,
    take(path) {
      draft.write(path, "# What this file is about.\n");
      announce(`The file ${called(path)} is there.`);
      done(path);
    },
  }));

  const rename = button("Rename", (back) => name({
    title: `New name of ${called(now())}`, value: called(now()), text: "Rename the file", back, before: now(),
    take(path) {
      const before = now();
      if (path === before) return;
      const text = draft.text(before);
      draft.delete(before);
      draft.write(path, text);
      announce(`The file is called ${called(path)} now.`);
      done(path);
    },
  }));

  const remove = button("Delete", (back) => {
    const path = now();
    if (draft.own().length + draft.lent().length === 1) {
      asking.replaceChildren(el("p", { class: "inset", role: "alert" }, "This is the only file. A policy has at least one."));
      return;
    }
    const began = Object.hasOwn(draft.base.files, path);
    const sure = el("button", { type: "button", class: "action", click: () => {
      close();
      draft.delete(path);
      announce(`The file ${called(path)} is deleted.`);
      done(draft.first());
    } }, "Yes, delete it");
    asking.replaceChildren(el("div", { class: "inset", role: "group", "aria-label": `Delete ${called(path)}` },
      el("p", {}, `Delete ${called(path)}? ${began ? "You can bring it back as it was when you began." : "What is in it is lost."}`),
      el("div", { class: "actions" }, sure, el("button", { type: "button", class: "action", click: () => close(back) }, "Keep the file"))));
    sure.focus();
  });

  return {
    buttons: [add, rename, remove],
    place: el("div", { class: "files-place" }, asking, gone),
    /** Tells which files are deleted. */
    tell() {
      gone.replaceChildren(...draft.deleted().map((path) => el("p", { class: "small" }, `Deleted: ${called(path)} `,
        el("button", { type: "button", class: "place", click: () => {
          draft.bringBack(path);
          announce(`The file ${called(path)} is back.`);
          done(path);
        } }, "Bring it back", el("span", { class: "unseen" }, `: ${called(path)}`)))));
    },
  };
}
