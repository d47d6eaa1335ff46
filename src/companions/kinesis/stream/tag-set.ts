/** The tags of a stream or a consumer. */
import { limitExceeded } from '../kinesis-faults.ts';

/** Source: Kinesis developer guide, "Tag your resources". */
const mostTags = 50;

/** @throws ServiceError for more than there may be; nothing is set then */
export function setTags(tags: Map<string, string>, given: Readonly<Record<string, string>>): void {
  const together = new Set([...tags.keys(), ...Object.keys(given)]);
  if (together.size > mostTags) throw limitExceeded(`A resource can have up to ${mostTags} tags.`);
  for (const [key, value] of Object.entries(given)) tags.set(key, value);
}

/** In the order of their keys. */
export const listTags = (tags: ReadonlyMap<string, string>): { Key: string; Value: string }[] =>
  [...tags].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([Key, Value]) => ({ Key, Value }));
