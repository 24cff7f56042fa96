// What somebody has written, kept on this device until they discard it: only the files that are otherwise than they were
// (`null` for one that was deleted).

const PREFIX = "byelaw-draft:";

/** A draft is known by what it began with. */
export const draftKey = (from) => `${from.kind}:${from.name}`;

/** The address of this page at which one begins with it. */
export function addressOf({ kind, name }) {
  return { published: `/author?pack=${encodeURIComponent(name)}`, template: "/author?new", files: "/author?own" }[kind];
}

/** Keeps a draft; `false` if this device has no room for it. */
export function keep(draft) {
  try {
    if (Object.keys(draft.changed).length === 0 && draft.from.kind === "published") localStorage.removeItem(PREFIX + draftKey(draft.from));
    else localStorage.setItem(PREFIX + draftKey(draft.from), JSON.stringify({ v: 1, ...draft, at: Date.now() }));
    return true;
  } catch {
    return false;
  }
}

export function discard(from) {
  localStorage.removeItem(PREFIX + draftKey(from));
}

/** The draft that began with this, or `null`. */
export function kept(from) {
  return read(PREFIX + draftKey(from));
}

/** All drafts, the newest first. */
export function drafts() {
  const keys = Array.from({ length: localStorage.length }, (_, place) => localStorage.key(place));
  return keys.filter((key) => key.startsWith(PREFIX)).map(read).filter(Boolean).sort((a, b) => b.at - a.at);
}

function read(key) {
  try {
    const draft = JSON.parse(localStorage.getItem(key));
    return draft?.v === 1 && draft.from && draft.changed ? draft : null;
  } catch {
    return null;
  }
}
