// Where to begin: a draft, a policy that is published here, a small example, or files of one's own.

import { announce, el } from "../dom.js";
import { addressOf, discard, drafts, keep } from "./draft.js";
import { dateOf } from "./said.js";
import { changeIn, isPath, packed } from "./share.js";
import { ownBase, published, titleOf } from "./sources.js";

/** The most that is read from files that somebody chose, in characters. */
const LARGEST = 3_000_000;

export async function startPage() {
  const packs = await published();
  const problem = el("div", { class: "problem", role: "alert", hidden: true });
  const take = (list) => openFiles(list).catch((failure) => {
    problem.hidden = false;
    problem.replaceChildren(failure.message);
  });
  document.addEventListener("dragover", (event) => event.preventDefault());
  document.addEventListener("drop", (event) => {
    event.preventDefault();
    dropped(event.dataTransfer).then(take, () => take([]));
  });
  return {
    title: "Write and try out a policy",
    content: [
      el("h1", { tabindex: "-1" }, "Write and try out a policy"),
      el("p", { class: "lead" }, "Change a rule and see at once what is answered differently, and for whom. Nothing you do here changes the policy that others use."),
      begun(packs),
      packs.length > 0 && el("section", { class: "begin", "aria-labelledby": "begin-published" },
        el("h2", { id: "begin-published" }, "Change a policy"),
        el("ul", { class: "ways" }, packs.map((pack) => el("li", {}, el("a", { href: addressOf({ kind: "published", name: pack.name }) }, titleOf(pack)))))),
      el("section", { class: "begin", "aria-labelledby": "begin-new" },
        el("h2", { id: "begin-new" }, "Write a new one"),
        el("ul", { class: "ways" }, el("li", {},
          el("a", { href: addressOf({ kind: "template" }) }, "Begin with a small example"),
          el("p", { class: "small" }, "One page of rules with comments. Change its words to your own.")))),
      el("section", { class: "begin", "aria-labelledby": "begin-own" },
        el("h2", { id: "begin-own" }, "Open files from this device"),
        el("p", { class: "small" }, "The files of a policy end in .pol. You can open a change that somebody sent you as a file, too, or drop files anywhere on this page."),
        problem,
        el("div", { class: "actions" }, chooser("Choose files", { multiple: true, accept: ".pol,.json" }, take), chooser("Choose a folder", { webkitdirectory: true }, take))),
    ],
  };
}

function begun(packs) {
  const titles = new Map(packs.map((pack) => [pack.name, titleOf(pack)]));
  const list = el("ul", { class: "ways" });
  for (const draft of drafts()) {
    const { from } = draft;
    const title = from.kind === "published" ? titles.get(from.name) ?? from.name : from.kind === "template" ? "A new policy" : "Your own files";
    const row = el("li", { class: "begun" },
      el("div", {}, el("a", { href: addressOf(from) }, `Go on with your draft: ${title}`), el("p", { class: "small" }, `Last changed ${dateOf(draft.at)}`)),
      el("button", { type: "button", class: "action", click: () => {
        discard(from);
        row.remove();
        if (list.children.length === 0) list.parentElement.remove();
        announce("The draft is gone.");
        document.getElementById("main").focus();
      } }, "Discard", el("span", { class: "unseen" }, ` the draft of ${title}`)));
    list.append(row);
  }
  return list.children.length > 0 && el("section", { class: "begin", "aria-labelledby": "begin-draft" }, el("h2", { id: "begin-draft" }, "Your drafts on this device"), list);
}

/** A button that opens the browser's own choice of files. */
function chooser(text, attributes, take) {
  const input = el("input", { type: "file", hidden: true, ...attributes, change: async () => {
    const files = [...input.files];
    input.value = "";
    take(await Promise.all(files.map(read)));
  } });
  return el("div", {}, el("button", { type: "button", class: "action", click: () => input.click() }, text), input);
}

async function read(file, within = "") {
  const path = within + (file.webkitRelativePath || file.name);
  const wanted = path.endsWith(".pol") || path.endsWith(".json");
  return { path, text: wanted && file.size < LARGEST ? await file.text() : "" };
}

/** The files behind what was dropped; folders are looked through. */
async function dropped(data) {
  const entries = [...data.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
  const found = [];
  const look = async (entry, within) => {
    if (entry.isFile) {
      const file = await new Promise((resolve, reject) => entry.file(resolve, reject));
      found.push(await read(file, within));
      return;
    }
    const reader = entry.createReader();
    for (;;) {
      const some = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
      if (some.length === 0) return;
      for (const each of some) await look(each, `${within}${entry.name}/`);
    }
  };
  for (const entry of entries) await look(entry, "");
  return found;
}

async function openFiles(list) {
  const change = list.length === 1 && list[0].path.endsWith(".json") ? changeIn(list[0].text) : null;
  if (change && change.kind !== "files") {
    location.href = `${addressOf({ kind: change.kind, name: change.pack })}#change=${await packed(change)}`;
    return;
  }
  const chosen = change ? Object.entries(change.files).filter(([, { text }]) => typeof text === "string").map(([path, { text }]) => ({ path, text })) : list.filter(({ path }) => isPath(path));
  if (chosen.length === 0) throw new Error("There is no file here that ends in .pol.");
  if (chosen.reduce((sum, { text }) => sum + text.length, 0) > LARGEST) throw new Error("These files are larger than this page can keep. Choose the folder of one policy.");
  const base = ownBase(chosen.map(({ path, text }) => ({ path, text: text.replaceAll("\r\n", "\n") })));
  const from = { kind: "files", name: "own" };
  if (!keep({ from, base, changed: {}, path: null })) throw new Error("This device has no room to keep these files.");
  location.href = addressOf(from);
}
