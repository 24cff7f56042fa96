// Readers' walks: from the first page to each kind of answer, by hand and by link, at phone and desktop sizes.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import {
  asked, browse, choose, choosePolicy, decideOnServer, heading, lastDecision, openPage, outcome, proceed, readingWith, serve, SIZES, visit, vocabularyOf, walk, wordsFor,
} from "./harness.js";

let server, browser;
before(async () => { server = await serve(); browser = await browse(); });
after(async () => { await browser?.close(); await server?.stop(); });

const reading = readingWith(() => ({ browser, base: server.base }));

for (const [size, viewport] of Object.entries(SIZES)) {
  describe(`on a ${size}`, () => {
    test("the use of a phone in a lesson is a no", () => reading({ viewport }, async (page) => {
      await visit(page, server.base);
      const vocabulary = await vocabularyOf(page, "st-nicholas");
      await choosePolicy(page, vocabulary);
      assert.equal(await asked(page), "action");
      await walk(page, vocabulary, { action: "use", role: "teacher", device: "personal-mobile", period: "lesson", purpose: "personal" });
      assert.equal(await outcome(page), "forbidden");
      assert.equal(await heading(page), "No");
      assert.ok((await page.locator("[data-rule]").count()) > 0, "a no has its reasons");
    }));

    test("ringing a parent in the closure is a yes with a condition, and after it a no", () => reading({ viewport }, async (page) => {
      await visit(page, server.base, "?on=2020-05-01");
      const vocabulary = await vocabularyOf(page, "bet-2018");
      await choosePolicy(page, vocabulary);
      const told = { action: "call", role: "teacher", recipient: "parent", device: "personal-mobile", unavoidable: "yes", purpose: "school-business" };
      await walk(page, vocabulary, told);
      assert.equal(await outcome(page), "permitted");
      assert.match(await heading(page), /^Yes, if you /);
      assert.match(await heading(page), /number/);
      assert.match(await page.title(), /^Yes, if you /);

      await page.locator('#provided [data-name="withhold-number"]').getByRole("link", { name: "I won’t" }).click();
      await page.waitForFunction(() => location.search.includes("wont="));
      assert.equal(await outcome(page), "forbidden");
      await page.goBack();
      await page.locator('#provided [data-name="withhold-number"]').getByRole("link", { name: "I will" }).click();
      await page.waitForFunction(() => location.search.includes("will="));
      assert.equal(await outcome(page), "permitted");
      assert.equal((await lastDecision(page)).decision.provided.length, 0);

      // The same on a day before the closure.
      await page.locator('#facts [data-fact="on"]').getByRole("link", { name: "Ask as of another day" }).click();
      await page.getByLabel("Day", { exact: true }).fill("10");
      await page.getByLabel("Month", { exact: true }).fill("5");
      await page.getByLabel("Year", { exact: true }).fill("2019");
      await proceed(page);
      assert.match(page.url(), /on=2019-05-10/);
      assert.equal(await outcome(page), "forbidden");
      assert.equal(await heading(page), "No");
    }));
  });
}

test("use of a phone by staff at break is a yes", () => reading({}, async (page) => {
  await visit(page, server.base);
  const vocabulary = await vocabularyOf(page, "st-nicholas");
  await choosePolicy(page, vocabulary);
  const told = { action: "use", role: "teacher", device: "personal-mobile", period: "break", purpose: "personal" };
  // What is unusual may be asked before anything is known from which it would be presumed not to be so.
  const unusual = vocabulary.facts.filter((fact) => fact.kind === "yes_no").map((fact) => [fact.name, "no"]);
  await walk(page, vocabulary, { ...Object.fromEntries(unusual), ...told });
  assert.equal(await outcome(page), "permitted");
  assert.match(await heading(page), /^Yes/);
}));

test("a photograph with one permission of several needs the others, one by one", () => reading({}, async (page) => {
  await visit(page, server.base, "?pack=bet-2018&action=photograph&role=teacher&pictured=pupil&device=school-camera&approved=headteacher");
  const vocabulary = await vocabularyOf(page, "bet-2018");
  await walk(page, vocabulary, { purpose: "teaching" });
  assert.equal(await outcome(page), "needs_approval");
  assert.match(await heading(page), /^You need /);
  const asks = page.locator("#approvals li");
  assert.ok((await asks.count()) > 0, "it names who is missing");
  assert.equal(await page.locator('#approvals [data-name="headteacher"]').count(), 0, "what is there is not missing");
  for (let step = 0; step < 6 && (await outcome(page)) === "needs_approval"; step += 1) {
    const was = page.url();
    await page.locator("#approvals").getByRole("link", { name: /I already have this/ }).first().click();
    await page.waitForFunction((before) => location.href !== before, was);
  }
  assert.equal(await outcome(page), "permitted");
  await page.goBack();
  assert.equal(await outcome(page), "needs_approval");
  await page.locator("#approvals").getByRole("link", { name: /They said no/ }).first().click();
  await page.waitForFunction(() => location.search.includes("refused="));
  // Another way may be left, and that may need more questions.
  await walk(page, vocabulary, {});
  assert.notEqual(await outcome(page), "permitted");
}));

test("what no rule speaks of is not a yes", () => reading({}, async (page) => {
  await visit(page, server.base);
  const vocabulary = await vocabularyOf(page, "st-nicholas");
  const question = await uncovered(vocabulary);
  const query = new URLSearchParams({ pack: vocabulary.pack, on: question.on, ...question.facts });
  await visit(page, server.base, `?${query}`);
  await walk(page, vocabulary, {});
  assert.equal(await outcome(page), "not_covered");
  assert.match(await heading(page), /^The policy does not say/);
  assert.doesNotMatch(await heading(page), /yes/i);
}));

/** A question that the server says no rule speaks of. */
async function uncovered(vocabulary) {
  const subject = vocabulary.facts.find((fact) => fact.subject);
  const gaps = (act) => vocabulary.facts.filter((fact) => fact.kind === "one_of" && (act.gaps ?? []).some((gap) => gap.fact === fact.name));
  for (const act of vocabulary.acts) {
    for (const role of subject.values.slice(0, 3)) {
      for (const position of [0, -1]) {
        const filled = Object.fromEntries(gaps(act).map((fact) => [fact.name, fact.values.at(position).name]));
        const question = { on: "2020-05-01", facts: { action: act.name, [subject.name]: role.name, ...filled } };
        const decision = await decideOnServer(server.base, vocabulary.pack, question);
        if (decision.outcome === "not_covered") return question;
      }
    }
  }
  throw new Error(`every question tried is covered by ${vocabulary.pack}`);
}

test("a link brings back the same answer, and a changed fact another", () => reading({}, async (page) => {
  const link = "?pack=st-nicholas&action=use&role=teacher&device=personal-mobile&period=lesson&purpose=personal";
  await visit(page, server.base, link);
  const vocabulary = await vocabularyOf(page, "st-nicholas");
  await walk(page, vocabulary, {});
  assert.equal(await heading(page), "No");
  const answer = page.url();
  await page.locator('#facts [data-fact="period"]').getByRole("link", { name: /Change/ }).click();
  assert.equal(await asked(page), "period");
  assert.ok(await page.getByLabel(wordsFor(vocabulary, "period", "lesson"), { exact: true }).isChecked(), "the present answer is chosen");
  await choose(page, wordsFor(vocabulary, "period", "break"));
  await walk(page, vocabulary, {});
  assert.match(await heading(page), /^Yes/);
  await page.goBack();
  assert.equal(await asked(page), "period");
  await page.getByRole("link", { name: "Back", exact: true }).click();
  await page.waitForFunction((address) => location.href === address, answer);
  assert.equal(await heading(page), "No");
  await page.reload();
  assert.equal(await asked(page), null);
  assert.equal(await heading(page), "No");
}));

test("the way back works for somebody who came by a link", () => reading({}, async (page) => {
  await visit(page, server.base, "?pack=st-nicholas&action=use&role=teacher");
  assert.notEqual(await asked(page), null);
  await page.getByRole("link", { name: "Back", exact: true }).click();
  await page.waitForFunction(() => !location.search.includes("role="));
  assert.notEqual(await asked(page), null);
  // Now the page before is one of ours, and Back is the browser's back.
  await page.getByRole("link", { name: "Back", exact: true }).click();
  await page.waitForFunction(() => location.search.includes("role="));
}));

test("who does not know is not asked again and gets no yes", () => reading({}, async (page) => {
  await visit(page, server.base, "?pack=bet-2018&on=2020-05-01&action=call&role=teacher&recipient=parent&device=personal-mobile");
  const vocabulary = await vocabularyOf(page, "bet-2018");
  await walk(page, vocabulary, {});
  assert.equal(await outcome(page), "needs_facts");
  assert.match(await heading(page), /^It depends/);
  assert.match(page.url(), /unavoidable=not_known/);
  await page.locator("#needs").getByRole("link", { name: /Answer this/ }).first().click();
  assert.equal(await asked(page), "unavoidable");
  await choose(page, "Yes");
  await walk(page, vocabulary, {});
  assert.equal(await outcome(page), "permitted");
}));

test("an address the policy does not understand is no answer and names what is wrong", () => reading({}, async (page) => {
  await visit(page, server.base, "?pack=st-nicholas&action=use&devcie=personal-mobile&utm_source=mail");
  assert.equal(await outcome(page), "error");
  assert.equal(await heading(page), "No answer");
  assert.match(await page.locator("#failure").innerText(), /devcie/);
  assert.doesNotMatch(await page.locator("main").innerText(), /utm/);
  await page.getByRole("link", { name: /Remove/ }).click();
  await page.waitForFunction(() => !location.search.includes("devcie"));
  assert.notEqual(await asked(page), null);
}));

test("a policy that is not there is said to be missing", () => reading({}, async (page) => {
  await visit(page, server.base, "?pack=no-such-policy&action=use");
  assert.equal(await asked(page), "pack");
  assert.match(await page.locator("main").innerText(), /no policy called/);
}));

test("an evaluator that stops gives no answer, and the next question is answered again", async () => {
  const { page, context } = await openPage(browser, server.base);
  await visit(page, server.base, "?pack=st-nicholas&action=use&role=teacher");
  // Until what tells why is there, the evaluator is still asked for it.
  await page.locator("details.why").waitFor();
  await page.evaluate(async () => {
    const { Policy } = await import("/byelaw_eval.js");
    Policy.prototype.decide = () => { throw new Error("unreachable"); };
  });
  await page.getByLabel("I don’t know").check();
  await page.getByRole("button", { name: "Continue" }).click();
  await page.locator(".verdict").waitFor();
  assert.equal(await outcome(page), "error");
  assert.equal(await heading(page), "No answer");
  await page.locator('#facts [data-fact="role"]').getByRole("link").click();
  await page.locator('form[data-asks="role"]').waitFor();
  const vocabulary = await vocabularyOf(page, "st-nicholas");
  await walk(page, vocabulary, { role: "teacher" });
  assert.notEqual(await outcome(page), "error");
  await context.close();
});

test("the list of acts narrows to what is typed", () => reading({}, async (page) => {
  await visit(page, server.base, "?pack=bet-2018");
  const vocabulary = await vocabularyOf(page, "bet-2018");
  const act = vocabulary.acts.find((each) => each.aliases?.length > 0);
  // The list is folded away, and one field asks and narrows.
  assert.equal(await page.locator(".choice:visible").count(), 0);
  await page.getByText("Or choose from the list").click();
  const field = page.getByLabel("Say it in your own words");
  await field.fill(act.aliases[0]);
  const shown = page.locator(".choice:visible");
  const wanted = page.locator(".choice", { has: page.locator(`input[value="${act.name}"]`) });
  // Other words come once the field is used; the choice shows why it is there.
  await wanted.getByText(`(“${act.aliases[0]}”)`).waitFor();
  assert.ok((await shown.count()) < vocabulary.acts.length);
  assert.match(await page.locator("#status").innerText(), /match|some of/);
  await field.fill("zzzzqq");
  assert.equal(await shown.count(), 0);
  assert.match(await page.locator("#status").innerText(), /Nothing matches/);
  await field.fill("");
  assert.equal(await shown.count(), vocabulary.acts.length);
}));

test("the page comes with the strict content security policy", async () => {
  const response = await fetch(`${server.base}/`);
  const policy = response.headers.get("content-security-policy") ?? "";
  for (const part of ["default-src 'none'", "script-src 'self' 'wasm-unsafe-eval'", "style-src 'self'", "connect-src 'self'", "require-trusted-types-for 'script'", "base-uri 'none'"]) {
    assert.ok(policy.includes(part), `the policy lacks ${part}: ${policy}`);
  }
  assert.equal(response.headers.get("x-content-type-options"), "nosniff");
});

test("a no says what would change it, and the link leads to that answer", () => reading({}, async (page) => {
  await visit(page, server.base, "?pack=bet-2018&on=2019-05-10&action=call&role=teacher&recipient=parent&device=personal-mobile&purpose=school-business");
  assert.equal(await outcome(page), "forbidden");
  const { decision } = await lastDecision(page);
  const told = page.locator("#changes li");
  assert.equal(await told.count(), decision.would_change.length);
  // Devices that do alike are told together, by what they are called together.
  assert.match(await told.first().innerText(), /device of the school: allowed/);
  await told.first().getByRole("link", { name: /See this answer/ }).click();
  await page.waitForFunction((before) => !location.search.includes(before), "device=personal-mobile");
  assert.equal(await outcome(page), "permitted");
}));

test("a question says why it is asked, with the rule and its clause", () => reading({}, async (page) => {
  await visit(page, server.base, "?pack=bet-2018&on=2020-05-01&action=call&role=teacher&recipient=parent&device=personal-mobile&purpose=school-business");
  assert.equal(await asked(page), "unavoidable");
  const why = page.locator("details.why");
  await why.getByText("Why do you ask?").click();
  const rule = why.locator('[data-rule="cv-phone"]');
  assert.match(await rule.locator("blockquote").innerText(), /when there is no other way/);
  assert.match(await rule.locator(".cite").innerText(), /Mobile Phones/);
}));

test("a rule is told in the words of the vocabulary, and folded away as it is written", () => reading({}, async (page) => {
  await visit(page, server.base, "?pack=bet-2018&on=2020-05-01&action=call&role=teacher&recipient=parent&device=personal-mobile&purpose=school-business&unavoidable=yes");
  const { decision } = await lastDecision(page);
  const [reason] = decision.because;
  const card = page.locator(`#because [data-rule="${reason.rule}"]`);
  // What the clause says in short comes first, then where it stands.
  assert.equal((await card.locator("blockquote").first().innerText()).toLowerCase(), `${reason.cites[0].paraphrase}.`.toLowerCase());
  assert.equal(await card.locator("code").isVisible(), false);
  await card.getByText("The rule in full").click();
  assert.match(await card.locator("details p").first().innerText(), /^Staff in the trust's sense may call parents on a mobile device of your own .* when there is no other way .* provided you hide your own number\.$/);
  // No name that only the policy's authors know is in sight, on this answer or on others.
  const vocabulary = await vocabularyOf(page, "bet-2018");
  const known = new Set(vocabulary.facts.flatMap((fact) => [fact, ...(fact.values ?? []), ...(fact.groups ?? [])]).map((each) => each.name).filter((name) => name.includes("-")));
  for (const [device, unavoidable] of [["personal-mobile", "no"], ["personal-mobile", "not_known"], ["school-mobile", "no"]]) {
    await visit(page, server.base, `?pack=bet-2018&on=2020-05-01&action=call&role=teacher&recipient=parent&device=${device}&purpose=school-business&unavoidable=${unavoidable}`);
    const cards = await page.locator("#because .card").all();
    assert.ok(cards.length > 0);
    for (const each of cards) {
      const folded = await each.locator("details p").first().textContent();
      for (const word of `${await each.innerText()} ${folded}`.match(/[a-z0-9]+(?:-[a-z0-9]+)+/g) ?? []) assert.ok(!known.has(word), word);
    }
  }
  await visit(page, server.base, "?pack=bet-2018&on=2020-05-01&action=call&role=teacher&recipient=parent&device=personal-mobile&purpose=school-business&unavoidable=yes");
  await card.getByText("The rule in full").click();
  assert.ok((await card.innerText()).includes(reason.sentence));
  assert.match(await card.innerText(), /Rule: cv-phone/);
  assert.match(await card.innerText(), /It goes before: .*mobile-never/);
}));

test("a definition is told by its label, and by its name without hyphens where it has none", () => reading({}, async (page) => {
  await visit(page, server.base, "?pack=beckfoot&on=2020-05-01&action=browse&role=pupil&device=pupil-mobile&period=lesson");
  const card = page.locator('#because [data-rule="10-lessons"]');
  assert.match(await card.locator("details p").first().textContent(), /^A pupil must not do anything .* when a mobile device of the pupil's own is used\.$/);
  const [words, hyphens] = await page.evaluate(async () => {
    const [{ Vocabulary }, { spelledOut }] = await Promise.all([import("/app.js"), import("/answer.js")]);
    const vocabulary = new Vocabulary({ facts: [], definitions: [{ name: "own-sock", label: "it is a sock" }] });
    return ["not own-sock", "own-shoe"].map((name) => spelledOut(vocabulary, `Anyone may walk when ${name}.`));
  });
  assert.equal(words, "Anyone may walk when it is not a sock.");
  assert.equal(hyphens, "Anyone may walk when own shoe.");
}));
