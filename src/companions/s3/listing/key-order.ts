/** The order in which S3 lists keys: that of their bytes in UTF-8. */

/** UTF-16 has the characters beyond its first 65,536 before the last of those; UTF-8 has them after all. */
const moved = (unit: number): number => (unit >= 0xe000 ? unit - 0x800 : unit >= 0xd800 ? unit + 0x2000 : unit);

export function compareKeys(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index++) {
    const [left, right] = [a.charCodeAt(index), b.charCodeAt(index)];
    if (left !== right) return moved(left) - moved(right);
  }
  return a.length - b.length;
}

/** @returns The index of the first key that is not before the given one; `after`: of the first that is behind it. */
export function keyPosition(keys: readonly string[], key: string, after = false): number {
  let low = 0;
  let high = keys.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const order = compareKeys(keys[middle] ?? '', key);
    if (order < 0 || (after && order === 0)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** @returns The index of the first key behind all that begin with the prefix, from a key on that does. */
export function positionBehindPrefix(keys: readonly string[], prefix: string, from: number): number {
  let low = from;
  let high = keys.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const key = keys[middle] ?? '';
    if (key.startsWith(prefix) || compareKeys(key, prefix) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
