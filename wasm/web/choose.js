// The two choices before the questions: which policy, and what the reader wants to do.

import { el } from "./dom.js";
import { ownWords, reader, wordsIn, WORDS } from "./own-words.js";
import { phrase } from "./phrases.js";
import { choices, formPage, optionsOf } from "./question.js";
import { capital, label } from "./vocabulary.js";

/** The heading of the first page. */
export const ASK = phrase("ask");

/** done(name of the policy, the words or ""). */
export function policyPage({ packs, chosen, unknown, done }) {
  const options = packs.map((pack) => ({ value: pack.name, label: called(pack, packs), meaning: apart(pack, packs), search: `${pack.title ?? ""} ${pack.name}` }));
  return [
    unknown && el("p", { class: "inset" }, phrase("no_such_policy", { name: unknown })),
    ...formPage({
      asks: "pack",
      heading: ASK,
      hints: [phrase("plain_answer")],
      body: [
        ownWords({ label: "What do you want to do?", hint: "Say it in your own words. Or leave it empty, and choose from a list next." }),
        el("fieldset", { class: "part" }, el("legend", { class: "part-title" }, phrase("which_policy")), choices({ name: "pack", options, chosen: [chosen] })),
      ],
      read: async (form) => {
        const { text } = wordsIn(form);
        const value = new FormData(form).get("pack");
        if (value) return { value: { name: value, text } };
        // Without what reads words, the policy has to be chosen.
        const named = text && (await reader().catch(() => null))?.packNamed(text, packs);
        return named ? { value: { name: named.name, text: named.rest } } : { problem: phrase("choose_policy"), at: "choice" };
      },
      done: ({ name, text }) => done(name, text),
    }),
  ];
}

/** The title of a policy; of several editions of one policy, with the edition. */
function called(pack, packs) {
  const title = pack.title ?? pack.name;
  const alike = packs.some((other) => other !== pack && other.title === pack.title);
  return alike && pack.edition ? `${title}, ${pack.edition}` : title;
}

/** Which edition it is, where its title does not say so already; of policies with one title and no edition, the name. */
function apart(pack, packs) {
  const alike = packs.some((other) => other !== pack && other.title === pack.title);
  if (!pack.edition) return alike ? pack.name : null;
  return alike ? null : phrase("of_edition", { edition: pack.edition });
}

/** From this many acts on, the list is folded away: the words come first. */
const LONG = 10;

/** listed: whether the list is what the reader came for; done(name of the act); asked(words). */
export function actPage({ vocabulary, chosen, listed, done, asked }) {
  const options = optionsOf(vocabulary, vocabulary.actFact);
  const learn = () => vocabulary.withOtherWords();
  const words = ownWords({ label: "Say it in your own words", hint: example(vocabulary), ask: "Ask" });
  const list = el("div", {}, choices({ name: "act", options, chosen: [chosen], typed: words.querySelector("input"), learn }));
  return formPage({
    asks: vocabulary.actFact.name,
    heading: vocabulary.asked(vocabulary.actFact),
    caption: vocabulary.title,
    body: [
      words,
      options.length < LONG
        ? el("fieldset", { class: "part" }, el("legend", { class: "part-title" }, "Or choose from the list"), list)
        : el("details", { class: "more acts", open: Boolean(listed || chosen) }, el("summary", { class: "scripted" }, "Or choose from the list"), el("fieldset", { class: "part" }, el("legend", { class: "unseen" }, "The list"), list)),
    ],
    read: (form) => {
      const { text, alone } = wordsIn(form);
      if (alone) return text ? { value: { text } } : { problem: "Write what you want to do", at: WORDS };
      const act = new FormData(form).get("act");
      if (act && !(text && act === chosen)) return { value: { act } };
      return text ? { value: { text } } : { problem: "Write what you want to do, or choose it from the list", at: WORDS };
    },
    done: ({ act, text }) => (act ? done(act) : asked(text)),
  });
}

/** How it can be said, from what the policy calls its acts. */
function example(vocabulary) {
  const said = vocabulary.acts.map(label).filter((each) => each.split(" ").length > 3).slice(0, 2);
  return said.length ? `For example: ${said.map((each) => `“${capital(each)}”`).join(" or ")}.` : "Use your own words.";
}
