// One question on a page: the form, its kinds of answer, and what is said when an answer is missing.

import { NONE, NOT_KNOWN } from "./address.js";
import { announce, el, unseen } from "./dom.js";
import { dateParts, day, today } from "./facts.js";
import { phrase } from "./phrases.js";
import { capital, label, listed } from "./vocabulary.js";

/** From this many choices on, a field above them narrows the list. */
const MANY = 10;

/**
 * A page with one form.
 * asks: the fact it is about; heading, caption, hints: text; body: the fields; read(form): `{value}` or `{problem, at}`, perhaps later; done(value).
 */
export function formPage({ asks, heading, caption, hints = [], body, read, done, button = phrase("go_on") }) {
  const problems = el("div");
  const inline = el("p", { class: "problem", id: "problem" });
  inline.hidden = true;
  const hintIds = hints.map((_, index) => `hint-${index}`);
  const fieldset = el(
    "fieldset",
    { "aria-describedby": hintIds.join(" ") || null },
    el("legend", {}, caption && el("span", { class: "caption" }, caption, unseen(": ")), el("h1", { tabindex: "-1" }, heading)),
    hints.map((hint, index) => el("p", { class: "hint", id: hintIds[index] }, hint)),
    inline,
    body,
  );
  const form = el("form", { class: "question", "data-asks": asks, novalidate: true, autocomplete: "off", submit: send }, fieldset, el("button", { class: "button" }, button));

  async function send(event) {
    event.preventDefault();
    const { value, problem, at } = await read(form);
    if (problem === undefined) {
      done(value);
      return;
    }
    inline.replaceChildren(unseen(phrase("error")), problem);
    inline.hidden = false;
    fieldset.classList.add("has-problem");
    fieldset.setAttribute("aria-describedby", [...hintIds, "problem"].join(" "));
    const link = el("a", { href: `#${at}`, click: (click) => { click.preventDefault(); document.getElementById(at)?.focus(); } }, problem);
    const summary = el(
      "div",
      { class: "problems", tabindex: "-1", role: "alert", "aria-labelledby": "problems-title" },
      el("h2", { id: "problems-title" }, phrase("problem")),
      el("ul", {}, el("li", {}, link)),
    );
    problems.replaceChildren(summary);
    if (!document.title.startsWith(phrase("error"))) document.title = `${phrase("error")}${document.title}`;
    summary.focus();
  }

  return [problems, form];
}

/**
 * Radios or checkboxes.
 * options: `[{value, label, meaning, aliases, search}]`; chosen: values; last: options after an "or"; several: checkboxes;
 * typed: a field of the page that narrows a long list, instead of one above it; learn: gets the other words of the options.
 */
export function choices({ name, options, others = [], othersTitle, last = [], chosen = [], several = false, typed = null, learn = null }) {
  let count = 0;
  const item = (option, alone) => {
    count += 1;
    const id = count === 1 ? "choice" : `choice-${count}`;
    const input = el("input", {
      type: several ? "checkbox" : "radio",
      id,
      name,
      value: option.value,
      checked: chosen.includes(option.value),
      "aria-describedby": option.meaning ? `${id}-meaning` : null,
      "data-alone": several && alone ? "yes" : null,
      change: several ? () => exclude(input) : undefined,
    });
    const also = el("span", { class: "choice-also" });
    const element = el(
      "div",
      { class: "choice" },
      input,
      el("label", { for: id }, option.label, also),
      option.meaning && el("p", { class: "choice-meaning", id: `${id}-meaning` }, option.meaning),
    );
    return { element, option, input, also };
  };
  const main = options.map((option) => item(option, false));
  const rest = others.map((option) => item(option, false));
  const end = last.map((option) => item(option, true));
  const list = el("div", { class: "choices" }, main.map((each) => each.element));
  const more = rest.length > 0 && el(
    "details",
    { class: "more", open: rest.some((each) => each.input.checked) },
    el("summary", {}, othersTitle),
    el("div", { class: "choices" }, rest.map((each) => each.element)),
  );
  const filter = main.length + rest.length >= MANY ? narrowing({ name, items: [...main, ...rest], more, typed, learn }) : null;
  const ending = end.length > 0 && [el("p", { class: "or", "aria-hidden": "true" }, "or"), el("div", { class: "choices" }, end.map((each) => each.element))];
  return [filter, list, more, ending];
}

/** An answer that stands alone (none of these, I don't know) takes the others away, and they take it away. */
function exclude(changed) {
  if (!changed.checked) return;
  for (const input of changed.form.elements) {
    if (input.name !== changed.name || input === changed) continue;
    if (changed.dataset.alone || input.dataset.alone) input.checked = false;
  }
}

function narrowing({ name, items, more, typed, learn }) {
  const id = `${name}-filter`;
  const note = el("p", { class: "narrow-note", id: `${id}-note` });
  const field = typed ?? el("input", {
    type: "search", id, class: "field", "aria-describedby": `${id}-note`, autocapitalize: "none", spellcheck: "false", enterkeyhint: "search",
    keydown: (event) => {
      if (event.key !== "Enter") return;
      // Enter in this field takes the only match; it never sends the form unseen.
      event.preventDefault();
      const shown = items.filter((each) => !each.element.hidden);
      if (field.value.trim() && shown.length > 0) {
        if (shown.length === 1) shown[0].input.checked = true;
        shown[0].input.focus();
      }
    },
  });

  field.addEventListener("input", narrow);
  let waiting = false;
  field.addEventListener("focus", () => {
    if (!learn) return;
    waiting = true;
    const done = () => {
      waiting = false;
      if (field.value.trim()) narrow();
    };
    // Where other words cannot be had, the labels narrow the list alone.
    learn().then(done, done);
  }, { once: true });

  function narrow() {
    const { found, whole } = matching(field.value, items.map((each) => each.option.search));
    // That nothing matches is said once all words are there.
    if (waiting && found.size === 0) return;
    items.forEach((each, index) => {
      each.element.hidden = !found.has(index) && !each.input.checked;
      each.also.textContent = found.has(index) ? otherWord(field.value, each.option) : "";
    });
    if (more) {
      const inside = items.filter((each) => more.contains(each.element) && !each.element.hidden);
      more.hidden = inside.length === 0;
      if (field.value.trim() && inside.length > 0) more.open = true;
    }
    if (!field.value.trim()) say("");
    else if (found.size === 0) say("Nothing matches. Try another word, or clear the box to see everything.");
    else if (!whole) say(`No choice has all your words. ${found.size} of ${items.length} have some of them.`);
    else say(`${found.size} of ${items.length} choices match.`);
  }

  function say(text) {
    note.textContent = text;
    // What is folded away is not told.
    if (note.getClientRects().length > 0 || text === "") announce(text);
  }

  if (typed) return note;
  return el("div", { class: "narrow" }, el("label", { for: id }, "Find it in the list"), field, note);
}

/** The alias that made a choice match, where its label does not show why. */
function otherWord(typed, option) {
  if (!typed.trim() || matching(typed, [option.label]).found.size > 0) return "";
  const [first] = matching(typed, option.aliases ?? []).found;
  return first === undefined ? "" : ` (“${option.aliases[first]}”)`;
}

/** Which of the texts match what was typed: those with all its words, else those with some. */
export function matching(typed, texts) {
  const wanted = wordsOf(typed);
  const all = new Set(texts.keys());
  if (wanted.length === 0) return { found: all, whole: true };
  const hits = texts.map((text) => {
    const here = wordsOf(text);
    return wanted.filter((word) => here.some((each) => each.startsWith(word) || (word.length > 4 && stem(each) === stem(word)))).length;
  });
  const where = (test) => new Set([...all].filter((index) => test(hits[index])));
  const whole = where((count) => count === wanted.length);
  return whole.size ? { found: whole, whole: true } : { found: where((count) => count > 0), whole: false };
}

const SMALL = new Set(["a", "an", "the", "i", "my", "can", "to", "of", "in", "on", "at", "and", "or", "for", "with", "from", "me", "is", "it", "do", "be", "am", "are", "by", "as", "have", "this", "that"]);

function wordsOf(text) {
  const found = text.toLocaleLowerCase("en-GB").normalize("NFKD").match(/[\p{L}\p{N}]+/gu) ?? [];
  const telling = found.filter((word) => !SMALL.has(word));
  return telling.length ? telling : found;
}

function stem(word) {
  return word.replace(/(ings?|ed|es|s|e)$/, "");
}

/** The page that asks for one fact. raw: what is stated now; among: the values that still matter. */
export function factPage({ vocabulary, fact, raw, among, caption, done }) {
  const hints = [fact.meaning && fact.meaning !== fact.question ? capital(sentence(fact.meaning)) : null, judged(vocabulary, fact)].filter(Boolean);
  const learn = () => vocabulary.withOtherWords();
  const common = { asks: fact.name, heading: vocabulary.asked(fact), caption, hints, done };
  const unknown = { value: NOT_KNOWN, label: phrase("not_known") };
  switch (fact.kind) {
    case "number":
      return formPage({ ...common, ...numberBody(fact, raw) });
    case "date":
      return formPage({ ...common, ...dateBody("value", raw, phrase("not_known")) });
    case "time":
      return formPage({ ...common, ...timeBody(raw) });
    case "yes_no":
      return formPage({
        ...common,
        body: choices({ name: "value", options: [{ value: "yes", label: phrase("yes") }, { value: "no", label: phrase("no") }], last: [unknown], chosen: [raw] }),
        read: (form) => one(form, phrase("choose_yes_no")),
      });
    case "some_of":
      return formPage({
        ...common,
        hints: [...hints, phrase("all_that_apply")],
        body: choices({
          name: "value", several: true, chosen: (raw ?? "").split(","), learn,
          ...split(optionsOf(vocabulary, fact), among),
          last: [{ value: NONE, label: phrase("none_of_these") }, unknown],
        }),
        read: several,
      });
    default:
      return formPage({
        ...common,
        body: choices({ name: "value", learn, ...split(optionsOf(vocabulary, fact), among), last: fact.kind === "acts" ? [] : [unknown], chosen: [raw] }),
        read: (form) => one(form, phrase("choose_answer")),
      });
  }
}

/** The page that asks for the day. */
export function dayPage({ on, caption, done }) {
  return formPage({
    asks: "on",
    heading: phrase("when"),
    caption,
    hints: [phrase("rules_change")],
    ...dateBody("on", on ?? today(), phrase("not_known")),
    done,
  });
}

export function optionsOf(vocabulary, fact) {
  return vocabulary.choices(fact).map((value) => ({
    value: value.name,
    label: capital(label(value)),
    meaning: value.meaning ? capital(sentence(value.meaning)) : null,
    // Other words for it may come later.
    get aliases() { return value.aliases ?? []; },
    get search() { return [label(value), value.name, ...this.aliases, value.meaning ?? "", value.sentence?.replace(/<[^>]*>/g, " ") ?? ""].join(" "); },
  }));
}

/** The values that still matter stand first, when that leaves some out. */
function split(options, among) {
  const first = among ? options.filter((option) => among.includes(option.value)) : [];
  const others = options.filter((option) => !first.includes(option));
  if (first.length === 0 || others.length === 0) return { options };
  return { options: first, others, othersTitle: others.length === 1 ? phrase("one_more") : phrase("more_choices", { count: others.length }) };
}

function judged(vocabulary, fact) {
  return fact.judged_by ? phrase("to_judge", { person: vocabulary.person(fact.judged_by) }) : null;
}

function sentence(text) {
  return /[.?!]$/.test(text) ? text : `${text}.`;
}

function one(form, problem) {
  const value = new FormData(form).get("value");
  return value ? { value } : { problem, at: "choice" };
}

function several(form) {
  const values = new FormData(form).getAll("value");
  if (values.length === 0) return { problem: phrase("choose_all"), at: "choice" };
  return { value: values.join(",") };
}

function numberBody(fact, raw) {
  const known = raw !== undefined && raw !== NOT_KNOWN;
  const range = fact.from === undefined || fact.to === undefined ? "" : phrase("from_to", { from: fact.from, to: fact.to });
  const unit = fact.unit ?? "";
  const body = [
    el("div", { class: "measure" },
      el("label", { for: "number", class: "field-label" }, unit ? phrase("number_of", { unit }) : phrase("number")),
      el("input", { id: "number", name: "number", class: "field field-short", inputmode: "numeric", value: known ? raw : null }),
    ),
    unknownBox(raw === NOT_KNOWN, phrase("not_known")),
  ];
  const read = (form) => {
    const text = form.elements.number.value.trim();
    if (form.elements.unknown.checked) return text ? contradiction() : { value: NOT_KNOWN };
    const fits = /^-?\d{1,9}$/.test(text) && Number(text) >= (fact.from ?? -Infinity) && Number(text) <= (fact.to ?? Infinity);
    if (!fits) return { problem: phrase("whole_number", { of: unit && phrase("of_unit", { unit }), range }), at: "number" };
    return { value: String(Number(text)) };
  };
  return { body, read };
}

/** A time of the day, as people write it: 8:40 is 08:40. */
function timeBody(raw) {
  const known = raw !== undefined && raw !== NOT_KNOWN;
  const body = [
    el("div", { class: "measure" },
      el("label", { for: "clock", class: "field-label" }, phrase("time_example")),
      el("input", { id: "clock", name: "clock", class: "field field-short", inputmode: "numeric", value: known ? raw : null }),
    ),
    unknownBox(raw === NOT_KNOWN, phrase("not_known")),
  ];
  const read = (form) => {
    const text = form.elements.clock.value.trim();
    if (form.elements.unknown.checked) return text ? contradiction() : { value: NOT_KNOWN };
    if (!/^([01]?\d|2[0-3]):[0-5]\d$/.test(text)) return { problem: phrase("time_wrong"), at: "clock" };
    return { value: text.padStart(5, "0") };
  };
  return { body, read };
}

function dateBody(name, raw, unknownLabel) {
  const stated = dateParts(raw);
  const field = (part, title, length) => el("div", { class: "date-part" },
    el("label", { for: `${name}-${part}`, class: "field-label" }, title),
    el("input", {
      id: `${name}-${part}`, name: part, class: `field ${length === 4 ? "field-year" : "field-two"}`,
      inputmode: "numeric", maxlength: length, value: stated ? stated[part] : null,
    }));
  const body = [
    el("p", { class: "hint" }, phrase("date_example", { day: day(today()), digits: today().split("-").reverse().map(Number).join(" ") })),
    el("div", { class: "date" }, field("day", phrase("day"), 2), field("month", phrase("month"), 2), field("year", phrase("year"), 4)),
    stated?.time && el("div", { class: "measure" },
      el("label", { for: "time", class: "field-label" }, phrase("time_too")),
      el("input", { id: "time", name: "time", class: "field field-short", value: stated.time })),
    unknownBox(raw === NOT_KNOWN, unknownLabel),
  ];
  const read = (form) => {
    const parts = ["year", "month", "day"].map((part) => form.elements[part].value.trim());
    if (form.elements.unknown.checked) {
      return parts.every(Boolean) && !stated ? contradiction() : { value: NOT_KNOWN };
    }
    const lacking = ["day", "month", "year"].filter((part) => !form.elements[part].value.trim());
    if (lacking.length) return { problem: phrase("date_lacks", { parts: listed(lacking) }), at: `${name}-${lacking[0]}` };
    const date = `${parts[0].padStart(4, "0")}-${parts[1].padStart(2, "0")}-${parts[2].padStart(2, "0")}`;
    const time = form.elements.time?.value.trim();
    const whole = time ? `${date}T${time.padStart(5, "0")}` : date;
    if (time && !/^([01]\d|2[0-3]):[0-5]\d$/.test(time.padStart(5, "0"))) return { problem: phrase("time_too_wrong"), at: "time" };
    if (!dateParts(whole)) return { problem: phrase("no_such_day"), at: `${name}-day` };
    return { value: whole };
  };
  return { body, read };
}

function unknownBox(checked, text) {
  return [
    el("p", { class: "or", "aria-hidden": "true" }, "or"),
    el("div", { class: "choices" },
      el("div", { class: "choice" }, el("input", { type: "checkbox", id: "unknown", name: "unknown", checked }), el("label", { for: "unknown" }, text))),
  ];
}

function contradiction() {
  return { problem: phrase("not_both"), at: "unknown" };
}
