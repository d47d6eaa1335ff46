/**
 * Tags of an object.
 * @see Amazon S3 user guide, "Categorizing your objects using tags"
 */
import { invalidArgument, invalidTag, tooManyTags } from '../s3-error.ts';
import type { Tag } from './object-version.ts';

const most = 10;
const longestKey = 128;
const longestValue = 256;

/** @param text as a header has it: `color=red&size=l`. @throws ServiceError InvalidArgument, InvalidTag, BadRequest */
export function parseTagging(text: string): readonly Tag[] {
  const tags = [...new URLSearchParams(text)].map(([Key, Value]) => ({ Key, Value }));
  if (text !== '' && tags.length === 0) {
    throw invalidArgument(
      "The header 'x-amz-tagging' shall be encoded as UTF-8 then URLEncoded URL query parameters without tag name duplicates.",
      'x-amz-tagging',
      text,
    );
  }
  return checkedTags(tags);
}

interface GivenTag {
  readonly Key?: string | undefined;
  readonly Value?: string | undefined;
}

/** @throws ServiceError InvalidTag, BadRequest */
export function checkedTags(tags: readonly GivenTag[], limit = most): readonly Tag[] {
  if (tags.length > limit) throw tooManyTags(limit);
  const names = new Set<string>();
  return tags.map(({ Key = '', Value = '' }) => {
    if (Key === '' || Key.length > longestKey) throw invalidTag('The TagKey you have provided is invalid');
    if (Value.length > longestValue) throw invalidTag('The TagValue you have provided is invalid');
    if (Key.startsWith('aws:')) throw invalidTag('System tags cannot be added/updated by requester');
    if (names.has(Key)) throw invalidTag('Cannot provide multiple Tags with the same key');
    names.add(Key);
    return { Key, Value };
  });
}
