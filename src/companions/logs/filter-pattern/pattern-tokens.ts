/** Takes a pattern apart, token by token. */
import { InvalidFilterPattern } from './message-test.ts';

export type Token =
  | { readonly kind: 'symbol'; readonly text: string }
  /** In double quotes, which are gone. */
  | { readonly kind: 'quoted'; readonly text: string }
  /** Between percent signs. */
  | { readonly kind: 'regex'; readonly text: string }
  | { readonly kind: 'word'; readonly text: string };

const symbols = ['&&', '||', '!=', '>=', '<=', '=', '>', '<', '(', ')', ','] as const;

/** @throws InvalidFilterPattern */
export function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    if (/\s/.test(text.charAt(at))) {
      at += 1;
      continue;
    }
    const symbol = symbols.find((each) => text.startsWith(each, at));
    if (symbol !== undefined) {
      tokens.push({ kind: 'symbol', text: symbol });
      at += symbol.length;
      continue;
    }
    const enclosed = /^(["%])((?:\\.|(?!\1)[^\\])*)\1/s.exec(text.slice(at));
    if (enclosed !== null) {
      const [whole, mark, inner = ''] = enclosed;
      tokens.push(
        mark === '"' ? { kind: 'quoted', text: inner.replace(/\\(["\\])/g, '$1') } : { kind: 'regex', text: inner },
      );
      at += whole.length;
      continue;
    }
    const word = /^(?:\["[^"]*"\]|[^\s&|!=<>(),"%])+/.exec(text.slice(at))?.[0];
    if (word === undefined) throw new InvalidFilterPattern(`Unexpected character ${JSON.stringify(text.charAt(at))}`);
    tokens.push({ kind: 'word', text: word });
    at += word.length;
  }
  return tokens;
}

/** @throws InvalidFilterPattern */
export function regularExpression(text: string): RegExp {
  try {
    return new RegExp(text);
  } catch {
    throw new InvalidFilterPattern(`${text} is not a regular expression`);
  }
}

/** `*` at either end, or anywhere, stands for any characters. */
export function wildcardTest(pattern: string): (text: string) => boolean {
  if (!pattern.includes('*')) return (text) => text === pattern;
  const [first = '', ...rest] = pattern.split('*');
  const last = rest.pop() ?? '';
  return (text) => {
    if (!text.startsWith(first) || !text.endsWith(last) || text.length < first.length + last.length) return false;
    let from = first.length;
    for (const literal of rest) {
      const at = text.indexOf(literal, from);
      if (at < 0 || at + literal.length > text.length - last.length) return false;
      from = at + literal.length;
    }
    return true;
  };
}
