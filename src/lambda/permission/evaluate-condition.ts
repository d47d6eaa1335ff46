/** Whether the Condition of a statement holds for a request. */
import { type ConditionOperator, findOperator } from './condition-operators.ts';
import { listed, type OneOrMore, type PolicyCondition } from './policy-document.ts';

/** Values of condition keys by the keys' names in small letters, since a key is the same in any case. */
export type ConditionContext = ReadonlyMap<string, readonly string[]>;

/** An operator as a policy writes it, taken apart. */
interface WrittenOperator {
  readonly quantifier: 'any' | 'all' | undefined;
  readonly name: string;
  /** Holds as well when the request has no such key. */
  readonly ifExists: boolean;
}

/** All operators and all their keys must hold. An operator that does not exist never does. */
export function conditionHolds(condition: PolicyCondition | undefined, context: ConditionContext): boolean {
  return Object.entries(condition ?? {}).every(([operator, keys]) =>
    Object.entries(keys).every(([key, wanted]) => keyHolds(readOperator(operator), key, wanted, context)),
  );
}

export function isConditionOperator(written: string): boolean {
  const { name, ifExists } = readOperator(written);
  return name === 'Null' ? !ifExists : findOperator(name) !== undefined;
}

function readOperator(written: string): WrittenOperator {
  const quantified = /^(ForAnyValue|ForAllValues):(.*)$/s.exec(written);
  const base = quantified?.[2] ?? written;
  const ifExists = base.endsWith('IfExists');
  return {
    quantifier: quantified === null ? undefined : quantified[1] === 'ForAnyValue' ? 'any' : 'all',
    name: ifExists ? base.slice(0, -'IfExists'.length) : base,
    ifExists,
  };
}

function keyHolds(
  { quantifier, name, ifExists }: WrittenOperator,
  key: string,
  wanted: OneOrMore<string | number | boolean>,
  context: ConditionContext,
): boolean {
  const given = context.get(key.toLowerCase());
  const values = listed(wanted).map(String);
  if (name === 'Null') return values.some((value) => (value.toLowerCase() === 'true') === (given === undefined));
  const operator = findOperator(name);
  if (operator === undefined) return false;
  if (given === undefined) return ifExists || operator.negated || quantifier === 'all';
  const one = (value: string): boolean => valueHolds(operator, value, values);
  // Without a quantifier a key has one value; were there more, one match would do, and one counter-example would not.
  if (quantifier === 'all' || (quantifier === undefined && operator.negated)) return given.every(one);
  return given.some(one);
}

const valueHolds = ({ holds, negated }: ConditionOperator, given: string, wanted: readonly string[]): boolean =>
  wanted.some((value) => holds(given, value)) !== negated;
