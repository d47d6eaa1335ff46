/** `{ $.level = "ERROR" && $.took > 100 }`: conditions on a message that is a JSON object. */
import { ConditionParser } from './conditions.ts';
import { InvalidFilterPattern, type MessageTest } from './message-test.ts';
import { tokensOf } from './pattern-tokens.ts';

/** @throws InvalidFilterPattern */
export function jsonTest(pattern: string): MessageTest {
  const paths = new Map<string, readonly (string | number)[]>();
  const tokens = tokensOf(pattern);
  for (const { kind, text } of tokens) if (kind === 'word' && text.startsWith('$')) paths.set(text, pathOf(text));
  const lookup = (document: unknown, selector: string): unknown => {
    const path = paths.get(selector);
    if (path === undefined) throw new InvalidFilterPattern(`${selector} is not a selector: it begins with $.`);
    return path.reduce<unknown>(step, document);
  };
  // What is no selector is found out here, not with the first message.
  const condition = new ConditionParser<unknown>(tokens, lookup).parse();
  condition({});
  return (message) => {
    const document = objectIn(message);
    return document !== undefined && condition(document);
  };
}

/** @throws InvalidFilterPattern */
function pathOf(selector: string): readonly (string | number)[] {
  const path: (string | number)[] = [];
  const part = /\.([^.[\]]+)|\[(\d+)\]|\["([^"]*)"\]/y;
  part.lastIndex = 1;
  while (part.lastIndex < selector.length) {
    const at = part.lastIndex;
    const found = part.exec(selector);
    if (found === null) throw new InvalidFilterPattern(`${selector.slice(at)} is not part of a selector`);
    const [, member, index, quoted] = found;
    path.push(index === undefined ? (member ?? quoted ?? '') : Number(index));
  }
  return path;
}

function step(value: unknown, key: string | number): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  return Object.hasOwn(value, key) ? (value as Readonly<Record<string | number, unknown>>)[key] : undefined;
}

function objectIn(message: string): object | undefined {
  if (!message.trimStart().startsWith('{')) return undefined;
  try {
    const value: unknown = JSON.parse(message);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
