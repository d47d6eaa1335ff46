/** The outcome of a stream whose runtime let go of its connection in the middle and lived on. */
import type { Bytes } from '../kernel/quantity.ts';
import type { RunOutcome } from './environment-outcome.ts';

const errorType = 'Runtime.TruncatedResponse';
const payload = Buffer.from(JSON.stringify({ errorType, errorMessage: 'Response is incomplete' }));

export const truncatedAnswer = (size: Bytes): RunOutcome => ({
  kind: 'streamed',
  size,
  error: { errorType, payload },
});
