// How a text of the language is shown. Which words are its own comes from the compiler; what a pack declares, too.

import { HighlightStyle, StreamLanguage, syntaxHighlighting, tags } from "./codemirror.js";

const KINDS = { fact: "propertyName", value: "variableName", group: "variableName", act: "function", approval: "typeName", undertaking: "typeName", deed: "typeName", rule: "labelName" };

const tokenTable = {
  sentence: tags.definitionKeyword,
  word: tags.keyword,
  defined: tags.definition(tags.name),
  propertyName: tags.propertyName,
  variableName: tags.variableName,
  function: tags.function(tags.name),
  typeName: tags.typeName,
  labelName: tags.labelName,
  text: tags.string,
  comment: tags.comment,
  number: tags.number,
  sign: tags.punctuation,
};

/** The words of the language, and of the pack as far as they are known. */
export function languageOf({ begin, words }, declared) {
  const heads = new Set(begin);
  const own = new Set(words);
  const names = new Map();
  for (const { name, kind } of declared) if (kind in KINDS && !names.has(name)) names.set(name, KINDS[kind]);
  return StreamLanguage.define({
    name: "byelaw",
    tokenTable,
    startState: () => ({ declares: false }),
    token(stream, state) {
      const atMargin = stream.sol();
      if (stream.eatSpace()) return null;
      if (stream.match(/^#.*/)) return "comment";
      if (stream.match(/^"(?:\\.|[^"\\])*"?/)) return "text";
      if (stream.match(/^\d{4}-\d{2}-\d{2}(?![\w-])/) || stream.match(/^\d{2}:\d{2}(?!\w)/) || stream.match(/^\d+(?![\w.-]*\w)/)) return "number";
      const found = stream.match(/^[\p{L}\p{N}_]+(?:[-.][\p{L}\p{N}_]+)*/u);
      if (!found) {
        stream.next();
        return "sign";
      }
      const word = found[0].toLowerCase();
      if (atMargin && heads.has(word)) {
        state.declares = true;
        return "sentence";
      }
      if (state.declares) {
        state.declares = false;
        if (!own.has(word)) return "defined";
      }
      return own.has(word) ? "word" : names.get(word) ?? null;
    },
  });
}

/** Colours, each of which says more than colour alone only where that is needed: the words are there to be read. */
export const look = syntaxHighlighting(HighlightStyle.define([
  { tag: tags.definitionKeyword, color: "var(--code-sentence)", fontWeight: "700" },
  { tag: tags.keyword, color: "var(--code-word)" },
  { tag: tags.definition(tags.name), color: "var(--ink)", fontWeight: "700" },
  { tag: tags.propertyName, color: "var(--code-fact)" },
  { tag: tags.variableName, color: "var(--code-value)" },
  { tag: tags.function(tags.name), color: "var(--code-act)", fontWeight: "600" },
  { tag: tags.typeName, color: "var(--code-deed)" },
  { tag: tags.labelName, color: "var(--code-deed)" },
  { tag: tags.string, color: "var(--code-text)" },
  { tag: tags.comment, color: "var(--soft)", fontStyle: "italic" },
  { tag: tags.number, color: "var(--code-number)" },
]));

/** Completes the words of the language and every declared name. */
export function completing({ words }, declared) {
  const options = [
    ...declared.map(({ name, kind, label }) => ({ label: name, type: kind, detail: kind, info: label || undefined, boost: kind === "rule" || kind === "clause" ? -1 : 1 })),
    ...words.map((word) => ({ label: word, type: "word", detail: "word of the language" })),
  ];
  return (context) => {
    const found = context.matchBefore(/[\p{L}\p{N}_./-]+/u);
    const typed = found?.text.toLowerCase() ?? "";
    if (typed.length < 3 && !context.explicit) return null;
    const line = context.state.doc.lineAt(context.pos);
    const before = context.state.sliceDoc(line.from, context.pos - typed.length);
    // Nothing is completed in a text or in a comment.
    if (before.includes("#") || before.replaceAll(/\\./g, "").split('"').length % 2 === 0) return null;
    const fitting = options.filter(({ label }) => label.startsWith(typed));
    // A word that is whole already must not keep Enter from being a new line.
    if (fitting.length === 0 || (!context.explicit && fitting.some(({ label }) => label === typed))) return null;
    return { from: context.pos - typed.length, options: fitting, filter: false };
  };
}
