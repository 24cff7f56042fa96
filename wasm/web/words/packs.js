// Which policy a text names, so that nobody has to choose what they have said.

import { wordsOf } from "./text.js";

/** `{name, rest}`: the one policy that the text names by its name or whole title, and the text without that; null when none or several. */
export function packNamed(text, packs) {
  const said = wordsOf(text).map((each) => each.whole);
  const found = [];
  for (const pack of packs) {
    for (const name of [pack.name.replaceAll("-", " "), pack.title ?? "", ...telling(pack, packs)]) {
      const wanted = wordsOf(name).map((each) => each.whole);
      const at = wanted.length ? said.findIndex((_, from) => wanted.every((word, index) => said[from + index] === word)) : -1;
      if (at < 0) continue;
      found.push({ name: pack.name, rest: [...said.slice(0, at), ...said.slice(at + wanted.length)].join(" ") });
      break;
    }
  }
  return found.length === 1 ? found[0] : null;
}

/** Long words of a policy's name that no other one has in name or title. */
function telling(pack, packs) {
  const others = new Set(packs.filter((other) => other !== pack).flatMap((other) => wordsOf(`${other.name} ${other.title ?? ""}`).map((each) => each.whole)));
  return pack.name.split("-").filter((word) => word.length > 4 && !/\d/.test(word) && !others.has(word));
}
