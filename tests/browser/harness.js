// What every test of the page needs: the real server, a real browser that reports every fault, and steps a reader takes.
//
// BYELAW_BIN: the binary, by default the newest under `target/`. BYELAW_PACKS: the packs to serve, separated by spaces.
// CHROMIUM: the browser. BYELAW_AT: a server that already runs (all.js starts one for all files). What is missing fails by name; nothing
// is skipped.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import path from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import axe from "axe-core";
import { chromium } from "playwright-core";

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");
const CHROMIUM = process.env.CHROMIUM ?? "/usr/bin/chromium";
const ARGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

export const PACKS = (process.env.BYELAW_PACKS ?? "policies/st-nicholas policies/beckfoot policies/bet-2018 policies/bet-2022").split(/\s+/).filter(Boolean);
export const PHONE = { width: 360, height: 740 };
export const DESKTOP = { width: 1280, height: 800 };
export const SIZES = { phone: PHONE, desktop: DESKTOP };

function binary() {
  if (process.env.BYELAW_BIN) return path.resolve(ROOT, process.env.BYELAW_BIN);
  const built = ["release", "debug"].map((kind) => path.join(ROOT, "target", kind, "byelaw")).filter(existsSync);
  assert.ok(built.length > 0, "There is no byelaw binary: build it, or set BYELAW_BIN to its path.");
  return built.sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs)[0];
}

/** The server of all tests where there is one, else one of one's own. */
export async function serve() {
  return process.env.BYELAW_AT ? { base: process.env.BYELAW_AT, stop: async () => {} } : serveAlone();
}

/** Starts `byelaw serve` and waits for the address it prints: for a test that stops it, or serves packs of its own. */
export async function serveAlone(packs = PACKS, options = []) {
  const child = spawn(binary(), ["serve", ...packs, ...options], { cwd: ROOT, stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  child.stderr.on("data", (chunk) => { said += chunk; });
  const base = await new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`byelaw serve printed no address within 30 seconds.\n${said}`)), 30_000);
    createInterface({ input: child.stdout }).on("line", (line) => {
      said += `${line}\n`;
      if (!/^https?:\/\/\S+$/.test(line.trim())) return;
      clearTimeout(late);
      resolve(line.trim().replace(/\/$/, ""));
    });
    child.once("error", reject);
    child.once("exit", (code) => reject(new Error(`byelaw serve ended with ${code} before it printed an address.\n${said}`)));
  });
  const stop = () => new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve();
    child.once("exit", resolve);
    child.kill("SIGKILL");
  });
  return { base, stop };
}

export async function browse() {
  assert.ok(existsSync(CHROMIUM), `There is no browser at ${CHROMIUM}: apt-get install --no-install-recommends chromium fonts-liberation`);
  return chromium.launch({ executablePath: CHROMIUM, headless: true, args: ARGS });
}

/** A page that collects what must never happen: console errors, policy violations, requests to elsewhere. */
export async function openPage(browser, base, options = {}) {
  const context = await browser.newContext({ viewport: PHONE, ...options });
  const faults = [];
  await context.addInitScript(() => {
    globalThis.decisions = [];
    document.addEventListener("byelaw:decision", (event) => globalThis.decisions.push(event.detail));
    document.addEventListener("securitypolicyviolation", (event) => console.error(`policy violation: ${event.violatedDirective} ${event.blockedURI}`));
  });
  context.on("request", (request) => {
    if (new URL(request.url()).origin !== base) faults.push(`request to ${request.url()}`);
  });
  context.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) faults.push(`console ${message.type()}: ${message.text()}`);
  });
  context.on("weberror", (failure) => faults.push(`uncaught: ${failure.error().stack ?? failure.error()}`));
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  return { page, context, faults, async close() { await context.close(); assert.deepEqual(faults, []); } };
}

/** For the tests of one file: runs the steps of a test on a fresh page, and then asks whether anything went wrong behind the scenes. */
export function readingWith(opened) {
  return async (options, steps) => {
    const { browser, base } = opened();
    const { page, close } = await openPage(browser, base, options);
    await steps(page);
    await close();
  };
}

/** Opens an address and waits until the page shows its step. */
export async function visit(page, base, search = "") {
  await page.goto(`${base}/${search}`);
  await settled(page);
}

/** Moves an open page to another address without loading it again, as its own links do. */
export async function move(page, search) {
  await page.evaluate((address) => {
    if (location.search === address) return null;
    const shown = new Promise((resolve) => {
      const watch = new MutationObserver(() => { watch.disconnect(); resolve(); });
      watch.observe(document.getElementById("main"), { childList: true });
    });
    history.pushState({ depth: 1 }, "", address || location.pathname);
    dispatchEvent(new PopStateEvent("popstate"));
    return shown;
  }, search);
}

export async function settled(page) {
  await page.waitForSelector("#loading", { state: "detached" });
}

/** The words of a pack, as the page itself gets them. */
export async function vocabularyOf(page, name) {
  return page.evaluate(async (wanted) => {
    const packs = await (await fetch("/packs.json")).json();
    const pack = packs.find((each) => each.name === wanted);
    if (!pack) throw new Error(`there is no pack ${wanted} in /packs.json`);
    const module = await import("/byelaw_eval.js");
    await module.default();
    const bytes = new Uint8Array(await (await fetch(pack.file)).arrayBuffer());
    return JSON.parse(new module.Policy(bytes).vocabulary());
  }, name);
}

export function wordsFor(vocabulary, factName, valueName) {
  const fact = vocabulary.facts.find((each) => each.name === factName);
  if (valueName === "not_known") return "I don’t know";
  if (fact.kind === "yes_no") return valueName === "yes" ? "Yes" : "No";
  const list = fact.kind === "acts" ? vocabulary.acts : fact.values;
  const found = list.find((each) => each.name === valueName);
  assert.ok(found, `${factName} has no value ${valueName}`);
  const text = found.label ?? found.name.replaceAll("-", " ");
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Which fact the page asks now, or null on an answer. */
export async function asked(page) {
  await settled(page);
  const form = page.locator("form[data-asks]");
  return (await form.count()) ? form.getAttribute("data-asks") : null;
}

/** Chooses an answer by its words and goes on. */
export async function choose(page, label) {
  const option = page.getByLabel(label, { exact: true });
  if (!(await option.isVisible())) await page.locator("details.more > summary").click();
  await option.check();
  await proceed(page);
}

/** Sends the form and waits for the next step. */
export async function proceed(page) {
  const before = page.url();
  await page.getByRole("button", { name: "Continue" }).click();
  await page.waitForFunction((was) => location.href !== was, before);
  await page.waitForFunction(() => document.activeElement?.tagName === "H1");
}

/** Answers what is asked until there is an answer; what is not in `answers` is "I don't know". Returns what was asked. */
export async function walk(page, vocabulary, answers) {
  const seen = [];
  for (let step = 0; step < 40; step += 1) {
    const fact = await asked(page);
    if (fact === null) return seen;
    assert.ok(!seen.includes(fact), `asked twice: ${fact}`);
    seen.push(fact);
    const value = answers[fact] ?? "not_known";
    const kind = vocabulary.facts.find((each) => each.name === fact)?.kind;
    if (value !== "not_known" && kind === "number") {
      await page.getByLabel(/^Number/).fill(String(value));
      await proceed(page);
    } else {
      await choose(page, wordsFor(vocabulary, fact, value));
    }
  }
  throw new Error(`no answer after ${seen.length} questions: ${seen.join(", ")}`);
}

/** Chooses a policy on the first page, where there is one to choose. */
export async function choosePolicy(page, vocabulary) {
  if ((await asked(page)) !== "pack") return;
  // Editions of one policy are told apart by their editions.
  const words = new RegExp(`^${vocabulary.title}(, ${vocabulary.edition})?$`);
  await page.getByLabel(words).and(page.locator(`[value="${vocabulary.pack}"]`)).check();
  await proceed(page);
}

export const heading = async (page) => (await page.locator("h1").innerText()).trim();
export const outcome = async (page) => page.locator(".verdict").getAttribute("data-outcome");
export const lastDecision = async (page) => page.evaluate(() => globalThis.decisions.at(-1));

/** What the server's own decision interface says. */
export async function decideOnServer(base, pack, question) {
  const response = await fetch(`${base}/v1/decide/${pack}`, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(question) });
  return response.json();
}

/** The address of a page as a question, read here on its own and not with the page's code. */
export function questionFrom(url, vocabulary, todayThere) {
  const query = new URL(url).searchParams;
  const list = (name) => (query.get(name) ?? "").split(",").filter(Boolean);
  const facts = {};
  for (const [key, value] of query) {
    const fact = vocabulary.facts.find((each) => each.name === key);
    if (!fact) continue;
    if (value === "not_known") facts[key] = null;
    else if (fact.kind === "yes_no") facts[key] = value === "yes";
    else if (fact.kind === "number") facts[key] = Number(value);
    else if (fact.kind === "some_of") facts[key] = value === "none_of_these" ? [] : value.split(",");
    else facts[key] = value;
  }
  const question = { facts, approved: list("approved"), refused: list("refused"), will: list("will"), wont: list("wont"), assume: true };
  const on = query.get("on") ?? todayThere;
  return on === "not_known" ? question : { on, ...question };
}

const ALL_RULES = { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] };
/** The rules that look at colours: all that another colour scheme can break, for it changes colours and nothing else. */
const COLOUR_RULES = { type: "rule", values: ["color-contrast", "link-in-text-block"] };

/**
 * Fails on anything the accessibility checker finds. Once in each document its code is put into the page, which has no frames.
 *
 * The window is as tall as the page meanwhile: the checker takes a choice half behind the button that stays within reach for a
 * small one, though it is scrolled out from there. That what has the focus does not lie behind the button is tested by itself.
 */
export async function assertAccessible(page, where, { colours = false } = {}) {
  if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(axe.source);
  const window = page.viewportSize();
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  if (height > window.height) await page.setViewportSize({ ...window, height });
  const found = await page.evaluate(async (runOnly) => {
    const { violations, passes } = await globalThis.axe.run(document, { runOnly, resultTypes: ["violations"] });
    if (passes.length === 0) return ["no rule had anything to look at"];
    return violations.map((each) => `${each.id}: ${each.nodes.map((node) => node.target.join(" ")).join("; ")}`);
  }, colours ? COLOUR_RULES : ALL_RULES);
  if (height > window.height) await page.setViewportSize(window);
  assert.deepEqual(found, [], where);
}
