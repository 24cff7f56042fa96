// The editor: one file of the policy at a time, with what was found out about it at its place.

import {
  Compartment, EditorState, EditorView, autocompletion, bracketMatching, completionKeymap, defaultKeymap, highlightActiveLine, highlightActiveLineGutter,
  highlightSpecialChars, history, historyKeymap, keymap, lineNumbers, lintGutter, lintKeymap, search, searchKeymap, setDiagnostics,
} from "./codemirror.js";
import { el } from "../dom.js";
import { completing, languageOf, look } from "./language.js";

const theme = EditorView.theme({
  "&": { color: "var(--ink)", backgroundColor: "var(--paper)", height: "100%", fontSize: "0.9375rem" },
  "&.cm-focused": { outline: "3px solid var(--focus)", outlineOffset: "1px" },
  ".cm-scroller": { fontFamily: "ui-monospace, 'Cascadia Mono', Menlo, Consolas, 'Liberation Mono', monospace", lineHeight: "1.6" },
  ".cm-content": { padding: "0.5rem 0", caretColor: "var(--ink)" },
  ".cm-gutters": { backgroundColor: "var(--shade)", color: "var(--soft)", borderRight: "1px solid var(--line)" },
  ".cm-activeLine": { backgroundColor: "var(--code-line)" },
  ".cm-activeLineGutter": { backgroundColor: "var(--code-line)", color: "var(--ink)" },
  ".cm-selectionMatch, .cm-searchMatch": { backgroundColor: "var(--code-found)", outline: "1px solid var(--edge)" },
  ".cm-matchingBracket": { outline: "1px solid var(--edge)" },
  ".cm-tooltip": { backgroundColor: "var(--paper)", color: "var(--ink)", border: "1px solid var(--edge)", borderRadius: "4px", maxWidth: "min(34rem, 90vw)" },
  ".cm-tooltip-autocomplete > ul > li": { lineHeight: "1.6", padding: "0.125rem 0.5rem" },
  ".cm-tooltip-autocomplete > ul > li[aria-selected]": { backgroundColor: "var(--button)", color: "#ffffff" },
  ".cm-completionDetail": { fontStyle: "normal", opacity: "1", marginInlineStart: "1rem" },
  ".cm-diagnostic": { borderLeft: "5px solid var(--edge)", padding: "0.5rem 0.75rem", fontFamily: "system-ui, sans-serif", fontSize: "1rem", whiteSpace: "normal" },
  ".cm-diagnostic-error": { borderLeftColor: "var(--problem)" },
  ".cm-diagnostic-warning": { borderLeftColor: "var(--approval)" },
  ".cm-lintRange": { backgroundImage: "none", paddingBottom: "0" },
  ".cm-lintRange-error": { textDecoration: "underline wavy var(--problem) 2px", textDecorationSkipInk: "none", backgroundColor: "var(--code-wrong)" },
  ".cm-lintRange-warning": { textDecoration: "underline dashed var(--code-warned) 2px", textDecorationSkipInk: "none" },
  // In place of pictures, which the content policy of the page does not let in.
  ".cm-lint-marker": { content: "normal", width: "1.1em", height: "auto", textAlign: "center", fontWeight: "700", lineHeight: "inherit" },
  ".cm-lint-marker-error": { content: "normal", color: "var(--problem)" },
  ".cm-lint-marker-warning": { content: "normal", color: "var(--code-warned)" },
  ".cm-lint-marker-info": { content: "normal" },
  ".cm-lint-marker-error::before": { content: "'×'" },
  ".cm-lint-marker-warning::before": { content: "'!'" },
  ".cm-panels": { backgroundColor: "var(--shade)", color: "var(--ink)", borderColor: "var(--line)" },
  ".cm-panel.cm-search": { padding: "0.5rem 0.75rem", fontSize: "1rem" },
  ".cm-textfield, .cm-button": { font: "inherit", fontSize: "1rem", minHeight: "2.25rem", backgroundColor: "var(--paper)", backgroundImage: "none", color: "var(--ink)", border: "2px solid var(--edge)", borderRadius: "4px" },
  ".cm-panel.cm-search [name=close]": { fontSize: "1.25rem", minWidth: "2rem", color: "var(--ink)" },
});

/** Where a place in lines and columns (from 1, in characters) is in a document. */
function offset(doc, line, column) {
  if (line > doc.lines) return doc.length;
  const found = doc.line(line);
  const before = [...found.text].slice(0, column - 1).join("");
  return Math.min(found.from + before.length, found.to);
}

function marked(doc, message) {
  const { line, column, end_line: endLine, end_column: endColumn } = message.place;
  const from = offset(doc, line, column);
  const to = Math.max(from, offset(doc, endLine, endColumn));
  return {
    // At least a letter, so that there is something to see.
    from: from === to ? Math.max(doc.lineAt(from).from, from - 1) : from,
    to: from === to ? Math.min(doc.length, Math.max(to, from)) : to,
    severity: message.severity,
    message: message.message,
    renderMessage: () => el("div", {},
      el("p", { class: "mark-message" }, message.message),
      message.label && el("p", {}, message.label),
      (message.help ?? []).map((each) => el("p", { class: "mark-help" }, each))),
  };
}

export class Editor {
  #view;
  #states = new Map();
  #path = null;
  #language = new Compartment();
  #about = new Compartment();
  #words = null;
  #declared = [];
  #changed;

  /** `changed(path, text)` is called after each change that its author made. */
  constructor(parent, { changed }) {
    this.#changed = changed;
    this.#view = new EditorView({ parent });
  }

  #state(path, text) {
    return EditorState.create({
      doc: text,
      extensions: [
        lineNumbers(), highlightActiveLineGutter(), highlightSpecialChars(), history(), bracketMatching(), highlightActiveLine(), lintGutter(), search({ top: true }),
        EditorView.lineWrapping,
        EditorState.lineSeparator.of("\n"),
        this.#language.of(this.#languageNow()),
        look, theme,
        // Tab is not among the keys: it leaves the editor, as everywhere else on a page.
        keymap.of([...completionKeymap, ...defaultKeymap, ...historyKeymap, ...searchKeymap, ...lintKeymap]),
        this.#about.of(EditorView.contentAttributes.of({ "aria-label": `Text of ${path}`, "aria-describedby": "editor-keys", tabindex: "0" })),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) this.#changed(this.#path, update.state.doc.toString());
        }),
      ],
    });
  }

  #languageNow() {
    if (!this.#words) return [];
    return [languageOf(this.#words, this.#declared), autocompletion({ override: [completing(this.#words, this.#declared)], icons: false })];
  }

  /** The words of the language, and the names that the pack declares now. */
  knows(words, declared) {
    const same = this.#words === words && JSON.stringify(declared) === JSON.stringify(this.#declared);
    if (same) return;
    this.#words = words;
    this.#declared = declared;
    this.#view.dispatch({ effects: this.#language.reconfigure(this.#languageNow()) });
  }

  /** Shows a file. What was undone and done in each is kept while the page is open. */
  show(path, text) {
    if (this.#path !== null) this.#states.set(this.#path, this.#view.state);
    this.#path = path;
    const earlier = this.#states.get(path);
    const state = earlier && earlier.doc.toString() === text ? earlier : this.#state(path, text);
    this.#view.setState(state);
    this.#view.dispatch({ effects: this.#language.reconfigure(this.#languageNow()) });
  }

  get path() {
    return this.#path;
  }

  get text() {
    return this.#view.state.doc.toString();
  }

  /** Replaces the text as one step that can be undone. */
  replace(text) {
    const now = this.text;
    if (text === now) return;
    let start = 0;
    while (start < text.length && start < now.length && text[start] === now[start]) start += 1;
    let end = 0;
    while (end < text.length - start && end < now.length - start && text.at(-1 - end) === now.at(-1 - end)) end += 1;
    this.#view.dispatch({ changes: { from: start, to: now.length - end, insert: text.slice(start, text.length - end) } });
  }

  /** Marks what is wrong in the file that is shown. */
  mark(messages) {
    const { doc } = this.#view.state;
    const here = messages.filter((message) => message.place?.path === this.#path && message.place.line <= doc.lines);
    this.#view.dispatch(setDiagnostics(this.#view.state, here.map((message) => marked(doc, message))));
  }

  /** Goes to a place in the file that is shown. */
  goTo({ line, column = 1, end_line: endLine = line, end_column: endColumn = column }) {
    const { doc } = this.#view.state;
    const anchor = offset(doc, line, column);
    const head = Math.max(anchor, offset(doc, endLine, endColumn));
    this.#view.dispatch({ selection: { anchor, head }, effects: EditorView.scrollIntoView(anchor, { y: "center" }) });
    this.#view.focus();
  }

  focus() {
    this.#view.focus();
  }
}
