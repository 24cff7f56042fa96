// The service worker: keeps the page, the evaluator and every pack, so that all of it works without a connection.
//
// The server replaces __VERSION__ by a digest of everything it serves, packs included; its build writes both lists.
// One version is one cache: a page never mixes files of two versions. A new version takes over as soon as all of it has arrived.

const CACHE = "byelaw-__VERSION__";

/** The files of the page. */
const EVERYBODY = ["__EVERYBODY__"];

/** What only authors need: it is kept once one of them has been there, so that nobody else waits for it. */
const AUTHORS = ["__AUTHORS__"];

/** What the server has now. What the browser has of it already is not sent again. */
const fresh = (path) => new Request(path, { cache: "no-cache" });

async function fill() {
  const cache = await caches.open(CACHE);
  const forAuthors = await anyKept("/author");
  await cache.addAll([...EVERYBODY, "/packs.json"].map(fresh));
  const packs = await (await cache.match("/packs.json")).json();
  await cache.addAll(packs.flatMap((pack) => [pack.answers, pack.reasons, pack.words, pack.tables?.file]).filter(Boolean).map(fresh));
  if (forAuthors) await keepForAuthors();
}

/** Whether an older version has kept this. */
async function anyKept(path) {
  for (const name of await caches.keys()) {
    if (name.startsWith("byelaw-") && (await (await caches.open(name)).match(path))) return true;
  }
  return false;
}

async function keepForAuthors() {
  const cache = await caches.open(CACHE);
  const packs = await (await cache.match("/packs.json")).json();
  const wanted = [...AUTHORS, ...packs.map((pack) => pack.sources).filter(Boolean)];
  const missing = [];
  for (const path of wanted) if (!(await cache.match(path))) missing.push(path);
  await cache.addAll(missing.map(fresh));
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

self.addEventListener("message", (event) => {
  if (event.data?.keep !== "author") return;
  const [port] = event.ports;
  event.waitUntil(keepForAuthors().then(() => port.postMessage("kept"), (failure) => port.postMessage(String(failure))));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || new URL(request.url).origin !== self.location.origin) return;
  event.respondWith(answer(request));
});
