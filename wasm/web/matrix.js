// The tables of a policy on a day: every cell in words, each with its way to the question it answers.
//
// What the cells say comes with the policy (`tables` in packs.json), worked out by the compiler for every stretch of
// days; here it is put into words. A cell's link states what an address can state of it, and the page asks the rest.
// It is loaded once somebody looks at a table.

import { empty, having, NOT_KNOWN, write } from "./address.js";
import { el, unseen } from "./dom.js";
import { day, today } from "./facts.js";
import { phrase } from "./answer-phrases.js";
import { inShort } from "./said.js";
import { approvalLabel, factLabel, outcomeWords } from "./verdict.js";
import { capital, label, listed, words } from "./vocabulary.js";
import { dayLine } from "./when.js";

/** The matrices in force on a day: those of the last stretch that has begun. None for a day that is not known. */
function matricesOn(told, on) {
  if (on === NOT_KNOWN) return [];
  const date = on.slice(0, 10);
  return told.stretches.filter(({ from }) => from === null || from <= date).at(-1)?.matrices ?? [];
}

/** The heading and the content of the page. told: the tables on all days, or null where there are none. */
export function matrixPage({ told, state, vocabulary }) {
  const on = state.on ?? today();
  const found = told ? matricesOn(told, on) : [];
  const heading = found.length === 1 ? found[0].title : phrase("tables");
  const content = [
    el("p", { class: "caption" }, vocabulary.title),
    el("h1", { tabindex: "-1" }, heading),
    found.length === 0 && el("p", { class: "inset" }, none(told)),
    found.length > 0 && el("p", {}, phrase("as_it_stands", { day: day(on) })),
    found.map((matrix) => table(matrix, { state, vocabulary, on, alone: found.length === 1 })),
    dayLine(state),
    found.length > 0 && el("p", { class: "actions" },
      el("button", { type: "button", class: "action", click: () => window.print() }, "Print this page"),
      found.map((matrix) => el("button", { type: "button", class: "action", click: () => download(matrix, vocabulary, on) }, "Download as a spreadsheet (CSV)", found.length > 1 && unseen(`: ${matrix.title}`)))),
    el("p", { class: "small" }, vocabulary.edition && phrase("edition_stop", { edition: vocabulary.edition }), vocabulary.digest && [phrase("version"), el("code", { class: "digest" }, vocabulary.digest)]),
  ];
  return { heading, content: content.flat() };
}

const none = (told) => phrase(told ? "table_day" : "no_table");

const about = (row, cell) => ({ class: `cell cell-${cell.outcome}`, "data-row": row.row, "data-column": cell.column, "data-outcome": cell.outcome, "data-possible": cell.possible.join(" "), "data-changed": cell.changed_by.join(" ") });

function table(matrix, { state, vocabulary, on, alone }) {
  const notes = [];
  const cellOf = (row, cell) => {
    const said = cellWords(cell, vocabulary);
    let mark = null;
    if (cell.changed_by.length > 0) {
      notes.push({ row, cell });
      const id = `${matrix.name}-note-${notes.length}`;
      mark = el("a", { class: "mark", href: `#${id}` }, unseen(phrase("changed_note")), `[${notes.length}]`);
    }
    // About what cannot be there is nothing to ask.
    if (cell.outcome === "impossible") return el("td", about(row, cell), said);
    const link = el("a", { href: write(questionFor(cell, state)) }, said, unseen(`: ${actWords(row, vocabulary)}, ${columnWords(cell, vocabulary)}`));
    return el("td", about(row, cell), link, mark && [" ", mark]);
  };
  const body = el("table", { class: "matrix" },
    el("caption", { class: alone ? "unseen" : null }, phrase("table_on", { title: matrix.title, day: day(on) })),
    el("thead", {}, el("tr", {}, el("th", { scope: "col" }, phrase("what")), (matrix.rows[0]?.cells ?? []).map((cell) => el("th", { scope: "col" }, capital(columnWords(cell, vocabulary)))))),
    el("tbody", {}, matrix.rows.map((row) => el("tr", {},
      el("th", { scope: "row" }, el("span", { class: "row-name" }, `${words(row.row)}. `), capital(actWords(row, vocabulary))),
      row.cells.map((cell) => cellOf(row, cell))))));
  return el("section", { class: "matrix-part", "aria-label": matrix.title },
    el("div", { class: "matrix-scroll", role: "region", tabindex: "0", "aria-label": phrase("table_named", { title: matrix.title }) }, body),
    notes.length > 0 && el("h2", {}, phrase("rest_changes")),
    notes.length > 0 && el("ol", { class: "matrix-notes" }, notes.map(({ row, cell }, index) => el("li", { id: `${matrix.name}-note-${index + 1}` },
      el("details", { class: "more" }, el("summary", {}, `${capital(actWords(row, vocabulary))}, ${columnWords(cell, vocabulary)}`),
        el("p", {}, phrase("table_alone", { outcomes: listed(cell.table_alone.map(outcomeWords), "or") || phrase("nothing") })),
        whereItStands(cell.changed_by, matrix, vocabulary).map((text) => el("p", {}, text)))))));
}

/** Where the clauses of some rules stand: a line for each document. */
function whereItStands(rules, matrix, vocabulary) {
  const places = new Map();
  for (const { document, locator, clause } of rules.flatMap((rule) => matrix.rules[rule]?.cites ?? [])) {
    const title = vocabulary.documentTitle(document ?? "");
    places.set(title, (places.get(title) ?? new Set()).add(locator || clause));
  }
  return [...places].map(([title, found]) => `${title}: ${[...found].join("; ")}`);
}

/** A cell in a few words. It is a yes only where every case of it is permitted. */
function cellWords(cell, vocabulary) {
  const deeds = () => listed(cell.provided.map((name) => vocabulary.deed(name)), "or");
  switch (cell.outcome) {
    case "permitted":
      return cell.provided.length > 0 ? phrase("yes_if", { deeds: deeds() }) : phrase("yes");
    case "needs_approval":
      return cell.approvals.length > 0 ? phrase("only_with", { approvals: listed(cell.approvals.map((name) => approvalLabel(vocabulary, name)), "or") }) : phrase("only_with_approval");
    case "forbidden":
      return phrase("no");
    case "not_covered":
      return phrase("silent");
    case "impossible":
      return phrase("cannot_be");
    case "needs_facts": {
      const matters = [...cell.needs, ...cell.open].map((name) => factLabel(vocabulary, name));
      const outcomes = listed(cell.possible.map(outcomeWords), "or");
      const some = matters.length > 3 ? [...matters.slice(0, 2), phrase("more_matters", { count: matters.length - 2 })] : matters;
      return some.length > 0 ? phrase("hangs_on", { matters: listed(some), outcomes }) : phrase("hangs", { outcomes });
    }
    default:
      return phrase("no_answer");
  }
}

/** The state that asks what a cell is about. */
function questionFor(cell, state) {
  return having(empty(), { pack: state.pack, on: state.on, facts: new Map(Object.entries(cell.facts)) });
}

function actWords(row, vocabulary) {
  const stated = row.cells[0]?.facts ?? {};
  const act = vocabulary.act(stated[vocabulary.actFact.name]);
  // A row of several acts is told as it is written.
  if (!act) return words(row.act);
  const others = Object.entries(stated).filter(([name]) => name !== vocabulary.actFact.name && name !== vocabulary.subject?.name);
  return [label(act), ...others.map(([name, value]) => inShort(vocabulary, vocabulary.fact(name), value))].join(": ");
}

function columnWords(cell, vocabulary) {
  const subject = vocabulary.subject;
  const who = subject && cell.facts?.[subject.name];
  return who ? vocabulary.valueLabel(subject, who) : words(cell.column);
}

/** The table as CSV: what a spreadsheet would take for a formula is told to be text. */
export function csv(matrix, vocabulary) {
  const field = (text) => `"${(/^[=+\-@\t\r]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
  const columns = (matrix.rows[0]?.cells ?? []).map((cell) => columnWords(cell, vocabulary));
  const lines = [["Row", "What", ...columns.flatMap((name) => [name, `${name}: what changes it`])]];
  for (const row of matrix.rows) lines.push([row.row, actWords(row, vocabulary), ...row.cells.flatMap((cell) => [cellWords(cell, vocabulary), cell.changed_by.join(" ")])]);
  return lines.map((line) => line.map(field).join(",")).join("\r\n") + "\r\n";
}

function download(matrix, vocabulary, on) {
  // A spreadsheet knows by the first bytes that this is UTF-8.
  const address = URL.createObjectURL(new Blob(["\ufeff", csv(matrix, vocabulary)], { type: "text/csv" }));
  const anchor = el("a", { href: address, download: `${vocabulary.pack}-${matrix.name}-${on.slice(0, 10)}.csv` });
  anchor.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
