/** What the payload of a failed invocation says, as the cause of a segment. */
import type { Random } from '../kernel/random.ts';
import type { SegmentDocument } from './segment-document.ts';

export type FunctionFailure = Required<Pick<SegmentDocument, 'fault' | 'cause'>>;

export function functionFailure(payload: Buffer, random: Random): FunctionFailure {
  const { errorType, errorMessage } = parsed(payload);
  const exception = {
    id: random.hex(8),
    ...(typeof errorType === 'string' && { type: errorType }),
    ...(typeof errorMessage === 'string' && { message: errorMessage }),
  };
  return { fault: true, cause: { exceptions: [exception] } };
}

/** Custom runtimes fail with what they like. */
function parsed(payload: Buffer): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(payload.toString());
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
