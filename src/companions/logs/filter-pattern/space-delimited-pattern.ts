/** `[ip, user, ..., status = 4*, bytes > 1000]`: conditions on the fields of a line, by their places. */
import { ConditionParser } from './conditions.ts';
import { InvalidFilterPattern, type MessageTest } from './message-test.ts';
import { type Token, tokensOf } from './pattern-tokens.ts';

type Fields = ReadonlyMap<string, string>;

interface Place {
  readonly names: readonly string[];
  readonly holds: ((fields: Fields) => boolean) | undefined;
}

/** @throws InvalidFilterPattern */
export function spaceDelimitedTest(pattern: string): MessageTest {
  const places = split(tokensOf(pattern)).map(placeOf);
  const ellipsis = places.findIndex(({ names }) => names[0] === '...');
  if (places.filter(({ names }) => names[0] === '...').length > 1) {
    throw new InvalidFilterPattern('A filter pattern has one ... at most');
  }
  const before = ellipsis < 0 ? places : places.slice(0, ellipsis);
  const after = ellipsis < 0 ? [] : places.slice(ellipsis + 1);
  return (message) => {
    const values = fieldsOf(message);
    const counted = before.length + after.length;
    if (ellipsis < 0 ? values.length !== counted : values.length < counted) return false;
    const fields = new Map<string, string>();
    for (const [at, { names }] of before.entries()) name(fields, names, values[at]);
    for (const [at, { names }] of after.entries()) name(fields, names, values[values.length - after.length + at]);
    return places.every(({ holds }) => holds === undefined || holds(fields));
  };
}

function name(fields: Map<string, string>, names: readonly string[], value = ''): void {
  for (const each of names) fields.set(each, value);
}

function split(tokens: readonly Token[]): readonly (readonly Token[])[] {
  const places: Token[][] = [[]];
  for (const token of tokens) {
    if (token.kind === 'symbol' && token.text === ',') places.push([]);
    else places.at(-1)?.push(token);
  }
  return places;
}

/** A name alone takes any value; with conditions, the name that they begin with is the field's. */
function placeOf(tokens: readonly Token[], index: number): Place {
  const [first] = tokens;
  if (first === undefined) return { names: [`#${index}`], holds: undefined };
  if (first.kind !== 'word' && first.text !== '(')
    throw new InvalidFilterPattern(`${first.text} is not the name of a field`);
  if (tokens.length === 1) return { names: [first.text], holds: undefined };
  const names = tokens
    .filter(({ kind }, at) => kind === 'word' && isBeforeOperator(tokens, at))
    .map(({ text }) => text);
  const condition = new ConditionParser<Fields>(tokens, (fields, field) => fields.get(field)).parse();
  return { names: [...new Set(names)], holds: condition };
}

const isBeforeOperator = (tokens: readonly Token[], at: number): boolean => {
  const next = tokens[at + 1];
  return next?.kind === 'symbol' && /^(?:=|!=|[<>]=?)$/.test(next.text);
};

/** Parted by spaces, except within quotes and brackets, which are not part of the value. */
function fieldsOf(message: string): readonly string[] {
  return [...message.trim().matchAll(/"([^"]*)"|\[([^\]]*)\]|(\S+)/g)].map(
    ([, quoted, bracketed, plain]) => quoted ?? bracketed ?? plain ?? '',
  );
}
