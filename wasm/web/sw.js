// The service worker: keeps the page, the evaluator and every pack, so that all of it works without a connection.
//
// The server replaces __VERSION__ by a digest of everything it serves, packs included.
// One version is one cache: a page never mixes files of two versions. A new version takes over as soon as all of it has arrived.

const CACHE = "byelaw-__VERSION__";

const SHELL = [
  "/",
  "/style.css",
  "/icon.svg",
  "/manifest.webmanifest",
  "/app.js",
  "/address.js",
  "/answer.js",
  "/choose.js",
  "/dom.js",
  "/engine.js",
  "/facts.js",
  "/heard.js",
  "/meant.js",
  "/offline.js",
  "/own-words.js",
  "/question.js",
  "/said.js",
  "/verdict.js",
  "/vocabulary.js",
  "/why.js",
  "/words/acts.js",
  "/words/denial.js",
  "/words/english.js",
  "/words/facts.js",
  "/words/habits.js",
  "/words/lexicon.js",
  "/words/mentions.js",
  "/words/packs.js",
  "/words/read.js",
  "/words/spelling.js",
  "/words/text.js",
  "/words/verb.js",
  "/byelaw_eval.js",
  "/byelaw_eval_bg.wasm",
  "/packs.json",
];

async function fill() {
  const cache = await caches.open(CACHE);
  const fresh = (path) => new Request(path, { cache: "reload" });
  await cache.addAll(SHELL.map(fresh));
  const packs = await (await cache.match("/packs.json")).json();
  await cache.addAll(packs.map((pack) => fresh(pack.file)));
}

async function dropOthers() {
  for (const name of await caches.keys()) {
    if (name.startsWith("byelaw-") && name !== CACHE) await caches.delete(name);
  }
}

async function answer(request) {
  const cache = await caches.open(CACHE);
  // Every state of the page is `/` with a query, so the query never chooses the file.
  const kept = await cache.match(request, { ignoreSearch: true });
  return kept ?? fetch(request);
}

self.addEventListener("install", (event) => {
  self.skipWaiting();
  event.waitUntil(fill());
});

self.addEventListener("activate", (event) => {
  event.waitUntil(dropOthers().then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || new URL(request.url).origin !== self.location.origin) return;
  event.respondWith(answer(request));
});
