/**
 * Event patterns: which events fit. EventBridge, SNS and Lambda's event sources share the language, and each allows its
 * own operators.
 * @see Amazon EventBridge user guide, "Comparison operators for use in event patterns"
 */
import { PatternFault } from './pattern-fault.ts';
import { type PatternOperator, patternOperators, type ValueTest } from './pattern-operators.ts';

export interface PatternDialect {
  readonly operators: ReadonlySet<PatternOperator>;
  /** Whether `$or` may stand among the keys. */
  readonly or: boolean;
  /** Whether patterns may hold patterns. */
  readonly nested: boolean;
}

/** Whether an event, any JSON value, fits. */
export type EventPattern = (event: unknown) => boolean;

/** What stands at a key: one of the tests must hold. */
interface LeafTests {
  readonly values: readonly ValueTest[];
  /** `{"exists": false}` is among them: nothing may stand there. */
  readonly absent: boolean;
  /** `{"exists": true}` is: whatever stands there. */
  readonly present: boolean;
}

/** @throws PatternFault */
export function compilePattern(pattern: unknown, dialect: PatternDialect): EventPattern {
  return new PatternCompiler(dialect).object(pattern);
}

class PatternCompiler {
  readonly #dialect: PatternDialect;

  constructor(dialect: PatternDialect) {
    this.#dialect = dialect;
  }

  /** Every key must fit. */
  object(pattern: unknown): EventPattern {
    if (!isObject(pattern)) throw new PatternFault('Pattern is not a JSON object');
    const tests = Object.entries(pattern).map(([key, wanted]) =>
      key === '$or' && this.#dialect.or && isAlternatives(wanted) ? this.#or(wanted) : this.#key(key, wanted),
    );
    if (tests.length === 0) throw new PatternFault('Empty objects are not allowed');
    return (event) => tests.every((test) => test(event));
  }

  #or(alternatives: readonly unknown[]): EventPattern {
    const patterns = alternatives.map((alternative) => this.object(alternative));
    return (event) => patterns.some((fits) => fits(event));
  }

  #key(key: string, wanted: unknown): EventPattern {
    if (Array.isArray(wanted)) {
      const tests = this.#leaf(key, wanted);
      return (event) => fitsLeaf(valuesAt(event, key), tests);
    }
    if (!isObject(wanted) || !this.#dialect.nested) {
      throw new PatternFault(`"${key}" must be an object or an array`);
    }
    const inner = this.object(wanted);
    return (event) => {
      const values = valuesAt(event, key);
      // A key that is nowhere may be asked not to be there.
      return values.length === 0 ? inner(undefined) : values.some(inner);
    };
  }

  #leaf(key: string, wanted: readonly unknown[]): LeafTests {
    if (wanted.length === 0) throw new PatternFault('Empty arrays are not allowed');
    const values: ValueTest[] = [];
    let [absent, present] = [false, false];
    for (const item of wanted) {
      if (Array.isArray(item)) throw new PatternFault('Match value must be String, number, true, false, or null');
      if (!isObject(item)) {
        values.push((value) => value === item);
        continue;
      }
      const [[operator, operand] = ['', undefined], ...others] = Object.entries(item);
      if (operator === '' || others.length > 0) throw new PatternFault('Only one key allowed in match expression');
      if (operator === 'exists') {
        if (typeof operand !== 'boolean') throw new PatternFault('exists match pattern must be either true or false.');
        if (operand) present = true;
        else absent = true;
      } else {
        values.push(this.#operator(key, operator, operand));
      }
    }
    return { values, absent, present };
  }

  #operator(key: string, operator: string, operand: unknown): ValueTest {
    if (!this.#dialect.operators.has(operator as PatternOperator)) {
      throw new PatternFault(`Unrecognized match type ${operator} at "${key}"`);
    }
    return patternOperators[operator as PatternOperator](operand);
  }
}

type JsonObject = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A field may be called `$or`: alternatives are two patterns or more. */
const isAlternatives = (value: unknown): value is readonly unknown[] =>
  Array.isArray(value) && value.length > 1 && value.every(isObject);

/** What stands at a key, lists taken apart; nothing where there is no such key. */
function valuesAt(event: unknown, key: string): readonly unknown[] {
  if (!isObject(event) || !Object.hasOwn(event, key)) return [];
  const value = event[key];
  return Array.isArray(value) ? value.flat(Number.POSITIVE_INFINITY) : [value];
}

function fitsLeaf(values: readonly unknown[], tests: LeafTests): boolean {
  const leaves = values.filter((value) => !isObject(value));
  if (leaves.length === 0) return tests.absent;
  return tests.present || leaves.some((value) => tests.values.some((test) => test(value)));
}
