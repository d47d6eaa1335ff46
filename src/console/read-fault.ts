/** A fault as it is asked for: JSON, checked member by member, each refusal in one sentence. */
import { parseFunctionReference } from '../aws/function-arn.ts';
import type { FaultWish } from '../invocation/fault-wish.ts';
import { type ThrottleReason, throttleReasons } from '../invocation/invocation-outcome.ts';
import { milliseconds } from '../kernel/quantity.ts';

export class InvalidFault extends Error {
  override readonly name = 'InvalidFault';
}

type Members = Readonly<Record<string, unknown>>;

/** What each kind takes beside `function`, `qualifier` and `count`. */
const membersOf = {
  throttle: ['reason'],
  'service-error': ['errorMessage'],
  'function-error': ['errorType', 'errorMessage'],
  latency: ['milliseconds'],
  'init-delay': ['milliseconds'],
  'cold-start': [],
} as const satisfies Record<FaultWish['effect']['kind'], readonly string[]>;

type Kind = keyof typeof membersOf;
const kinds = Object.keys(membersOf) as readonly Kind[];
const common = ['function', 'qualifier', 'kind', 'count'];

/** The longest that a function may take at all, and more than any init phase. */
const longestDelay = 900_000;
const mostStrikes = 1_000_000;

/** @throws InvalidFault */
export function readFault(body: Buffer): FaultWish {
  const members = objectOf(body);
  const kind = kinds.find((known) => known === members['kind']);
  if (kind === undefined) throw new InvalidFault(`kind must be one of ${kinds.join(', ')}${given(members['kind'])}.`);
  const allowed: readonly string[] = [...common, ...membersOf[kind]];
  const unknown = Object.keys(members).find((name) => !allowed.includes(name));
  if (unknown !== undefined)
    throw new InvalidFault(`A ${kind} fault has no "${unknown}": it takes ${allowed.join(', ')}.`);
  return {
    scope: scopeOf(members),
    effect: effectOf(kind, members),
    count: wholeNumber(members, 'count', mostStrikes) ?? 1,
  };
}

function objectOf(body: Buffer): Members {
  let value: unknown;
  try {
    value = JSON.parse(body.toString());
  } catch {
    value = undefined;
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Members;
  throw new InvalidFault(
    'The body must be a JSON object such as {"function": "hello", "kind": "throttle", "count": 2}.',
  );
}

function scopeOf(members: Members): FaultWish['scope'] {
  const name = members['function'];
  const reference = typeof name === 'string' ? parseFunctionReference(name) : undefined;
  if (reference === undefined) throw new InvalidFault(`function must be the name or ARN of a function${given(name)}.`);
  const { account, region } = reference;
  const qualifier = text(members, 'qualifier') ?? reference.qualifier;
  if (reference.qualifier !== undefined && qualifier !== reference.qualifier) {
    throw new InvalidFault(`function and qualifier name two qualifiers, ${reference.qualifier} and ${qualifier}.`);
  }
  return { functionName: reference.name, account, region, qualifier };
}

function effectOf(kind: Kind, members: Members): FaultWish['effect'] {
  switch (kind) {
    case 'throttle':
      return { kind, reason: reasonOf(members['reason']) };
    case 'service-error':
      return { kind, errorMessage: text(members, 'errorMessage') ?? 'Lambda failed, as it was asked to.' };
    case 'function-error':
      return {
        kind,
        errorType: text(members, 'errorType') ?? 'Error',
        errorMessage: text(members, 'errorMessage') ?? 'The function failed, as it was asked to.',
      };
    case 'latency':
    case 'init-delay': {
      const delay = wholeNumber(members, 'milliseconds', longestDelay);
      if (delay === undefined) throw new InvalidFault(`A ${kind} fault needs milliseconds, from 1 to ${longestDelay}.`);
      return { kind, delay: milliseconds(delay) };
    }
    case 'cold-start':
      return { kind };
  }
}

function reasonOf(value: unknown): ThrottleReason {
  if (value === undefined) return 'ReservedFunctionConcurrentInvocationLimitExceeded';
  const reason = throttleReasons.find((known) => known === value);
  if (reason === undefined)
    throw new InvalidFault(`reason must be one of ${throttleReasons.join(', ')}${given(value)}.`);
  return reason;
}

function text(members: Members, name: string): string | undefined {
  const value = members[name];
  if (value === undefined || (typeof value === 'string' && value !== '' && value.length <= 4096)) return value;
  throw new InvalidFault(`${name} must be text of 1 to 4096 characters.`);
}

function wholeNumber(members: Members, name: string, most: number): number | undefined {
  const value = members[name];
  if (value === undefined) return undefined;
  if (typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= most) return value;
  throw new InvalidFault(`${name} must be a whole number from 1 to ${most}${given(value)}.`);
}

const given = (value: unknown): string => (value === undefined ? '' : `, not ${JSON.stringify(value).slice(0, 100)}`);
