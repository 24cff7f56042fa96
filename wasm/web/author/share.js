// A change as an address or as a file. In an address it stands behind the `#`, which a browser sends to no server.
//
// What somebody else made is read with care: how much it may unfold to is limited, and it is text, never more.

import { hunks, patched } from "./lines.js";

/** The longest address that mail and chat programs carry whole. */
export const LONGEST = 8000;
/** The most that a shared change may unfold to. */
const LARGEST = 2_000_000;

/** Something in words about why a shared change cannot be opened. */
export class Unreadable extends Error {}

async function through(bytes, stream, most) {
  const reader = new Blob([bytes]).stream().pipeThrough(stream).getReader();
  const parts = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    size += value.length;
    if (size > most) {
      await reader.cancel();
      throw new Unreadable("This shared change is larger than any policy.");
    }
    parts.push(value);
  }
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}

function letters(bytes) {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function bytesOf(text) {
  if (!/^[A-Za-z0-9_-]*$/.test(text)) throw new Unreadable("This address is not whole.");
  return Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
}

/** A few letters by which a text is known again. */
export async function mark(text) {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return letters(new Uint8Array(digest).subarray(0, 9));
}

/** The change of a draft as it is shared: against what it began with, each file with the mark of what it was. */
export async function changeOf({ from, base, changed }) {
  const files = {};
  for (const [path, text] of Object.entries(changed)) {
    const old = base.files[path];
    if (text === null) {
      if (from.kind !== "files") files[path] = { was: await mark(old), gone: true };
    } else if (old === undefined || from.kind === "files") files[path] = { text };
    else files[path] = { was: await mark(old), lines: hunks(old, text) };
  }
  // Files of one's own are nowhere else, so all of them go along.
  if (from.kind === "files") {
    for (const [path, text] of Object.entries(base.files)) if (!(path in changed)) files[path] = { text };
  }
  return { v: 1, kind: from.kind, pack: from.kind === "published" ? from.name : base.pack, files };
}

/** The change as text for an address. */
export async function packed(change) {
  const bytes = new TextEncoder().encode(JSON.stringify(change));
  return letters(await through(bytes, new CompressionStream("deflate-raw"), Infinity));
}

export async function unpacked(text) {
  let bytes;
  try {
    bytes = await through(bytesOf(text), new DecompressionStream("deflate-raw"), LARGEST);
  } catch (failure) {
    throw failure instanceof Unreadable ? failure : new Unreadable("This address is not whole. Ask for it again, or for a file.");
  }
  return changeIn(new TextDecoder().decode(bytes));
}

/** The change in a file. */
export function changeIn(text) {
  let change = null;
  try {
    if (text.length <= LARGEST) change = JSON.parse(text);
  } catch {
    // Told below.
  }
  const object = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
  const file = (each) => object(each) && (typeof each.text === "string" || Array.isArray(each.lines) || each.gone === true);
  const whole = object(change) && change.v === 1 && ["published", "template", "files"].includes(change.kind)
    && typeof change.pack === "string" && object(change.files) && Object.values(change.files).every(file) && Object.keys(change.files).every(isPath);
  if (!whole) throw new Unreadable("This is not a change that this page can open.");
  return change;
}

/** A path within a pack. */
export function isPath(path) {
  return path.endsWith(".pol") && path.length < 300 && !path.startsWith("/") && !path.split("/").some((part) => part === "" || part === ".." || part === "__proto__");
}

/** The texts after a change, by path, `null` for a file that was deleted; throws where what it was made against is otherwise now. */
export async function applied(change, base) {
  const changed = {};
  for (const [path, file] of Object.entries(change.files)) {
    if (typeof file.text === "string") {
      changed[path] = file.text;
      continue;
    }
    const old = Object.hasOwn(base.files, path) ? base.files[path] : null;
    if (old === null || (await mark(old)) !== file.was) {
      throw new Unreadable(`The policy has been changed since this was shared: ${path} is not what it was. Ask for the files themselves.`);
    }
    if (file.gone === true) {
      changed[path] = null;
      continue;
    }
    const text = patched(old, file.lines);
    if (text === null) throw new Unreadable("This shared change is not whole. Ask for it again.");
    changed[path] = text;
  }
  return changed;
}
