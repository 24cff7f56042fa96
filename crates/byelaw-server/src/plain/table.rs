//! The tables of a policy on a day, as `wasm/web/matrix.js` has them: every cell in words, each with its way to the
//! question it answers, and a mark where a rule outside the table changes it.

use super::address::{NOT_KNOWN, State};
use super::answer::{day_line, link};
use super::facts::spoken;
use super::html::{El, Html, el, text, unseen};
use super::told::{Fact, Vocabulary};
use super::verdict::outcome_words;
use super::words::{capital, day, fill, listed, phrases as p, words};
use crate::Decided;
use byelaw::{MatrixCellReport, MatrixReport, MatrixRowReport};

/// What cannot be has no question.
const CANNOT_BE: &str = "impossible";

/// The way to the tables of a policy that has some.
pub(crate) fn tables_line(tables: Option<&Decided>, state: &State) -> Option<El> {
    let said = match tables?.titles.as_slice() {
        [] => return None,
        [one] => fill(p::SEE_TABLE, &[("title", one)]),
        _ => p::SEE_TABLES.to_owned(),
    };
    let there = State { pack: state.pack.clone(), on: state.on.clone(), matrix: true, ..State::default() };
    Some(el("p").class("as-of").add(link(&there, &said, "")))
}

/// The heading of the page, and the page.
pub(crate) fn page(
    tables: Option<&Decided>,
    vocabulary: &Vocabulary,
    state: &State,
    today: &str,
) -> (String, Html) {
    let on = state.on.as_deref().unwrap_or(today);
    let found = tables.map(|tables| on_day(tables, on)).unwrap_or_default();
    let heading = match found {
        [one] => one.title.clone(),
        _ => p::TABLES.to_owned(),
    };
    let mut parts = vec![
        el("p").class("caption").say(&vocabulary.title),
        el("h1").with("tabindex", "-1").say(&heading),
        match (found, tables) {
            ([], None) => el("p").class("inset").say(p::NO_TABLE),
            ([], Some(_)) => el("p").class("inset").say(p::TABLE_DAY),
            _ => el("p").say(&fill(p::AS_IT_STANDS, &[("day", &day(on))])),
        },
    ];
    parts.extend(found.iter().map(|matrix| Table { matrix, vocabulary, state, on }.all(found.len() == 1)));
    let mut end = el("p").class("small");
    if !vocabulary.edition.is_empty() {
        end = end.say(&fill(p::EDITION_STOP, &[("edition", &vocabulary.edition)]));
    }
    if !vocabulary.digest.is_empty() {
        end = end.say(p::VERSION).add(el("code").class("digest").say(&vocabulary.digest));
    }
    let all = parts.into_iter().map(Html::from).chain([day_line(state, today), end.into()]);
    (heading, all.collect())
}

/// The tables in force on a day: those of the last stretch that has begun. None for a day that is not known.
fn on_day<'a>(tables: &'a Decided, on: &str) -> &'a [MatrixReport] {
    if on == NOT_KNOWN {
        return &[];
    }
    let date = on.get(..10).unwrap_or(on);
    let begun = |from: &Option<String>| from.as_deref().is_none_or(|from| from <= date);
    let stretch = tables.on_all_days.stretches.iter().rfind(|stretch| begun(&stretch.from));
    stretch.map(|stretch| stretch.matrices.as_slice()).unwrap_or_default()
}

/// One table, with what its words come from.
struct Table<'a> {
    matrix: &'a MatrixReport,
    vocabulary: &'a Vocabulary,
    state: &'a State,
    on: &'a str,
}

impl Table<'_> {
    /// The table, and below it what changes its cells. alone: whether it is the only one of the page.
    fn all(&self, alone: bool) -> El {
        let title = &self.matrix.title;
        let column =
            |cell: &MatrixCellReport| el("th").with("scope", "col").say(&capital(&self.column_words(cell)));
        let columns = self.matrix.rows.first().map(|row| row.cells.as_slice()).unwrap_or_default();
        let head = el("tr").add(el("th").with("scope", "col").say(p::WHAT)).all(columns.iter().map(column));
        let mut notes = Vec::new();
        let rows: Vec<El> = self.matrix.rows.iter().map(|row| self.row(row, &mut notes)).collect();
        let caption = fill(p::TABLE_ON, &[("title", title), ("day", &day(self.on))]);
        let table = el("table")
            .class("matrix")
            .add(el("caption").with_some("class", alone.then_some("unseen")).say(&caption))
            .add(el("thead").add(head))
            .add(el("tbody").all(rows));
        let frame = el("div")
            .class("matrix-scroll")
            .with("role", "region")
            .with("tabindex", "0")
            .with("aria-label", &fill(p::TABLE_NAMED, &[("title", title)]))
            .add(table);
        let part = el("section").class("matrix-part").with("aria-label", title).add(frame);
        if notes.is_empty() {
            return part;
        }
        part.add(el("h2").say(p::REST_CHANGES)).add(el("ol").class("matrix-notes").all(notes))
    }

    fn row(&self, row: &MatrixRowReport, notes: &mut Vec<El>) -> El {
        let name = el("span").class("row-name").say(&format!("{}. ", words(&row.row)));
        let what = self.act_words(row);
        let head = el("th").with("scope", "row").add(name).say(&capital(&what));
        el("tr").add(head).all(row.cells.iter().map(|cell| self.cell(&what, row, cell, notes)))
    }

    fn cell(&self, what: &str, row: &MatrixRowReport, cell: &MatrixCellReport, notes: &mut Vec<El>) -> El {
        let shown = el("td")
            .class(&format!("cell cell-{}", cell.outcome))
            .with("data-row", &row.row)
            .with("data-column", &cell.column)
            .with("data-outcome", cell.outcome)
            .with("data-possible", &cell.possible.join(" "))
            .with("data-changed", &cell.changed_by.join(" "));
        let column = self.column_words(cell);
        let mark = (!cell.changed_by.is_empty()).then(|| {
            let number = notes.len() + 1;
            let id = format!("{}-note-{number}", self.matrix.name);
            notes.push(self.note(&id, &format!("{}, {column}", capital(what)), cell));
            let sign = el("a").class("mark").with("href", &format!("#{id}"));
            sign.add(unseen(p::CHANGED_NOTE)).say(&format!("[{number}]"))
        });
        let said = self.cell_words(cell);
        if cell.outcome == CANNOT_BE {
            return shown.say(&said);
        }
        let facts = cell.facts.iter().map(|(name, value)| (name.clone(), value.clone())).collect();
        let State { pack, on, .. } = self.state.clone();
        let asks = State { pack, on, facts, ..State::default() };
        let shown = shown.add(link(&asks, &said, &format!(": {what}, {column}")));
        match mark {
            Some(mark) => shown.add(text(" ")).add(mark),
            None => shown,
        }
    }

    /// What changes a cell, with the places of the clauses.
    fn note(&self, id: &str, about: &str, cell: &MatrixCellReport) -> El {
        let alone: Vec<&str> = cell.table_alone.iter().filter_map(|outcome| outcome_words(outcome)).collect();
        let outcomes = if alone.is_empty() { p::NOTHING.to_owned() } else { listed(&alone, "or") };
        let told = fill(p::TABLE_ALONE, &[("outcomes", &outcomes)]);
        let places = self.places(&cell.changed_by);
        let details = el("details")
            .class("more")
            .add(el("summary").say(about))
            .add(el("p").say(&told))
            .all(places.into_iter().map(|text| el("p").say(&text)));
        el("li").with("id", id).add(details)
    }

    /// Where the clauses of some rules stand: a line for each document.
    fn places(&self, rules: &[String]) -> Vec<String> {
        let mut found: Vec<(String, Vec<&str>)> = Vec::new();
        for cite in rules.iter().filter_map(|rule| self.matrix.rules.get(rule)).flat_map(|rule| &rule.cites) {
            let title = self.vocabulary.document_title(cite.document.as_deref().unwrap_or_default());
            let place = if cite.locator.is_empty() { &cite.clause } else { &cite.locator };
            let known = match found.iter().position(|(each, _)| *each == title) {
                Some(at) => found.get_mut(at),
                None => {
                    found.push((title, Vec::new()));
                    found.last_mut()
                }
            };
            if let Some((_, places)) = known
                && !places.contains(&place.as_str())
            {
                places.push(place);
            }
        }
        found.into_iter().map(|(title, places)| format!("{title}: {}", places.join("; "))).collect()
    }

    /// A cell in a few words. It is a yes only where every case of it is permitted.
    fn cell_words(&self, cell: &MatrixCellReport) -> String {
        let vocabulary = self.vocabulary;
        match cell.outcome {
            "permitted" => {
                let deeds: Vec<String> = cell.provided.iter().map(|name| vocabulary.deed(name)).collect();
                match deeds.as_slice() {
                    [] => p::YES.to_owned(),
                    deeds => fill(p::YES_IF, &[("deeds", &listed(deeds, "or"))]),
                }
            }
            "needs_approval" => {
                let label = |name: &String| vocabulary.approval_label(name);
                let approvals: Vec<String> = cell.approvals.iter().map(label).collect();
                match approvals.as_slice() {
                    [] => p::ONLY_WITH_APPROVAL.to_owned(),
                    approvals => fill(p::ONLY_WITH, &[("approvals", &listed(approvals, "or"))]),
                }
            }
            "forbidden" => p::NO.to_owned(),
            "not_covered" => p::SILENT.to_owned(),
            CANNOT_BE => p::CANNOT_BE.to_owned(),
            "needs_facts" => {
                let matters = cell.needs.iter().chain(&cell.open);
                let mut matters: Vec<String> = matters.map(|name| vocabulary.fact_label(name)).collect();
                if matters.len() > 3 {
                    let left = (matters.len() - 2).to_string();
                    matters.truncate(2);
                    matters.push(fill(p::MORE_MATTERS, &[("count", &left)]));
                }
                let outcomes: Vec<&str> =
                    cell.possible.iter().filter_map(|each| outcome_words(each)).collect();
                let outcomes = listed(&outcomes, "or");
                match matters.as_slice() {
                    [] => fill(p::HANGS, &[("outcomes", &outcomes)]),
                    some => fill(p::HANGS_ON, &[("matters", &listed(some, "and")), ("outcomes", &outcomes)]),
                }
            }
            _ => p::NO_ANSWER.to_owned(),
        }
    }

    fn act_words(&self, row: &MatrixRowReport) -> String {
        let vocabulary = self.vocabulary;
        let name_of = |fact: Option<&Fact>| fact.map(|fact| fact.word.name.clone()).unwrap_or_default();
        let (act, subject) = (name_of(vocabulary.act_fact()), name_of(vocabulary.subject()));
        let Some(stated) = row.cells.first().map(|cell| &cell.facts) else { return words(&row.act) };
        // A row of several acts is told as it is written.
        let Some(label) = stated.get(&act).and_then(|name| vocabulary.act(name)) else {
            return words(&row.act);
        };
        let others = stated.iter().filter(|(name, _)| **name != act && **name != subject);
        let others = others.filter_map(|(name, value)| Some(self.in_short(vocabulary.fact(name)?, value)));
        let parts: Vec<String> = [label.word.label()].into_iter().chain(others).collect();
        parts.join(": ")
    }

    /// What is said of one fact, in a few words.
    fn in_short(&self, fact: &Fact, raw: &str) -> String {
        let said = spoken(self.vocabulary, fact, raw);
        match fact.kind.as_str() {
            "yes_no" if raw == "yes" => capital(&fact.word.label()),
            "yes_no" => format!("{} {said}", fact.asked()),
            "number" => format!("{}: {said}", capital(&fact.word.label())),
            _ => said,
        }
    }

    fn column_words(&self, cell: &MatrixCellReport) -> String {
        let subject = self.vocabulary.subject();
        let who = subject.and_then(|subject| Some((subject, cell.facts.get(&subject.word.name)?)));
        who.map_or_else(|| words(&cell.column), |(subject, who)| self.vocabulary.value_label(subject, who))
    }
}
