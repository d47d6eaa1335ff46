/** Conditions joined with `&&`, `||` and parentheses, over values that something else knows how to find. */
import { InvalidFilterPattern } from './message-test.ts';
import { regularExpression, type Token, wildcardTest } from './pattern-tokens.ts';

/** What stands at a place in an event; `undefined` where nothing does. */
export type Lookup<Subject> = (subject: Subject, selector: string) => unknown;

export type Condition<Subject> = (subject: Subject) => boolean;

export class ConditionParser<Subject> {
  readonly #tokens: readonly Token[];
  readonly #lookup: Lookup<Subject>;
  #at = 0;

  constructor(tokens: readonly Token[], lookup: Lookup<Subject>) {
    this.#tokens = tokens;
    this.#lookup = lookup;
  }

  /** @throws InvalidFilterPattern unless all tokens are one condition */
  parse(): Condition<Subject> {
    const condition = this.#or();
    if (this.#at < this.#tokens.length) throw this.#unexpected();
    return condition;
  }

  #or(): Condition<Subject> {
    const parts = [this.#and()];
    while (this.#takes('||')) parts.push(this.#and());
    return parts.length === 1 && parts[0] !== undefined ? parts[0] : (subject) => parts.some((holds) => holds(subject));
  }

  #and(): Condition<Subject> {
    const parts = [this.#one()];
    while (this.#takes('&&')) parts.push(this.#one());
    return parts.length === 1 && parts[0] !== undefined
      ? parts[0]
      : (subject) => parts.every((holds) => holds(subject));
  }

  #one(): Condition<Subject> {
    if (this.#takes('(')) {
      const inner = this.#or();
      if (!this.#takes(')')) throw this.#unexpected();
      return inner;
    }
    const selector = this.#next('word').text;
    const operator = this.#tokens[this.#at];
    this.#at += 1;
    if (operator?.kind === 'word') return this.#words(selector, operator.text.toUpperCase());
    if (operator?.kind !== 'symbol' || !/^(?:=|!=|[<>]=?)$/.test(operator.text)) throw this.#unexpected();
    const value = this.#tokens[this.#at];
    this.#at += 1;
    if (value === undefined || value.kind === 'symbol') throw this.#unexpected();
    const fits = comparison(operator.text, value);
    return (subject) => fits(this.#lookup(subject, selector));
  }

  /** `IS NULL`, `IS TRUE`, `IS FALSE`, `NOT EXISTS`. */
  #words(selector: string, first: string): Condition<Subject> {
    const second = this.#next('word').text.toUpperCase();
    const find = this.#lookup;
    switch (`${first} ${second}`) {
      case 'IS NULL':
        return (subject) => find(subject, selector) === null;
      case 'IS TRUE':
        return (subject) => find(subject, selector) === true;
      case 'IS FALSE':
        return (subject) => find(subject, selector) === false;
      case 'NOT EXISTS':
        return (subject) => find(subject, selector) === undefined;
      default:
        throw new InvalidFilterPattern(`${first} ${second} is not a condition`);
    }
  }

  #takes(symbol: string): boolean {
    const token = this.#tokens[this.#at];
    if (token?.kind !== 'symbol' || token.text !== symbol) return false;
    this.#at += 1;
    return true;
  }

  #next(kind: Token['kind']): Token {
    const token = this.#tokens[this.#at];
    if (token?.kind !== kind) throw this.#unexpected();
    this.#at += 1;
    return token;
  }

  #unexpected(): InvalidFilterPattern {
    const text = this.#tokens[Math.min(this.#at, this.#tokens.length - 1)]?.text ?? 'the end';
    return new InvalidFilterPattern(`Unexpected ${text} in the filter pattern`);
  }
}

/** A number compares with numbers, also such as stand in a text; everything else as text, with `*` for any characters. */
function comparison(operator: string, value: Token): (found: unknown) => boolean {
  const negated = operator === '!=';
  if (value.kind === 'regex') {
    const expression = regularExpression(value.text);
    return (found) => scalarText(found) !== undefined && expression.test(scalarText(found) ?? '') !== negated;
  }
  const number =
    value.kind === 'word' && /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(value.text) ? Number(value.text) : undefined;
  if (number !== undefined) return (found) => compares(operator, numberIn(found), number);
  if (operator !== '=' && !negated) throw new InvalidFilterPattern(`${operator} compares numbers only`);
  const fits = wildcardTest(value.text);
  return (found) => {
    const text = scalarText(found);
    return text !== undefined && fits(text) !== negated;
  };
}

function scalarText(found: unknown): string | undefined {
  if (typeof found === 'string') return found;
  return typeof found === 'number' || typeof found === 'boolean' ? String(found) : undefined;
}

function numberIn(found: unknown): number | undefined {
  if (typeof found === 'number') return found;
  return typeof found === 'string' && /^\s*-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?\s*$/.test(found)
    ? Number(found)
    : undefined;
}

function compares(operator: string, found: number | undefined, wanted: number): boolean {
  if (found === undefined) return false;
  switch (operator) {
    case '=':
      return found === wanted;
    case '!=':
      return found !== wanted;
    case '>':
      return found > wanted;
    case '>=':
      return found >= wanted;
    case '<':
      return found < wanted;
    default:
      return found <= wanted;
  }
}
