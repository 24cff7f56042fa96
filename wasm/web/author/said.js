// Small pieces of text that several parts of the page say.

/** `1 file`, `2 files`, `1,204 files` */
export function many(count, one, more = `${one}s`) {
  return `${count.toLocaleString("en-GB")} ${count === 1 ? one : more}`;
}

export function dateOf(at) {
  return new Date(at).toLocaleString("en-GB", { dateStyle: "long", timeStyle: "short" });
}

/** A path as it is shown: without the folder of the pack. */
export function short(path, pack) {
  return path.startsWith(`${pack}/`) ? path.slice(pack.length + 1) : path;
}
