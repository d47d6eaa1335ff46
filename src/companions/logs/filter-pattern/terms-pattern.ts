/** Terms of a text: all of them, `?any` of them, none of `-those`; "in quotes" with spaces, %as an expression%. */
import { InvalidFilterPattern, type MessageTest } from './message-test.ts';
import { regularExpression } from './pattern-tokens.ts';

const term = /\s*([?-]?)(?:"((?:\\.|[^"\\])*)"|%((?:\\.|[^%\\])*)%|([^\s"%]+))/y;

/** @throws InvalidFilterPattern */
export function termsTest(pattern: string): MessageTest {
  const all: MessageTest[] = [];
  const any: MessageTest[] = [];
  const none: MessageTest[] = [];
  term.lastIndex = 0;
  let at = 0;
  while (at < pattern.length) {
    term.lastIndex = at;
    const found = term.exec(pattern);
    if (found === null) {
      if (pattern.slice(at).trim() === '') break;
      throw new InvalidFilterPattern(`The filter pattern ends in ${pattern.slice(at)}`);
    }
    at = term.lastIndex;
    const [, sign, quoted, regex, plain = ''] = found;
    const list = sign === '?' ? any : sign === '-' ? none : all;
    list.push(testOf(quoted, regex, plain));
  }
  return (message) =>
    all.every((holds) => holds(message)) &&
    (any.length === 0 || any.some((holds) => holds(message))) &&
    !none.some((holds) => holds(message));
}

function testOf(quoted: string | undefined, regex: string | undefined, plain: string): MessageTest {
  if (regex !== undefined) {
    const expression = regularExpression(regex);
    return (message) => expression.test(message);
  }
  const text = quoted === undefined ? plain : quoted.replace(/\\(["\\])/g, '$1');
  return (message) => message.includes(text);
}
