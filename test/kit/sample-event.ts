/** An event for a runtime, named by its request id. */
import type { RequestId } from '../../src/aws/call.ts';
import { milliseconds } from '../../src/kernel/quantity.ts';
import type { RuntimeEvent } from '../../src/runtime-api/runtime-event.ts';

export const requestId = (text: string): RequestId => text as RequestId;

export const sampleEvent = (id: string, changes: Partial<RuntimeEvent> = {}): RuntimeEvent => ({
  requestId: requestId(id),
  payload: Buffer.from(JSON.stringify({ id })),
  deadline: milliseconds(1_767_225_600_000),
  invokedFunctionArn: 'arn:aws:lambda:eu-west-1:123456789012:function:greeter',
  traceHeader: 'Root=1-0-0;Sampled=0',
  clientContext: undefined,
  ...changes,
});
