/** The digest by which the API tells that two versions are configured alike. */
import { createHash } from 'node:crypto';
import type { FunctionSettings } from '../configuration/function-settings.ts';

/** Base64 of the SHA-256 of the settings; AWS does not say of which form of them. Names in any order digest alike. */
export const configSha256 = (settings: FunctionSettings): string =>
  createHash('sha256').update(JSON.stringify(settings, sorted)).digest('base64');

/** A replacer for JSON.stringify that puts the members of objects in the order of their names. */
function sorted(_name: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)));
}
