/** JSON as text, with its numbers as they were written. */

const stringsAndSpaces = /("[^"\\]*(?:\\.[^"\\]*)*")|\s+/gs;

/** Valid JSON without the white space between its parts. */
export const compactJson = (text: string): string => text.replace(stringsAndSpaces, '$1');

/** How deep an event may be nested. Source: EventBridge API reference, PutEvents. */
export const deepestEvent = 1000;

/** How deep valid JSON is nested. */
export function jsonDepth(text: string): number {
  let [depth, deepest] = [0, 0];
  for (const character of text.replace(stringsAndSpaces, '')) {
    if (character === '{' || character === '[') deepest = Math.max(deepest, (depth += 1));
    else if (character === '}' || character === ']') depth -= 1;
  }
  return deepest;
}
