/**
 * Filter patterns: unstructured terms, `{ JSON }` and `[space, delimited]`.
 * @see CloudWatch Logs user guide, "Filter pattern syntax"
 */
import { jsonTest } from './json-pattern.ts';
import type { MessageTest } from './message-test.ts';
import { spaceDelimitedTest } from './space-delimited-pattern.ts';
import { termsTest } from './terms-pattern.ts';

/** An empty pattern fits every message. @throws InvalidFilterPattern */
export function compileFilter(pattern: string): MessageTest {
  const text = pattern.trim();
  if (text === '') return () => true;
  if (text.startsWith('{') && text.endsWith('}')) return jsonTest(text.slice(1, -1));
  if (text.startsWith('[') && text.endsWith(']')) return spaceDelimitedTest(text.slice(1, -1));
  return termsTest(text);
}
