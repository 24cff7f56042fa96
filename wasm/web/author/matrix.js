// The tables of the policy as it decides them on a day.

import { el } from "../dom.js";

export function matrixOf({ matrices, error }) {
  if (error) return [el("p", { class: "problem" }, error)];
  if (matrices.length === 0) return [el("p", {}, "This policy has no matrix. A matrix is a table of acts and people; each of its cells is a rule.")];
  return matrices.map((matrix) => el("div", { class: "table-holder", tabindex: "0", role: "region", "aria-label": matrix.title },
    el("table", { class: "matrix" },
      el("caption", {}, matrix.title),
      el("thead", {}, el("tr", {}, el("th", { scope: "col" }, "What"), matrix.columns.map((column) => el("th", { scope: "col" }, column)))),
      el("tbody", {}, matrix.rows.map((row) => el("tr", {}, el("th", { scope: "row" }, row.act), row.cells.map(cellOf)))))));
}

function cellOf(cell) {
  return el("td", { "data-outcome": cell.outcome },
    el("span", { class: "cell-says" }, cell.says),
    cell.changed_by.length > 0 && el("details", { class: "more" }, el("summary", {}, "More than the table says"),
      el("p", { class: "small" }, `Other rules have a say here: ${cell.changed_by.join(", ")}.`)));
}
