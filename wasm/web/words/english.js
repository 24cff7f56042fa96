// English as such, whatever the policy is about: small words, words that deny, inflections. No word of any subject stands here.

const list = (text) => new Set(text.split(/\s+/).filter(Boolean));

/** Words that carry the grammar of a question. They weigh little, and nobody is told that they were not understood. */
export const SMALL = list(`
  a an the i we us you it its he him his she her they them their theirs this that these those there here one ones
  my your our mine yours ours own ur u im ive id ill youre its were weve theyre thats whats
  can could may might must shall should will would do does did am is are was be been being have has had having
  outside beyond between past against unlike
  to of in on at by for with from into onto in as off out up down over under about through via around after before during while whilst whenever
  and or but so if when where which who whom whose what why how then than because since until till whether per yet both either
  any some all each every no not few lot lots bit
  allowed allow permitted permit ok okay alright fine right please pls possible acceptable appropriate able supposed legal
  need needs want wants like would wanting needing trying try wish going gonna wanna got gotta
  just only also too even ever still again now really actually maybe perhaps quite very much more most
  hi hello hey thanks thank question wondering wonder know think policy rule rules say says said mean
  someone somebody anyone anybody something anything everything someones somebodys thing things stuff way else other another others same
  rather instead without ahead etc eg ie yes oh well
`);

/** Verbs that say little by themselves. They count where a name has them, and nobody is told that they were not understood. */
export const LIGHT = list(`
  use take put give get go come make have let do keep look see bring set turn tell show help start stop begin leave hold find work
  happen rule ask answer check send
`);

/** Of these the ones that go with any thing, so that a thing alone is as good ("use a spoon in the hall"). */
export const LIGHTEST = list("use take get have make do go keep put come let bring need want find start stop work set look see give leave");

/** Words that deny what follows them. */
export const DENIES = list("not no never without neither nor none cannot cant wont dont doesnt didnt isnt arent wasnt werent shouldnt couldnt wouldnt mustnt hasnt havent hadnt aint except unless excluding minus non hardly barely rarely");
/** Two words that deny what follows them. */
export const DENIES_TOGETHER = list("instead-of rather-than other-than apart-from");
/** After these, what was denied before is no longer. */
export const TURNS = list("but however although though then so and because");

export const ASKS = list("can could may might shall should will would do does did am is are must");
/** Words by which a clause asks or says what somebody wants. */
export const ASKING = list("can could may should ok okay need needs want wants how what who when where which am do does is are will");
export const ASKS_NOT = list("cant couldnt wont wouldnt shouldnt dont doesnt didnt isnt arent mustnt");
export const SPEAKERS = list("i we you it they he she");
/** Words that begin what is told beside a question. */
export const WHEN = list("when while whilst whenever if because since");
/** Behind a verb: somebody else does it, to the one who asks. */
export const ME = list("me us");
/** Words that point at a thing and say nothing of it. */
export const ARTICLES = list("a an the any some this that these those our ours one it its is are was be been am of s");
/** Words after which a thing is named. */
export const POINTS = list("a an the any some this that these those my your our his her their its own all each every old new few more");
/** Words after which it is said what is done. */
export const LEADS = list("to can could may might shall should will would must please pls lets let not cant dont gonna wanna gotta");
/** Words for somebody or something, which follow what is done. */
export const WHOM = list("me us him her them it someone somebody anyone everyone");
/** Small words after which a thing is named or a circumstance told. */
export const BEHIND = list("in on at by for with from into onto off under about of after before through via during while using");
/** Words by which people say that a thing is theirs. */
export const MINE = list("my mine your yours own");
export const THEIRS = list("his her hers their theirs");
/** Small words that tie a thing to what is done. */
export const PLACING = list("to of in on at by for with from into onto off under about through via during using over outside beyond before after between until till past except against unlike");
/** Small words that say it is not there or not then. */
export const AWAY = list("outside beyond before after between until till past without except against unlike");
/** Small words before a place or a time. */
export const WHERE = list("at in on from during within inside into");
/** Small words for the other end of what is done. */
export const TOWARDS = list("to with from towards off");

// Verbs whose forms no rule makes.
const IRREGULAR = new Map(Object.entries({
  took: "take", taken: "take", sent: "send", rang: "ring", rung: "ring", wrote: "write", written: "write", gave: "give", given: "give",
  kept: "keep", left: "leave", brought: "bring", bought: "buy", sold: "sell", found: "find", told: "tell", made: "make", got: "get",
  went: "go", gone: "go", came: "come", saw: "see", seen: "see", did: "do", done: "do", had: "have", has: "have", held: "hold",
  lent: "lend", lost: "lose", read: "read", said: "say", says: "say", spoke: "speak", spoken: "speak", stole: "steal", stolen: "steal",
  taught: "teach", threw: "throw", thrown: "throw", began: "begin", begun: "begin", broke: "break", broken: "broken", chose: "choose",
  chosen: "choose", forgot: "forget", forgotten: "forget", meant: "mean", met: "meet", paid: "pay", ran: "run", wore: "wear",
  children: "child", people: "person", men: "man", women: "woman", is: "be", are: "be", am: "be", was: "be", were: "be", been: "be",
  does: "do", dying: "die", lying: "lie", using: "use", used: "use", uses: "use", lives: "live", media: "media", news: "news",
}));

/** What a word has in common with its inflections. Only compared, never shown. */
export function stem(word) {
  const irregular = IRREGULAR.get(word);
  if (irregular) return ended(irregular);
  if (word.length < 4) return /[^isu]s$/.test(word) && word.length === 3 ? word.slice(0, -1) : word;
  return ended(shortened(word));
}

function shortened(word) {
  const vowel = /[aeiouy]/;
  if (word.endsWith("ies") && word.length > 4) return `${word.slice(0, -3)}y`;
  if (/(ss|us|is)$/.test(word)) return word;
  if (/(sh|ch|x|s|z)es$/.test(word)) return word.slice(0, -2);
  if (word.endsWith("s")) return shortened(word.slice(0, -1));
  for (const end of ["ing", "ed"]) {
    const bare = word.slice(0, -end.length);
    if (word.endsWith(end) && bare.length >= 3 && vowel.test(bare)) return bare;
  }
  return word;
}

/** The last letters by which forms of one word differ. */
function ended(word) {
  if (word.length < 4) return word;
  return word.replace(/([^aeiou])\1$/, "$1").replace(/e$/, "").replace(/([^aeiou])y$/, "$1i");
}
