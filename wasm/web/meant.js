// "Did you mean ...": the choice between readings of the reader's own words, and between what one word may stand for. It is
// loaded once words are in doubt.

import { el } from "./dom.js";
import { inShort } from "./said.js";
import { choices, formPage } from "./question.js";
import { capital, label } from "./vocabulary.js";

const NONE = "none";

/** Which reading is meant. readings: lists of members as in the address; done(reading or null). */
export function readingPage({ readings, vocabulary, caption, done }) {
  const act = vocabulary.actFact.name;
  const options = readings.map((reading, index) => {
    const sure = reading.filter((either) => either.length === 1).map(([each]) => each);
    const does = sure.find((each) => each.fact === act);
    const name = does && vocabulary.act(does.value);
    const with_ = sure.filter((each) => each !== does).map(({ fact, value }) => inShort(vocabulary, vocabulary.fact(fact), value));
    return { value: String(index), label: name ? capital(label(name)) : with_.join("; "), meaning: name?.meaning ? sentence(capital(name.meaning)) : null };
  });
  return page({ heading: options.length === 1 ? "Is this what you mean?" : "Did you mean one of these?", caption, asks: "did_mean", options, done: (value) => done(value === NONE ? null : readings[Number(value)]) });
}

/** Which of several things a word stands for. either: `[{fact, value}]`; done(one of them or null). */
export function doubtPage({ either, vocabulary, caption, done }) {
  const options = either.map(({ fact, value }, index) => ({
    value: String(index), label: `${vocabulary.asked(vocabulary.fact(fact))} ${inShort(vocabulary, vocabulary.fact(fact), value)}`,
  }));
  return page({ heading: "Did you mean one of these?", caption, asks: "not_sure", options, done: (value) => done(value === NONE ? null : either[Number(value)]) });
}

function page({ heading, caption, asks, options, done }) {
  return formPage({
    asks, heading, caption,
    hints: ["Your words can mean more than one thing here."].filter(() => options.length > 1),
    body: el("div", {}, choices({ name: "meant", options, last: [{ value: NONE, label: "None of these" }] })),
    read: (form) => {
      const value = new FormData(form).get("meant");
      return value ? { value } : { problem: "Choose what you mean, or “None of these”", at: "choice" };
    },
    done,
  });
}

const sentence = (text) => (/[.?!]$/.test(text) ? text : `${text}.`);
