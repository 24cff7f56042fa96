// What goes over the wire: compressed, nothing twice, and nothing before it is needed. Run it to see the sizes.

import assert from "node:assert/strict";
import http from "node:http";
import { after, before, test } from "node:test";
import { asked, browse, choose, heading, openPage, outcome, PACKS, serve, settled, visit, vocabularyOf, walk, wordsFor } from "./harness.js";

/** A page that nothing is kept for: what it loads is what it needs. */
async function alone(base) {
  const opened = await openPage(browser, base);
  await opened.context.addInitScript(() => { delete Navigator.prototype.serviceWorker; });
  return opened;
}

/** What the page may weigh before a policy is chosen. */
const FIRST_PAGE = 25_000;
/**
 * What may be loaded until the questions of a policy stand there: page, evaluator, and what of the policy asks and decides. The
 * goal is 150,000 for each; those that are above it have what they have now, and a little.
 */
const UNTIL_ASKED = { "st-nicholas": 159_000, beckfoot: 153_600 };
const GOAL = 150_000;
/** What an answer may bring besides: what writes it, and the names and sentences that tell why. */
const WITH_ANSWER = 25_000;

let server;
let browser;
before(async () => { [server, browser] = await Promise.all([serve(), browse()]); });
after(async () => { await browser?.close(); await server?.stop(); });

/**
 * Stands between browser and server, and notes what goes through: `{path, status, encoding, kind, bytes}`. What `held` is true
 * of waits until it is released.
 */
async function counting(held = () => false) {
  const noted = [];
  let release;
  const released = new Promise((resolve) => { release = resolve; });
  const between = http.createServer(async (request, response) => {
    if (held(new URL(request.url, server.base).pathname)) await released;
    const target = new URL(request.url, server.base);
    const onward = http.request(target, { method: request.method, headers: request.headers }, (answer) => {
      const note = { path: target.pathname, status: answer.statusCode, encoding: answer.headers["content-encoding"], kind: answer.headers["content-type"], bytes: 0 };
      noted.push(note);
      answer.on("data", (chunk) => { note.bytes += chunk.length; });
      response.writeHead(answer.statusCode, answer.headers);
      answer.pipe(response);
    });
    onward.on("error", () => response.destroy());
    request.pipe(onward);
  });
  await new Promise((resolve) => between.listen(0, "127.0.0.1", resolve));
  const stop = () => new Promise((resolve) => { between.closeAllConnections(); between.close(resolve); });
  return { base: `http://127.0.0.1:${between.address().port}`, noted, release, stop };
}

const sizeOf = (notes) => notes.reduce((sum, each) => sum + each.bytes, 0);

function told(name, notes) {
  const lines = notes.toSorted((one, other) => other.bytes - one.bytes).map((each) => `${String(each.bytes).padStart(9)}  ${each.path}${each.encoding ? ` (${each.encoding})` : ""}`);
  return [`${name}: ${sizeOf(notes)} bytes in ${notes.length} responses`, ...lines].join("\n");
}

/** What an answer needs and a question does not. */
const ofAnswers = (path) => /^\/answer\.(js|css)$/.test(path) || path.endsWith(".reasons");
// The browser asks for the icon when it likes.
const pathsOf = (notes) => notes.map((each) => each.path).filter((path) => path !== "/icon.svg");

test("the first page comes without policies, evaluator and reader of words; a policy when it is chosen; what tells why with the answer", async (context) => {
  for (const name of PACKS.map((each) => each.split("/").at(-1))) {
    // One of its own for each: what the browser still fetches for the page before is not counted here.
    const between = await counting(ofAnswers);
    try {
      const vocabulary = await (await fetch(`${server.base}/v1/vocabulary/${name}`)).json();
      const { page, close } = await alone(between.base);
      await visit(page, between.base);
      const first = [...between.noted];
      const never = first.filter(({ path }) => /^\/(packs|sources|words)\/(?!limits)|eval|author|checker|answer/.test(path));
      assert.deepEqual(pathsOf(never), []);
      assert.ok(sizeOf(first) < FIRST_PAGE, told("The first page", first));
      await page.locator(`[value="${name}"]`).check();
      await page.getByRole("button", { name: "Continue" }).click();
      await page.waitForFunction(() => document.querySelector("form[data-asks]")?.dataset.asks !== "pack");
      // Questions are asked and answered without what is held back.
      const act = await asked(page);
      await choose(page, wordsFor(vocabulary, act, vocabulary.acts[0].name));
      assert.ok(![null, act].includes(await asked(page)), "a question");
      const until = [...between.noted];
      assert.deepEqual(pathsOf(until).filter((path) => path.startsWith("/packs/") || ofAnswers(path)), [`/packs/${name}.answers`]);
      const needed = until.slice(first.length);
      context.diagnostic(`Until ${name} asks: ${sizeOf(until)} bytes, of which ${told("with the policy came", needed)}`);
      assert.ok(sizeOf(until) <= (UNTIL_ASKED[name] ?? GOAL), `${sizeOf(until)} bytes until ${name} asks`);

      between.release();
      await walk(page, vocabulary, {});
      assert.notEqual(await outcome(page), "error");
      const brought = between.noted.slice(until.length);
      assert.deepEqual(pathsOf(brought).sort(), ["/answer.css", "/answer.js", `/packs/${name}.reasons`]);
      context.diagnostic(told(`An answer of ${name} brings besides`, brought));
      assert.ok(sizeOf(brought) <= WITH_ANSWER, `${sizeOf(brought)} bytes for an answer of ${name}`);
      const all = pathsOf(between.noted);
      assert.deepEqual(all.filter((each, at) => all.indexOf(each) !== at), [], "nothing is sent twice");
      if (name === PACKS[0].split("/").at(-1)) context.diagnostic(told("The first page", first));
      context.diagnostic(`All until ${name} has answered: ${sizeOf(between.noted)} bytes`);
      await close();
    } finally {
      await between.stop();
    }
  }
});

test("every file of the page and every policy is compressed", async () => {
  const between = await counting();
  try {
    const { page, close } = await openPage(browser, between.base);
    await visit(page, between.base);
    await page.getByText("Ready to use without a connection").waitFor();
    const plain = between.noted.filter((each) => each.status === 200 && each.bytes > 600 && !each.encoding);
    assert.deepEqual(plain.map((each) => each.path), []);
    for (const wanted of ["/", "/byelaw_eval_bg.wasm", "/packs.json", "/sw.js"]) assert.ok(between.noted.some((each) => each.path === wanted), wanted);
    // What the page had loaded is asked for again to be kept, and not sent again.
    const sent = between.noted.filter((each) => each.status === 200).map((each) => each.path);
    assert.deepEqual(sent.filter((path, index) => sent.indexOf(path) !== index), []);
    assert.ok(between.noted.some((each) => each.status === 304 && each.bytes === 0));
    await close();
  } finally {
    await between.stop();
  }
});

/** The headers as they stand on the wire; `fetch` would hide the encoding's length. */
function raw(path, headers = {}, method = "GET") {
  return new Promise((resolve, reject) => {
    http.request(new URL(path, server.base), { method, headers }, (answer) => {
      const chunks = [];
      answer.on("data", (chunk) => chunks.push(chunk));
      answer.on("end", () => resolve({ status: answer.statusCode, headers: answer.headers, body: Buffer.concat(chunks) }));
    }).on("error", reject).end();
  });
}

test("an answer says its encoding and its length, and is not sent to who has it", async () => {
  for (const path of ["/", "/app.js", "/byelaw_eval_bg.wasm", "/packs/bet-2018.polc", "/packs/bet-2018.answers", "/packs/bet-2018.reasons", "/packs/bet-2018.words", "/v1/vocabulary/bet-2018", "/sources/bet-2018.json"]) {
    const plain = await raw(path);
    assert.equal(plain.status, 200, path);
    assert.equal(plain.headers["content-encoding"], undefined, path);
    const tags = new Set([plain.headers.etag]);
    for (const [encoding, accepted] of [["br", "gzip, deflate, br"], ["gzip", "gzip, br;q=0"]]) {
      const small = await raw(path, { "accept-encoding": accepted });
      assert.equal(small.headers["content-encoding"], encoding, path);
      assert.equal(small.headers.vary, "accept-encoding", path);
      assert.equal(Number(small.headers["content-length"]), small.body.length, path);
      assert.ok(small.body.length < plain.body.length, path);
      assert.ok(small.headers["content-security-policy"], path);
      tags.add(small.headers.etag);
      const again = await raw(path, { "accept-encoding": accepted, "if-none-match": small.headers.etag });
      assert.equal(again.status, 304, path);
      assert.equal(again.headers.etag, small.headers.etag, path);
      assert.equal(again.body.length, 0, path);
      const head = await raw(path, { "accept-encoding": accepted }, "HEAD");
      assert.equal(head.headers["content-length"], small.headers["content-length"], path);
      assert.equal(head.body.length, 0, path);
    }
    assert.equal(tags.size, 3, `${path}: each encoding has a tag of its own`);
  }
});

test("the words of a reader are read where what reads them came late", async () => {
  const { page, close } = await alone(server.base);
  await visit(page, server.base, "?pack=bet-2018");
  const vocabulary = await vocabularyOf(page, "bet-2018");
  await page.route("**/words/read.js", async (route) => { await new Promise((resolve) => setTimeout(resolve, 300)); await route.continue(); });
  await page.getByLabel("Say it in your own words").fill(vocabulary.acts[0].label ?? vocabulary.acts[0].name);
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => location.search.includes("in_words") || location.search.includes("did_mean"));
  await settled(page);
  await close();
});

test("where what reads words cannot be had, the page says so and is no yes", async () => {
  const { page, context } = await alone(server.base);
  await context.route("**/words/read.js", (route) => route.abort());
  await visit(page, server.base, "?pack=bet-2018");
  await page.getByLabel("Say it in your own words").fill("anything");
  await page.keyboard.press("Enter");
  await page.locator(".verdict").waitFor();
  assert.equal(await heading(page), "No answer");
  await context.close();
});

/** An answer, and a question that says why it is asked. */
const ANSWER = "?pack=bet-2018&on=2020-05-01&action=call&role=teacher&recipient=parent&device=personal-mobile&purpose=school-business&unavoidable=yes";
const QUESTION = ANSWER.replace("&unavoidable=yes", "");

/** What stands on the page of why. */
const whys = (page) => page.evaluate(() => [...document.querySelectorAll(".lacking, :is(#because, .why) :is(blockquote, .cite)")].map((each) => `${each.className} ${each.textContent}`));

test("an answer waits for the sentences that tell why, and a question does not", async () => {
  const { page, close } = await alone(server.base);
  await visit(page, server.base, ANSWER);
  const answer = await whys(page);
  await visit(page, server.base, QUESTION);
  await page.locator(".why").waitFor();
  const question = await whys(page);
  assert.ok(answer.length > 1 && question.length > 1 && ![...answer, ...question].some((each) => each.startsWith("lacking")));

  let release;
  const released = new Promise((resolve) => { release = resolve; });
  await page.route("**/*.reasons", async (route) => { await released; await route.continue(); });
  await visit(page, server.base, QUESTION);
  assert.deepEqual(await whys(page), []);
  await page.goto(`${server.base}/${ANSWER}`);
  await new Promise((resolve) => setTimeout(resolve, 500));
  assert.equal(await page.locator(".verdict").count(), 0);
  release();
  await page.locator(".verdict").waitFor();
  assert.deepEqual(await whys(page), answer);
  await page.unroute("**/*.reasons");
  await visit(page, server.base, QUESTION);
  await page.locator(".why").waitFor();
  assert.deepEqual(await whys(page), question);
  await close();
});

test("where the sentences cannot be had, the answer is the same, and says that they are lacking and where they stand", async () => {
  const { page, context } = await alone(server.base);
  const shown = async (search) => {
    await visit(page, server.base, search);
    await page.locator(":is(#because, .why)").waitFor();
    return { asks: await asked(page), heading: await heading(page), whys: await whys(page) };
  };
  const [answer, question] = [await shown(ANSWER), await shown(QUESTION)];
  await context.route("**/*.reasons", (route) => route.abort());
  const places = (whys) => whys.filter((each) => each.startsWith("cite")).map((each) => each.split(": ")[0]);
  for (const [search, whole] of [[ANSWER, answer], [QUESTION, question]]) {
    const bare = await shown(search);
    assert.deepEqual([bare.asks, bare.heading], [whole.asks, whole.heading]);
    assert.deepEqual(bare.whys.filter((each) => !each.startsWith("cite")), ["lacking What the rules say could not be loaded. The clauses that they come from are named here."]);
    assert.deepEqual(places(bare.whys), places(whole.whys));
    assert.ok(places(bare.whys).length > 0);
  }
  // Once they can be had, they are there.
  await context.unroute("**/*.reasons");
  assert.deepEqual((await shown(ANSWER)).whys, answer.whys);
  // What writes an answer cannot be left out.
  await context.route("**/answer.js", (route) => route.abort());
  await visit(page, server.base, ANSWER);
  assert.equal(await heading(page), "No answer");
  await context.close();
});
