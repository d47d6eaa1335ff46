/** The operators of a policy's Condition. Source: IAM User Guide, "IAM JSON policy elements: Condition operators". */
import { BlockList, isIP } from 'node:net';
import { parseTimestamp } from '../../aws/protocol/timestamp.ts';
import { matchesArn, matchesWildcard } from './wildcard.ts';

/** Whether a value of the request satisfies a value of the policy. */
type Comparison = (given: string, wanted: string) => boolean;

export interface ConditionOperator {
  readonly holds: Comparison;
  /** None of the policy's values may match; true when the request has no value at all. */
  readonly negated: boolean;
}

const numbers =
  (compare: (given: number, wanted: number) => boolean): Comparison =>
  (given, wanted) =>
    given.trim() !== '' && wanted.trim() !== '' && compare(Number(given), Number(wanted));

/** Epoch seconds, or a date of ISO 8601. */
const instant = (text: string): number =>
  (parseTimestamp(text, 'date-time') ?? parseTimestamp(text, 'epoch-seconds'))?.getTime() ?? Number.NaN;

const dates =
  (compare: (given: number, wanted: number) => boolean): Comparison =>
  (given, wanted) =>
    compare(instant(given), instant(wanted));

const sameText: Comparison = (given, wanted) => given === wanted;
const sameLetters: Comparison = (given, wanted) => given.toLowerCase() === wanted.toLowerCase();
const like: Comparison = (given, wanted) => matchesWildcard(wanted, given);
/** ArnEquals means the same: it takes wildcards too. */
const arn: Comparison = (given, wanted) => matchesArn(wanted, given);

function inNetwork(given: string, wanted: string): boolean {
  const [network = '', prefix] = wanted.split('/');
  const version = isIP(network);
  if (version === 0 || isIP(given) !== version) return false;
  const bits = prefix === undefined ? (version === 4 ? 32 : 128) : Number(prefix);
  if (!Number.isInteger(bits) || bits < 0 || bits > (version === 4 ? 32 : 128)) return false;
  const list = new BlockList();
  const family = version === 4 ? 'ipv4' : 'ipv6';
  list.addSubnet(network, bits, family);
  return list.check(given, family);
}

const is = (holds: Comparison): ConditionOperator => ({ holds, negated: false });
const isNot = (holds: Comparison): ConditionOperator => ({ holds, negated: true });

/** By name; `Null` is not among them, since it asks whether there is a value and not which. */
const operators: Readonly<Record<string, ConditionOperator>> = {
  StringEquals: is(sameText),
  StringNotEquals: isNot(sameText),
  StringEqualsIgnoreCase: is(sameLetters),
  StringNotEqualsIgnoreCase: isNot(sameLetters),
  StringLike: is(like),
  StringNotLike: isNot(like),
  ArnEquals: is(arn),
  ArnNotEquals: isNot(arn),
  ArnLike: is(arn),
  ArnNotLike: isNot(arn),
  Bool: is(sameLetters),
  BinaryEquals: is(sameText),
  NumericEquals: is(numbers((given, wanted) => given === wanted)),
  NumericNotEquals: isNot(numbers((given, wanted) => given === wanted)),
  NumericLessThan: is(numbers((given, wanted) => given < wanted)),
  NumericLessThanEquals: is(numbers((given, wanted) => given <= wanted)),
  NumericGreaterThan: is(numbers((given, wanted) => given > wanted)),
  NumericGreaterThanEquals: is(numbers((given, wanted) => given >= wanted)),
  DateEquals: is(dates((given, wanted) => given === wanted)),
  DateNotEquals: isNot(dates((given, wanted) => given === wanted)),
  DateLessThan: is(dates((given, wanted) => given < wanted)),
  DateLessThanEquals: is(dates((given, wanted) => given <= wanted)),
  DateGreaterThan: is(dates((given, wanted) => given > wanted)),
  DateGreaterThanEquals: is(dates((given, wanted) => given >= wanted)),
  IpAddress: is(inNetwork),
  NotIpAddress: isNot(inNetwork),
};

export const findOperator = (name: string): ConditionOperator | undefined =>
  Object.hasOwn(operators, name) ? operators[name] : undefined;
