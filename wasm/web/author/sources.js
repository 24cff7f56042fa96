// Where the files of a policy come from: the server's own, the small template, or the author's device.

import * as compiler from "./compiler.js";
import { kept } from "./draft.js";

async function json(address) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address} could not be loaded (${response.status}).`);
  return response.json();
}

/** The policies whose files can be read here. */
export async function published() {
  return (await json("/packs.json")).filter((pack) => pack.sources);
}

/** What a draft begins with: `{pack, files, title, published}`. */
export async function opened(from) {
  if (from.kind === "published") {
    const pack = (await published()).find((each) => each.name === from.name);
    if (!pack) throw new Error(`There is no policy called “${from.name}” here whose files can be read.`);
    return { ...(await json(pack.sources)), title: titleOf(pack) };
  }
  if (from.kind === "template") {
    return { pack: from.name, files: { [`${from.name}/policy.pol`]: await compiler.template(from.name) }, title: "A new policy" };
  }
  const base = kept(from)?.base;
  if (!base) throw new Error("There are no files of your own here yet.");
  return base;
}

export function titleOf(pack) {
  return pack.edition ? `${pack.title}, ${pack.edition}` : pack.title;
}

/** A policy from files that somebody chose: `[{path, text}]`, where the path begins at the folder they chose, if any. */
export function ownBase(chosen) {
  const files = {};
  for (const { path, text } of chosen) files[path.includes("/") ? path : `my-policy/${path}`] = text;
  const paths = Object.keys(files);
  // The pack is the folder whose own files say that they are a policy; what it uses lies beside it.
  const home = paths.find((path) => /^(?:policy|addendum)\s/m.test(files[path])) ?? paths[0];
  return { pack: folderOf(home, paths), files, title: "Your own files" };
}

/** The uppermost folder that holds a `.pol` file on the way to a path. */
function folderOf(path, paths) {
  const parts = path.split("/").slice(0, -1);
  for (let depth = 1; depth < parts.length; depth += 1) {
    const folder = parts.slice(0, depth).join("/");
    if (paths.some((each) => each.startsWith(`${folder}/`) && !each.slice(folder.length + 1).includes("/"))) return folder;
  }
  return parts.join("/");
}
