// The place to work: the files of one policy, the editor, and beside it what the policy says now.

import { announce, el } from "../dom.js";
import * as compiler from "./compiler.js";
import { discard, keep } from "./draft.js";
import { Editor } from "./editor.js";
import * as examples from "./examples.js";
import { Draft, filesTools } from "./files.js";
import { panel } from "./panel.js";
import { many, short } from "./said.js";
import { saveText, sharing } from "./sharing.js";
import { summary } from "./messages.js";

/** How long nobody types before the text is read, and before what takes longer begins. */
const PAUSE = 200;
const LONGER_PAUSE = 500;

export function workspace({ from, base, changed: earlier, path: shownBefore, news }) {
  const draft = new Draft(base, earlier);
  const { changed } = draft;
  let turn = 0;
  let language = null;
  let found = { errors: [], warnings: [], notes: [] };
  let broken = [];
  const first = () => [editor.path, ...Object.keys(changed)];

  // The head

  const state = el("p", { class: "draft-state" });
  const room = el("p", { class: "problem", role: "alert", hidden: true }, "This device has no room to keep your draft. Save it as a file before you leave this page.");
  const finding = el("p", { class: "finding" });
  const select = el("select", { id: "file", class: "field", change: () => open(select.value) });
  const options = new Map();
  const files = filesTools({ draft, now: () => editor.path, done: filed });
  const share = sharing({ from, base, changed });
  const tidy = el("button", { type: "button", class: "action", click: tidied }, "Tidy the layout");
  const tools = el("div", { class: "tools" },
    el("div", { class: "tools-file" }, el("label", { for: "file", class: "field-label" }, "File"), select),
    el("div", { class: "actions" }, files.buttons),
    el("div", { class: "actions" },
      tidy,
      el("button", { type: "button", class: "action", click: () => saveText(editor.path.split("/").at(-1), editor.text) }, "Save this file"),
      share.button,
      el("button", { type: "button", class: "action", click: (event) => giveUp(event.target) }, "Discard draft")),
    files.place);

  // The editor and the panel

  const holder = el("div", { class: "editor" });
  const editor = new Editor(holder, { changed: typed });
  const beside = panel({ from, base, goTo, paths: () => draft.own(), first, worth: () => worth(), broken: (results) => {
    broken = results.map(examples.asMessage);
    mark();
  } });

  function shown(path) {
    const wrong = found.errors.filter((message) => message.place?.path === path).length;
    const notes = [path in changed && (path in base.files ? "changed" : "new"), wrong > 0 && many(wrong, "error")].filter(Boolean);
    return short(path, base.pack) + (notes.length > 0 ? ` (${notes.join(", ")})` : "");
  }

  /** The files to choose from, as they are called now. */
  function list() {
    options.clear();
    const group = (title, paths) => paths.length > 0 && el("optgroup", { label: title }, paths.map((path) => {
      options.set(path, el("option", { value: path }));
      return options.get(path);
    }));
    select.replaceChildren(...[group("This policy", draft.own()), group("What it uses", draft.lent())].filter(Boolean));
  }

  function label() {
    for (const [path, option] of options) {
      const text = shown(path);
      if (option.textContent !== text) option.textContent = text;
    }
    const count = Object.keys(changed).length;
    files.tell();
    state.textContent = count === 0 ? "You have changed nothing yet." : `You have changed ${many(count, "file")}. Your draft is kept on this device.`;
  }

  function mark() {
    editor.mark([...found.errors, ...found.warnings, ...broken]);
  }

  function open(path) {
    select.value = path;
    editor.show(path, draft.text(path));
    mark();
    store();
  }

  function goTo(place) {
    if (!options.has(place.path)) return;
    if (place.path !== editor.path) open(place.path);
    editor.goTo(place);
  }

  // Typing

  let storing = null;
  let reading = null;

  function store() {
    clearTimeout(storing);
    storing = null;
    const ownFiles = from.kind === "files" ? { base } : {};
    room.hidden = keep({ from, changed, path: editor.path, ...ownFiles });
  }

  function typed(path, text) {
    draft.write(path, text);
    altered();
  }

  /** Files were added, renamed or deleted. `path`: the file to show. */
  function filed(path) {
    list();
    open(path);
    altered();
  }

  function altered() {
    label();
    share.stale();
    storing ??= setTimeout(store, PAUSE);
    clearTimeout(reading);
    reading = setTimeout(look, PAUSE);
    turn += 1;
    finding.textContent = "Reading…";
    beside.stale();
  }

  const pause = (time) => new Promise((resolve) => setTimeout(resolve, time));
  /** Whether what is being worked out is still about the text as it is. */
  function worth() {
    const mine = turn;
    return () => mine === turn;
  }

  /** What the policy says now: quickly what is wrong with its words, then the rest. */
  async function look() {
    const still = worth();
    compiler.edit({ ...changed });
    broken = [];
    try {
      language ??= await compiler.language();
      const { messages, declared } = await compiler.read();
      if (!still()) return;
      editor.knows(language, declared);
      beside.knows(declared);
      const wrong = messages.error || messages.errors.length > 0;
      tell(messages, !wrong);
      if (wrong) return;
      await pause(LONGER_PAUSE);
      if (!still()) return;
      const all = await compiler.workOut("check");
      if (!still()) return;
      tell(all, false);
    } catch (failure) {
      if (failure instanceof compiler.Dropped || !still()) return;
      finding.textContent = "The compiler stopped before it was done.";
      beside.failed(failure);
    }
  }

  function tell(messages, more) {
    found = messages.error ? { errors: [], warnings: [], notes: [] } : messages;
    label();
    mark();
    const text = messages.error ?? summary(messages);
    finding.textContent = more ? "No errors. Looking for contradictions and gaps…" : text;
    if (!more) announce(text);
    beside.tell(messages, more);
  }

  async function tidied() {
    const path = editor.path;
    const { text, error } = await compiler.format(editor.text);
    if (path !== editor.path) return;
    if (error) {
      announce("This file has an error, so its layout stays as it is.");
      finding.textContent = "This file has an error, so its layout stays as it is.";
      return;
    }
    announce(text === editor.text ? "The layout is tidy." : "The layout is tidy now.");
    editor.replace(text);
  }

  function giveUp(button) {
    const ask = el("div", { class: "inset", role: "group", "aria-label": "Discard draft" },
      el("p", {}, "Everything you have changed here is lost."),
      el("div", { class: "actions" },
        el("button", { type: "button", class: "action", click: () => {
          clearTimeout(storing);
          storing = null;
          gone = true;
          discard(from);
          if (from.kind === "files") location.href = "/author";
          else location.reload();
        } }, "Yes, discard it"),
        el("button", { type: "button", class: "action", click: () => {
          ask.remove();
          button.focus();
        } }, "Keep it")));
    tools.querySelector("[aria-label='Discard draft']")?.remove();
    tools.append(ask);
    ask.querySelector("button").focus();
  }

  let gone = false;
  window.addEventListener("pagehide", () => { if (storing && !gone) store(); });

  compiler.open({ pack: base.pack, files: base.files });
  list();
  label();
  return {
    title: base.title,
    back: true,
    content: [
      el("div", { class: "work-head" }, el("h1", { tabindex: "-1" }, base.title), news && el("p", { class: "inset" }, news), state, room),
      tools,
      share.place,
      el("div", { class: "work" },
        el("section", { class: "work-text", "aria-labelledby": "work-text" },
          el("h2", { id: "work-text", class: "unseen" }, "The text"),
          holder,
          el("p", { id: "editor-keys", class: "small" }, "Tab leaves the editor. F8 goes to the next problem, Ctrl F finds, Ctrl Space completes a name."),
          finding),
        beside.element),
    ],
    ready() {
      finding.textContent = "Reading…";
      open(shownBefore ?? draft.first());
      look();
      if (news) announce(news);
    },
  };
}
