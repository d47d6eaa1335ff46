/** How AWS words a refusal on the wire: status, header and the exact members of the body. */
import assert from 'node:assert/strict';
import type { ApiAnswer } from './api-request.ts';

export interface Refusal {
  readonly status: number;
  readonly code: string;
  /** `message` or `Message`, as the exception has it, and `Type` where AWS sends one. */
  readonly body: Readonly<Record<string, unknown>>;
}

/** Front-end validation: the body has the message alone. */
export const validation = (message: string): Refusal => ({
  status: 400,
  code: 'ValidationException',
  body: { message },
});

export const invalidParameter = (message: string): Refusal => ({
  status: 400,
  code: 'InvalidParameterValueException',
  body: { Type: 'User', message },
});

export const notFound = (message: string): Refusal => ({
  status: 404,
  code: 'ResourceNotFoundException',
  body: { Type: 'User', Message: message },
});

export const conflict = (message: string): Refusal => ({
  status: 409,
  code: 'ResourceConflictException',
  body: { Type: 'User', message },
});

export const entityTooLarge = (message: string): Refusal => ({
  status: 413,
  code: 'RequestEntityTooLargeException',
  body: { message },
});

/** One violated constraint, in the words of the front end. */
export const violation = (value: string, member: string, rule: string): string =>
  `1 validation error detected: Value '${value}' at '${member}' failed to satisfy constraint: Member must ${rule}`;

export function assertRefused(answer: ApiAnswer, refusal: Refusal): void {
  assert.deepEqual(
    { status: answer.status, code: answer.errorType, body: answer.json },
    { status: refusal.status, code: refusal.code, body: refusal.body },
  );
  assert.match(answer.headers.get('content-type') ?? '', /^application\/json/);
  assert.match(answer.headers.get('x-amzn-requestid') ?? '', /^[0-9a-f-]{36}$/);
}
