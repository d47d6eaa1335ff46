/** Splits a text into words as a POSIX shell does, quotes and backslashes included; nothing is expanded. */

/** `undefined` when a quote is not closed or a backslash ends the text. */
export function splitWords(text: string): string[] | undefined {
  const words: string[] = [];
  let word: string | undefined;
  let quote: '"' | "'" | undefined;
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at] ?? '';
    if (quote === undefined && /\s/.test(sign)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else if (quote === undefined && (sign === '"' || sign === "'")) {
      quote = sign;
      word ??= '';
    } else if (sign === quote) {
      quote = undefined;
    } else if (sign === '\\' && quote !== "'") {
      at += 1;
      const next = text[at];
      if (next === undefined) return undefined;
      // Between double quotes a backslash is itself, except before these.
      const literal = quote === '"' && !'"\\$`\n'.includes(next);
      word = (word ?? '') + (literal ? sign : '') + next;
    } else {
      word = (word ?? '') + sign;
    }
  }
  if (quote !== undefined) return undefined;
  if (word !== undefined) words.push(word);
  return words;
}
