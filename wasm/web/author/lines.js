// Two texts line by line: what makes one of the other, as short as can be, and back.

/** The most pairs of lines that are compared; beyond it the whole stretch counts as changed. */
const MOST = 4_000_000;

/**
 * The changed stretches from the last to the first: `[line, count, text]`, where `count` lines of the old text from `line`
 * on (counted from 0) are replaced by the lines of `text`; `null` is none.
 */
export function hunks(old, now) {
  const before = old.split("\n");
  const after = now.split("\n");
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start += 1;
  let end = 0;
  while (end < before.length - start && end < after.length - start && before.at(-1 - end) === after.at(-1 - end)) end += 1;
  const a = before.slice(start, before.length - end);
  const b = after.slice(start, after.length - end);
  if (a.length === 0 && b.length === 0) return [];
  const whole = (from, count, lines) => [from, count, lines.length ? lines.join("\n") : null];
  if (a.length * b.length > MOST || a.length === 0 || b.length === 0) return [whole(start, a.length, b)];
  return changed(a, b).map(([from, count, lines]) => whole(start + from, count, lines)).reverse();
}

/** The longest common row of lines, and what lies between. */
function changed(a, b) {
  const width = b.length + 1;
  const common = new Uint32Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      common[i * width + j] = a[i] === b[j] ? common[(i + 1) * width + j + 1] + 1 : Math.max(common[(i + 1) * width + j], common[i * width + j + 1]);
    }
  }
  const found = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      i += 1;
      j += 1;
      continue;
    }
    const [fromA, fromB] = [i, j];
    while ((i < a.length || j < b.length) && !(i < a.length && j < b.length && a[i] === b[j])) {
      if (j === b.length || (i < a.length && common[(i + 1) * width + j] >= common[i * width + j + 1])) i += 1;
      else j += 1;
    }
    found.push([fromA, i - fromA, b.slice(fromB, j)]);
  }
  return found;
}

/** The new text; `null` if the stretches do not fit. */
export function patched(old, stretches) {
  if (!Array.isArray(stretches)) return null;
  const lines = old.split("\n");
  let last = lines.length;
  for (const stretch of stretches) {
    if (!Array.isArray(stretch)) return null;
    const [from, count, text] = stretch;
    const whole = Number.isInteger(from) && Number.isInteger(count) && from >= 0 && count >= 0 && from + count <= last;
    if (!whole || !(text === null || typeof text === "string")) return null;
    lines.splice(from, count, ...(text === null ? [] : text.split("\n")));
    last = from;
  }
  return lines.join("\n");
}
