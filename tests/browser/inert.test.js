// Words of a policy are text, wherever they are shown: a pack of made-up words has every payload in every place for text, the compiler
// takes it or says why not, and both pages show each as what it is. Nothing runs, nothing is fetched, and no element is there that is not there
// with harmless words.

import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { browse, DESKTOP, openPage, serveAlone } from "./harness.js";
import { hostilePack } from "./hostile.js";
import { byelaw } from "./native.js";
import { payloads, refused, run } from "./payloads.js";

const fields = [];
hostilePack("x", (field) => { fields.push(field); return ""; });
const harmless = (field) => `words-${fields.indexOf(field)}-end`;
/** In pack `n` the payloads are shifted by `n` places, so that all packs together have each in each. */
const shifted = (list, n) => (field) => list[(n + fields.indexOf(field)) % list.length];
// The authors' page takes seconds to open, so there a place has several at once.
const several = Array.from({ length: Math.ceil(payloads.length / 17) }, (_, n) => payloads.slice(17 * n, 17 * n + 17).join(" "));

let folder, server, browser;
const packs = payloads.map((_, n) => `p${n}`);
const joined = several.map((_, n) => `a${n}`);

function written(name, text) {
  mkdirSync(join(folder, name));
  writeFileSync(join(folder, name, "policy.pol"), hostilePack(name, text));
  return join(folder, name);
}

before(async () => {
  folder = mkdtempSync(join(tmpdir(), "byelaw-"));
  const all = [
    written("plain", harmless),
    ...packs.map((name, n) => written(name, shifted(payloads, n))),
    ...joined.map((name, n) => written(name, shifted(several, n))),
  ];
  server = await serveAlone(all);
  browser = await browse();
});
after(async () => { await browser?.close(); await server?.stop(); rmSync(folder, { recursive: true }); });

test("what may not stand in a policy is refused with its place and a code, in every field", () => {
  assert.ok(payloads.length >= 100 && new Set(payloads).size === payloads.length);
  refused.forEach((text, n) => {
    // Every field by turns; one wrong text in a pack of harmless ones.
    const field = fields[(n * 7) % fields.length];
    const pack = written(`r${n}`, (each) => (each === field ? text : harmless(each)));
    const told = byelaw(["check", pack]);
    assert.equal(told.status, 1, `${JSON.stringify(text)} in ${field}`);
    assert.match(told.stderr + told.stdout, /^error\[B00(06|07|08|31|32|33)\][^]*policy\.pol:\d+:\d+/m, `${JSON.stringify(text)} in ${field}`);
  });
});

/** What each state of the checker shows that looks different. */
const STATES = [
  "", "&deed=glorp", "&deed=glorp&who=wug", "&deed=glorp&change=tool", "&deed=glorp&change=who", "&deed=glorp&change=age", "&deed=glorp&change=wet", "&deed=glorp&change=dry", "&deed=glorp&change=on",
  "&deed=glorp&who=wug&tool=snorf&dry=yes&age=30", "&deed=glorp&who=wug&tool=snorf&dry=yes&age=30&wet=yes&will=tidy", "&deed=glorp&who=wug&tool=snorf&dry=yes&age=3", "&deed=glorp&who=folk&tool=plimth",
  "&deed=glorp&who=blick&tool=plimth", "&deed=glorp&who=blick&tool=plimth&approved=gutch", "&deed=glorp&who=blick&tool=other-tool", "&deed=glorp&who=not_known&tool=not_known&dry=not_known&age=not_known",
  "&deed=frimble&who=blick&tool=plimth", "&deed=frimble&who=blick&tool=snorf&wet=yes", "&deed=frimble&who=blick&tool=snorf&wet=yes&on=2024-07-02", "&deed=droon&who=wug", "&deed=glorp&toool=x",
  "&deed=glorp&who=wug&in_words=deed,who&part_heard=yes", "&did_mean=deed.glorp,who.wug&did_mean=deed.droon,who.wug", "&deed=glorp&not_sure=tool.snorf,tool.plimth",
];

/** For every document: `lookAround(main)` tells what is there, by which it shows that a text was more than text. */
function eyes() {
  globalThis.lookAround = (main) => {
    const counts = {};
    for (const element of main.querySelectorAll("*")) {
      const kind = [element.localName, ...element.getAttributeNames().filter((each) => each !== "aria-describedby" && each !== "open").sort()].join(" ");
      counts[kind] = (counts[kind] ?? 0) + 1;
    }
    counts.around = document.querySelectorAll("*").length - main.querySelectorAll("*").length;
    const addresses = [...document.querySelectorAll("[href], [src], [action]")].map((each) => each.href || each.src || each.action).filter((each) => !String(each).startsWith(location.origin));
    return { counts, addresses, text: `${document.title}\n${document.body.textContent}`, pwned: "pwned" in globalThis || "pwned" in {} };
  };
}

/** In the page: goes through the states of packs and tells of each what is there. */
async function through(page, names) {
  return page.evaluate(async ({ names, states }) => {
    const main = document.getElementById("main");
    const seen = [];
    for (const name of names) {
      for (const state of states) {
        const shown = new Promise((resolve) => {
          const watch = new MutationObserver(() => { watch.disconnect(); resolve(); });
          watch.observe(main, { childList: true });
        });
        history.pushState({ depth: 1 }, "", `?pack=${name}${state.includes("on=") ? "" : "&on=2024-05-02"}${state}`);
        dispatchEvent(new PopStateEvent("popstate"));
        await shown;
        for (const details of main.querySelectorAll("details")) details.open = true;
        seen.push({ name, state, ...globalThis.lookAround(main) });
      }
    }
    return seen;
  }, { names, states: STATES });
}

function listening(page, context) {
  const dialogs = [];
  page.on("dialog", (dialog) => { dialogs.push(dialog.message()); dialog.dismiss(); });
  context.on("page", (other) => dialogs.push(`a page opened: ${other.url()}`));
  page.on("framenavigated", (frame) => { if (frame !== page.mainFrame()) dialogs.push(`a frame: ${frame.url()}`); });
  return dialogs;
}

test("the checker shows every payload in every field as text", async () => {
  const { page, context, close } = await openPage(browser, server.base);
  const happened = listening(page, context);
  await page.addInitScript(eyes);
  await page.goto(`${server.base}/`);
  await page.waitForSelector("#loading", { state: "detached" });
  // The list of policies has their titles; the page comes back to it once.
  const plain = await through(page, ["plain"]);
  const shownFields = new Set(plain.flatMap(({ text }) => fields.filter((field) => text.toLowerCase().includes(harmless(field)))));
  let compared = 0;
  for (let from = 0; from < packs.length; from += 20) {
    const told = await through(page, packs.slice(from, from + 20));
    told.forEach(({ name, state, counts, addresses, text, pwned }, n) => {
      const usual = plain[n % STATES.length];
      const where = `${name}${state}`;
      assert.equal(pwned, false, where);
      assert.deepEqual(addresses, [], where);
      assert.deepEqual(counts, usual.counts, where);
      const payloadOf = shifted(payloads, packs.indexOf(name));
      for (const field of fields.filter((each) => usual.text.includes(harmless(each)))) {
        assert.ok(text.includes(payloadOf(field)), `${where}: ${field} is not as it was written`);
        compared += 1;
      }
    });
  }
  await page.emulateMedia({ media: "print" });
  await page.pdf({ format: "A4" });
  await page.waitForTimeout(200);
  assert.deepEqual(happened, []);
  assert.equal(await page.evaluate(() => "pwned" in globalThis), false);
  // What is for authors alone stands on their page.
  const elsewhere = fields.filter((field) => !shownFields.has(field));
  assert.ok(shownFields.size >= 36, `only ${shownFields.size} fields are shown; not ${elsewhere.join(", ")}`);
  console.log(`counted: ${payloads.length} payloads, ${shownFields.size} fields on the checker, ${compared} texts compared; not on it: ${elsewhere.join(", ")}`);
  await close();
});

test("the page for authors shows every payload in every field as text", async () => {
  const risky = "script, img, image, svg, math, iframe, object, embed, portal, video, audio, track, link, base, meta, style, form, dialog, template, marquee, frameset, isindex, x-y";
  const states = async (name) => {
    const { page, context, close } = await openPage(browser, server.base, { viewport: DESKTOP });
    const happened = listening(page, context);
    await page.goto(`${server.base}/author?pack=${name}`);
    await page.locator(".cm-content").waitFor();
    const looked = () => page.waitForFunction(() => { const text = document.querySelector(".finding").textContent; return text !== "" && !/Reading|Looking/.test(text); }, null, { timeout: 90_000 });
    await looked();
    await page.locator(".cm-content").press("Control+End");
    await page.keyboard.insertText("rule sober cites book/2: Blick must not droon.\n");
    await looked();
    const seen = [];
    for (const tab of ["Messages", "Examples", "Changes", "Matrix", "Ask"]) {
      await page.getByRole("tab", { name: new RegExp(`^${tab}`) }).click();
      const panel = page.locator(`#panel-${tab.toLowerCase()}`);
      await panel.waitFor();
      await page.waitForFunction((id) => { const place = document.getElementById(id); return place.textContent !== "" && !place.querySelector(".working"); }, `panel-${tab.toLowerCase()}`, { timeout: 90_000 });
      seen.push(await page.evaluate(({ risky, tab }) => ({
        tab,
        pwned: "pwned" in globalThis,
        risky: [...document.querySelectorAll(risky)].length,
        handlers: [...document.querySelectorAll("*")].filter((each) => each.getAttributeNames().some((name) => name.startsWith("on"))).length,
        text: document.getElementById(`panel-${tab.toLowerCase()}`).textContent,
      }), { risky, tab }));
    }
    assert.deepEqual(happened, [], name);
    await close();
    return seen;
  };
  const plain = await states("plain");
  const shownFields = new Set(plain.flatMap(({ text }) => fields.filter((field) => text.includes(harmless(field)))));
  for (const [n, name] of joined.entries()) {
    const told = await states(name);
    told.forEach(({ text, ...rest }, at) => {
      const { text: usual, ...others } = plain[at];
      assert.deepEqual(rest, others, name);
      for (const field of fields.filter((each) => usual.includes(harmless(each)))) assert.ok(text.includes(shifted(several, n)(field)), `${name}, ${rest.tab}: ${field} is not as it was written`);
    });
  }
  assert.ok(shownFields.size >= 6, `only ${[...shownFields].join(", ")}`);
  console.log(`counted: ${shownFields.size} fields beside the text: ${[...shownFields].join(", ")}`);
});

/** Where a text does harm in a page that takes it for markup: what stands around it, by what it breaks out of. */
function unescaped(payload) {
  const out = /^<\/(style|title|textarea|select|template|script)>/.exec(payload)?.[1];
  if (out) return `<main id="main"><${out}>${payload}</main>`;
  if (/^--/.test(payload)) return `<main id="main"><!-- ${payload}</main>`;
  if (/^"|^x"/.test(payload)) return `<main id="main"><input value="${payload}"></main>`;
  if (/^'/.test(payload)) return `<main id="main"><input value='${payload}'></main>`;
  if (/^`>/.test(payload)) return `<main id="main"><input value=x ${payload}></main>`;
  if (/^(javascript|data|vbscript|blob|https?):|^\/\//i.test(payload)) return `<main id="main"><a href="${payload}">press</a></main>`;
  return `<main id="main">${payload}</main>`;
}

test("each trap goes off in a page that takes these texts for markup", async () => {
  const html = (inside) => `<!doctype html><title>a page that is not ours</title><body>${inside}`;
  // What no payload does by itself: a dialog, another page, a frame.
  const others = ["<script>alert(1)</script>", "<script>open('about:blank')</script>"];
  const sprung = new Map();
  const spring = (trap, payload) => sprung.set(trap, [...(sprung.get(trap) ?? []), payload]);
  const unharmed = [];
  const { page, context, faults } = await openPage(browser, server.base);
  const happened = listening(page, context);
  await page.addInitScript(eyes);
  let body = "";
  await context.route((url) => url.pathname === "/not-ours" || url.origin !== server.base, (route) => (
    route.request().url() === `${server.base}/not-ours` ? route.fulfill({ contentType: "text/html; charset=utf-8", body: html(body) }) : route.fulfill({ status: 204, body: "" })));
  const loaded = async (inside, press) => {
    body = inside;
    faults.length = 0;
    happened.length = 0;
    // What was pressed on the page before may still lead away from it.
    await page.goto(`${server.base}/not-ours`).catch(() => page.goto(`${server.base}/not-ours`));
    const told = await page.evaluate((press) => {
      const main = document.getElementById("main") ?? document.body;
      const before = globalThis.lookAround(main);
      // What waits for somebody to press or point at it.
      for (const each of press ? main.querySelectorAll("a, button, [onclick], [onpointerover], [onfocus]") : []) {
        each.dispatchEvent(new PointerEvent("pointerover", { bubbles: true }));
        if (!/evil/.test(each.getAttribute("href") ?? "")) each.click?.();
        each.focus?.();
      }
      return before;
    }, press).catch(() => null);
    await page.waitForTimeout(press ? 60 : 0);
    const pwned = await page.evaluate(() => "pwned" in globalThis || "pwned" in {}).catch(() => true);
    return { ...told, pwned, gone: told === null, faults: [...faults], happened: [...happened] };
  };
  const usual = async (payload) => (await loaded(unescaped(payload).replace(payload, () => "words"), false)).counts;
  for (const payload of [...payloads.filter((each) => /[<>"'`:&]/.test(each) && each.length < 400), ...others]) {
    const told = await loaded(unescaped(payload), true);
    const went = {
      "it runs": told.pwned,
      "elements or attributes": told.gone || JSON.stringify(told.counts) !== JSON.stringify(await usual(payload)),
      "addresses": told.addresses?.length > 0,
      "the text is another": !told.text?.includes(payload),
      "a request to elsewhere": told.faults.some((each) => each.startsWith("request")),
      "a dialog": told.happened.some((each) => !/^a (page|frame)/.test(each)),
      "a page": told.happened.some((each) => each.startsWith("a page")),
      "a frame": told.happened.some((each) => each.startsWith("a frame")),
    };
    for (const [trap, off] of Object.entries(went)) if (off) spring(trap, payload);
    if (!Object.values(went).some(Boolean)) unharmed.push(payload);
  }
  await context.close();
  const counts = Object.fromEntries([...sprung].map(([trap, those]) => [trap, those.length]));
  console.log(`counted: ${JSON.stringify(counts)}; as markup harmless: ${unharmed.length}: ${unharmed.join("  ")}`);
  // What browsers no longer run, or only for a reader who does more than press, is why not all of them run.
  const least = { "it runs": 35, "elements or attributes": 75, "addresses": 20, "the text is another": 90, "a request to elsewhere": 12, "a dialog": 1, "a page": 1, "a frame": 1 };
  for (const [trap, times] of Object.entries(least)) assert.ok(counts[trap] >= times, `${trap}: ${counts[trap] ?? 0} of ${times}`);
  for (const payload of [`<script>${run}</script>`, `<img src=x onerror=${run}>`, `<svg onload=${run}>`, `"><img src=x onerror=${run}>`, `javascript:${run}`]) assert.ok(sprung.get("it runs").includes(payload), payload);
  assert.deepEqual(unharmed.filter((each) => /^<[a-z/!]/i.test(each)), [], "an element that no trap sees");
});
