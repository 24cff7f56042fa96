// A pack of made-up words in which every place for text is filled by the caller.

const quoted = (text) => `"${text.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;

/** The pack called `name`; `text(field)` gives what stands in each place. */
export function hostilePack(name, text) {
  const t = (field) => quoted(text(field));
  return `policy ${name} ${t("policy title")}, edition ${t("policy edition")}, in force from 2024-01-01, silence means ask the gutch.
document book ${t("document title")}, edition ${t("document edition")}, note ${t("document note")}.
clause book/1 ${t("clause label")}: ${t("clause text")}.
clause book/2 ${t("second clause label")}: ${t("second clause text")}.
clause book/0 ${t("informative label")} as informative because ${t("informative reason")}: ${t("informative text")}.
fact who ${t("subject label")} of the asker, the subject, asked ${t("subject question")}, meaning ${t("subject meaning")}, one of:
  wug ${t("value label")} also ${t("value alias")} or ${t("value second alias")} meaning ${t("value meaning")},
  blick ${t("second value label")},
  gutch ${t("third value label")}.
group folk ${t("group label")} meaning ${t("group meaning")} of who: blick or gutch, ordinarily blick.
fact deed of the act, the acts.
fact tool ${t("fact label")} of the thing, asked ${t("fact question")}, meaning ${t("fact meaning")}, one of:
  snorf ${t("thing label")} also ${t("thing alias")} meaning ${t("thing meaning")}, plimth ${t("second thing label")}, other-tool ${t("third thing label")}.
fact wet ${t("yes or no label")} of the thing, asked ${t("yes or no question")}, presumed no, yes or no.
fact dry ${t("open label")} of the thing, asked ${t("open question")}, meaning ${t("open meaning")}, yes or no.
fact age ${t("number label")} of the asker, asked ${t("number question")}, a number of moons from 0 to 120.
period fair ${t("period label")}, from 2024-07-01 until 2024-07-08.
define soaked ${t("definition label")}: wet or tool is plimth.
act glorp ${t("act label")} also ${t("act alias")} meaning ${t("act meaning")}: glorp <tool>.
act droon ${t("second act label")}: droon.
act frimble ${t("third act label")}: frimble <tool>.
approval gutch ${t("approval label")} given by gutch, class desk, not by the asker.
undertaking tidy ${t("undertaking label")}.
deed mend ${t("deed label")}.
event loss ${t("event label")}.
parameter quiet ${t("parameter label")} left to the gutch, some of tool.
reading span ${t("reading label")} of book/1, one of: long, short.
set span to long because ${t("setting reason")}, decided by gutch on 2024-02-01.
rule lend cites book/1 and book/2: Wug or folk may glorp a snorf when dry provided they tidy.
rule ask cites book/1: Anyone may only glorp a plimth if approved by gutch.
rule young cites book/1: Wug must not glorp when age is under 12.
rule never-wet cites book/2: Anyone must not frimble a snorf when wet.
rule drooning cites book/2: Anyone may droon.
rule broken cites book/1: Wug must mend, by ${t("duty by")}, after they glorp a snorf when wet.
rule losing cites book/1: Wug must mend, within 2 weeks, after loss, otherwise ${t("duty otherwise")}.
rule care cites book/1: Guidance for anyone when they glorp: ${t("advice")}.
addendum fair-rules ${t("addendum title")} to ${name}, in force while fair, prevails only where it says so.
rule fair-wet cites book/2: Despite never-wet, anyone may frimble a snorf.
matrix table ${t("matrix title")} for all: anyone except gutch | gutches: gutch,
  row 1 cites book/1: frimble a plimth | when fair | no.
check ${t("example title")}: a gutch wants to droon, on 2024-05-02; expect permitted.
check ${t("broken example title")}: a gutch wants to droon, on 2024-05-02; expect forbidden.
check table ${t("table title")}: a gutch wants to droon; for on,
  row ${t("row title")}: 2024-05-02 | permitted.
never ${t("invariant title")}: wug may droon.
`;
}
