/**
 * The policy of a form: what its signer allows the sender to put.
 * @see Amazon S3 API reference, "Creating a POST policy"
 */
import { parseTimestamp } from '../../../aws/protocol/timestamp.ts';
import { ServiceError } from '../../../aws/service-error.ts';
import type { Milliseconds } from '../../../kernel/quantity.ts';
import { accessDenied } from '../s3-error.ts';

export interface PostPolicy {
  /** In bytes, both included. */
  readonly minSize: number;
  readonly maxSize: number;
}

type Condition = readonly unknown[] | Readonly<Record<string, unknown>>;

/** Fields that no condition has to speak of. */
const free = new Set(['x-amz-signature', 'file', 'policy', 'awsaccesskeyid', 'signature', 'bucket']);

/** @throws ServiceError AccessDenied, InvalidPolicyDocument */
export function checkPolicy(encoded: string, fields: ReadonlyMap<string, string>, now: Milliseconds): PostPolicy {
  const { expiration, conditions } = parsed(encoded);
  const end = parseTimestamp(expiration, 'date-time');
  if (end === undefined) throw invalid(`Invalid 'expiration' value: '${expiration}'`);
  if (now > end.getTime()) throw accessDenied('Invalid according to Policy: Policy expired.');
  let size: PostPolicy = { minSize: 0, maxSize: Number.POSITIVE_INFINITY };
  const spokenOf = new Set<string>();
  for (const condition of conditions) {
    const [operator, name, value] = ruleOf(condition);
    if (operator === 'content-length-range') {
      size = { minSize: Number(name), maxSize: Number(value) };
      continue;
    }
    const field = String(name).replace(/^\$/, '').toLowerCase();
    const given = fields.get(field) ?? '';
    spokenOf.add(field);
    const holds = operator === 'starts-with' ? given.startsWith(String(value)) : given === String(value);
    if (!holds) {
      throw accessDenied(
        `Invalid according to Policy: Policy Condition failed: ${JSON.stringify([operator, `$${field}`, value])}`,
      );
    }
  }
  const extra = [...fields.keys()].filter(
    (field) => !spokenOf.has(field) && !free.has(field) && !field.startsWith('x-ignore-'),
  );
  if (extra.length > 0) throw accessDenied(`Invalid according to Policy: Extra input fields: ${extra.join(', ')}`);
  return size;
}

/** An object stands for equality. */
function ruleOf(condition: Condition): readonly [operator: string, name: unknown, value: unknown] {
  if (!Array.isArray(condition)) {
    const [entry] = Object.entries(condition);
    if (entry === undefined)
      throw invalid('Invalid Simple-Condition: Simple-Conditions must have exactly one property specified.');
    return ['eq', entry[0], entry[1]];
  }
  const [operator, name, value] = condition as readonly unknown[];
  const known = String(operator).toLowerCase();
  if (!['eq', 'starts-with', 'content-length-range'].includes(known)) throw invalid(`Invalid operator '${known}'`);
  return [known, name, value];
}

function parsed(encoded: string): { readonly expiration: string; readonly conditions: readonly Condition[] } {
  let policy: unknown;
  try {
    policy = JSON.parse(Buffer.from(encoded, 'base64').toString('utf8'));
  } catch {
    throw invalid('Invalid JSON.');
  }
  const { expiration, conditions } = (policy ?? {}) as { readonly expiration?: unknown; readonly conditions?: unknown };
  if (typeof expiration !== 'string') throw invalid('Policy missing expiration.');
  if (!Array.isArray(conditions)) throw invalid('Policy missing conditions.');
  const all = conditions as readonly unknown[];
  if (!all.every((item): item is Condition => typeof item === 'object' && item !== null))
    throw invalid('Invalid condition.');
  return { expiration, conditions: all };
}

const invalid = (why: string): ServiceError =>
  new ServiceError('InvalidPolicyDocument', `Invalid Policy: ${why}`, { status: 400 });
