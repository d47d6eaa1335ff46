/** The comparisons that a pattern may hold, each compiled from its JSON: `{"prefix": "a"}`, `{"numeric": [">", 5]}`. */
import { BlockList, isIP } from 'node:net';
import { PatternFault } from './pattern-fault.ts';

/** Whether one value of an event, no list or object, fits. */
export type ValueTest = (value: unknown) => boolean;

export type PatternOperator =
  | 'prefix'
  | 'suffix'
  | 'equals-ignore-case'
  | 'wildcard'
  | 'anything-but'
  | 'numeric'
  | 'cidr';

type Compile = (operand: unknown) => ValueTest;

export const patternOperators: Readonly<Record<PatternOperator, Compile>> = {
  prefix: (operand) => affix(operand, 'prefix', (text, wanted) => text.startsWith(wanted)),
  suffix: (operand) => affix(operand, 'suffix', (text, wanted) => text.endsWith(wanted)),
  'equals-ignore-case': (operand) => {
    const wanted = textOf(operand, 'equals-ignore-case').toLowerCase();
    return (value) => typeof value === 'string' && value.toLowerCase() === wanted;
  },
  wildcard,
  'anything-but': anythingBut,
  numeric,
  cidr,
};

function textOf(operand: unknown, operator: string): string {
  if (typeof operand !== 'string') throw new PatternFault(`${operator} match pattern must be a string`);
  return operand;
}

/** A string, or one whose case does not matter: `{"prefix": {"equals-ignore-case": "a"}}`. */
function affix(operand: unknown, operator: string, holds: (text: string, wanted: string) => boolean): ValueTest {
  if (typeof operand === 'object' && operand !== null && 'equals-ignore-case' in operand) {
    const wanted = textOf(operand['equals-ignore-case'], operator).toLowerCase();
    return (value) => typeof value === 'string' && holds(value.toLowerCase(), wanted);
  }
  const wanted = textOf(operand, operator);
  return (value) => typeof value === 'string' && holds(value, wanted);
}

/** `*` stands for any characters, none too; `\*` and `\\` for themselves. */
function wildcard(operand: unknown): ValueTest {
  const text = textOf(operand, 'wildcard');
  if (text.includes('**')) throw new PatternFault('Consecutive wildcard characters at pos of the pattern');
  const literals: string[] = [''];
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (character === '*') {
      literals.push('');
      continue;
    }
    if (character === '\\') {
      at += 1;
      if (text[at] !== '*' && text[at] !== '\\')
        throw new PatternFault('Invalid escape character at pos of the pattern');
    }
    literals[literals.length - 1] += text.charAt(at);
  }
  return (value) => typeof value === 'string' && matchesLiterals(value, literals);
}

/** In one pass: the first and last literal stand at the ends, those between as early as they come. */
function matchesLiterals(value: string, literals: readonly string[]): boolean {
  const [first = '', ...rest] = literals;
  const last = rest.pop();
  if (last === undefined) return value === first;
  if (value.length < first.length + last.length || !value.startsWith(first) || !value.endsWith(last)) return false;
  let from = first.length;
  const end = value.length - last.length;
  for (const literal of rest) {
    const at = value.indexOf(literal, from);
    if (at < 0 || at + literal.length > end) return false;
    from = at + literal.length;
  }
  return true;
}

const affixesOfAnythingBut = ['prefix', 'suffix', 'equals-ignore-case', 'wildcard'] as const;

/** None of the values given, or nothing that begins, ends or looks so. */
function anythingBut(operand: unknown): ValueTest {
  if (typeof operand === 'object' && operand !== null && !Array.isArray(operand)) {
    const operator = affixesOfAnythingBut.find((name) => name in operand);
    if (operator === undefined) throw new PatternFault('Unsupported anything-but pattern');
    const wanted: unknown = Reflect.get(operand, operator);
    const tests = (Array.isArray(wanted) ? wanted : [wanted]).map((each: unknown) => patternOperators[operator](each));
    return (value) => !tests.some((test) => test(value));
  }
  const values: readonly unknown[] = Array.isArray(operand) ? operand : [operand];
  if (values.length === 0 || !values.every((value) => typeof value === 'string' || typeof value === 'number')) {
    throw new PatternFault('Inside anything but list, start|null|boolean is not supported.');
  }
  const excluded = new Set<unknown>(values);
  return (value) => !excluded.has(value);
}

type Comparison = (one: number, other: number) => boolean;

const comparisons: ReadonlyMap<unknown, Comparison> = new Map<unknown, Comparison>([
  ['=', (one, other) => one === other],
  ['<', (one, other) => one < other],
  ['<=', (one, other) => one <= other],
  ['>', (one, other) => one > other],
  ['>=', (one, other) => one >= other],
]);

/** Source: EventBridge user guide: "numeric comparison", -5e9 to 5e9. */
const largest = 5_000_000_000;

function numeric(operand: unknown): ValueTest {
  const parts: readonly unknown[] = Array.isArray(operand) ? operand : [];
  if (parts.length !== 2 && parts.length !== 4)
    throw new PatternFault('Value of numeric must be an array of one or two comparisons.');
  const tests: ((value: number) => boolean)[] = [];
  for (let at = 0; at < parts.length; at += 2) {
    const comparison = comparisons.get(parts[at]);
    const limit = parts[at + 1];
    if (comparison === undefined) throw new PatternFault(`Unrecognized numeric range operator: ${String(parts[at])}`);
    if (typeof limit !== 'number') throw new PatternFault(`Value of ${String(parts[at])} must be numeric`);
    if (Math.abs(limit) > largest) throw new PatternFault('Value must be between -5.0E9 and 5.0E9, inclusive');
    tests.push((value) => comparison(value, limit));
  }
  return (value) => typeof value === 'number' && tests.every((test) => test(value));
}

function cidr(operand: unknown): ValueTest {
  const text = textOf(operand, 'cidr');
  const [address = '', bits = ''] = text.split('/');
  const family = isIP(address);
  const length = Number(bits);
  if (family === 0 || !/^\d{1,3}$/.test(bits) || length > (family === 4 ? 32 : 128)) {
    throw new PatternFault(`Malformed CIDR, one '/' required`);
  }
  const block = new BlockList();
  block.addSubnet(address, length, family === 4 ? 'ipv4' : 'ipv6');
  return (value) => {
    if (typeof value !== 'string') return false;
    const kind = isIP(value);
    return kind !== 0 && block.check(value, kind === 4 ? 'ipv4' : 'ipv6');
  };
}
