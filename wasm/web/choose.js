// The two choices before the questions: which policy, and what the reader wants to do.

import { el } from "./dom.js";
import { choices, formPage, optionsOf } from "./question.js";

export function policyPage({ packs, chosen, unknown, done }) {
  const options = packs.map((pack) => ({ value: pack.name, label: called(pack, packs), meaning: apart(pack), search: `${pack.title ?? ""} ${pack.name}` }));
  return [
    unknown && el("p", { class: "inset" }, `There is no policy called “${unknown}” here. Choose one of these.`),
    ...formPage({
      asks: "pack",
      heading: "Which policy do you want to ask?",
      hints: ["Answer a few questions. You get a plain answer, and the clause it comes from."],
      body: choices({ name: "pack", options, chosen: [chosen] }),
      read: (form) => {
        const value = new FormData(form).get("pack");
        return value ? { value } : { problem: "Choose a policy", at: "choice" };
      },
      done,
    }),
  ];
}

/** The title of a policy; of several editions of one policy, with the edition. */
function called(pack, packs) {
  const title = pack.title ?? pack.name;
  const alike = packs.some((other) => other !== pack && other.title === pack.title);
  return alike && pack.edition ? `${title}, ${pack.edition}` : title;
}

/** What tells policies of one title apart. */
function apart(pack) {
  return pack.edition ? `${pack.name}, edition ${pack.edition}` : pack.name;
}

export function actPage({ vocabulary, chosen, done }) {
  return formPage({
    asks: vocabulary.actFact.name,
    heading: vocabulary.asked(vocabulary.actFact),
    caption: vocabulary.title,
    body: choices({ name: "act", options: optionsOf(vocabulary, vocabulary.actFact), chosen: [chosen] }),
    read: (form) => {
      const value = new FormData(form).get("act");
      return value ? { value } : { problem: "Choose what you want to do", at: "choice" };
    },
    done,
  });
}
