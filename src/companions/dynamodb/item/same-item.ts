/** Whether a write has changed anything: two items are the same when their attributes are, in any order, and sets as sets. */
import type { AttributeValue, Item } from './item.ts';

export function sameItem(one: Item | undefined, other: Item | undefined): boolean {
  if (one === undefined || other === undefined) return one === other;
  const names = Object.keys(one);
  if (names.length !== Object.keys(other).length) return false;
  return names.every((name) => sameValue(one[name], other[name]));
}

function sameValue(one: AttributeValue | undefined, other: AttributeValue | undefined): boolean {
  if (one === undefined || other === undefined || one === other) return one === other;
  if (one.M !== undefined) return sameItem(one.M, other.M);
  if (one.L !== undefined) {
    return one.L.length === other.L?.length && one.L.every((value, at) => sameValue(value, other.L?.[at]));
  }
  return (
    one.S === other.S &&
    one.N === other.N &&
    one.B === other.B &&
    one.BOOL === other.BOOL &&
    one.NULL === other.NULL &&
    other.M === undefined &&
    other.L === undefined &&
    sameSet(one.SS, other.SS) &&
    sameSet(one.NS, other.NS) &&
    sameSet(one.BS, other.BS)
  );
}

function sameSet(one: readonly string[] | undefined, other: readonly string[] | undefined): boolean {
  if (one === undefined || other === undefined) return one === other;
  const members = new Set(one);
  return one.length === other.length && other.every((member) => members.has(member));
}
