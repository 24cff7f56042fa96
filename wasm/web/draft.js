// A policy that its author tries out on this device. It is none of the policies on offer: only its own address leads to
// it, and every page that answers from it says so.

import { el } from "./dom.js";

/** How its address calls it. No pack has a name with an underscore. */
export const DRAFT = "my_draft";
const STORE = "draft_of_author";
const FILE = "/packs/my_draft.polc";

/** Keeps a compiled policy to be asked. */
export async function keepDraft(bytes, title) {
  const store = await caches.open(STORE);
  await store.put(FILE, new Response(bytes, { headers: { "x-title": encodeURIComponent(title) } }));
}

const isAsked = () => new URLSearchParams(location.search).get("pack") === DRAFT;

/** The draft as a policy on offer, where the address asks for it and there is one. */
export async function draftOffered() {
  if (!isAsked()) return [];
  const store = await caches.open(STORE);
  const found = await store.match(FILE);
  if (!found) return [];
  return [{ name: DRAFT, title: decodeURIComponent(found.headers.get("x-title")), bytes: () => found.clone().arrayBuffer() }];
}

/** What every page about the draft says first. */
export function draftNotice() {
  return isAsked() && el("p", { class: "inset draft-notice" }, el("strong", {}, "This is a draft. "), "Nobody has agreed to it: do not act on its answers. ", el("a", { href: "?" }, "Ask the policy itself"));
}
