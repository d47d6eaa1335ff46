/** `Invoke`: the operation of the API around `invocation/invoke.ts`. */
import type { LambdaOperations } from '../../aws/generated/lambda-operations.ts';
import type { Operation } from '../../aws/operation-table.ts';
import type { Bytes } from '../../kernel/quantity.ts';
import { clientContextOf } from '../client-context.ts';
import { notImplemented, payloadIsNotJson, rateExceeded, requestTooLarge, shuttingDown } from '../invocation-faults.ts';
import type { InvocationOutcome } from '../invocation-outcome.ts';
import { type InvokeDeps, invoke } from '../invoke.ts';
import { jsonFaultOf } from '../json-payload.ts';

type InvokeTypes = LambdaOperations['Invoke'];

const emptyEvent = Buffer.from('{}');

export interface InvokeOperationDeps extends InvokeDeps {
  /** Largest request payload of a synchronous invocation. At AWS: 6,291,556 bytes. */
  readonly maxRequest: Bytes;
}

/**
 * Runs a function and waits for its answer, or only checks that it could run (`DryRun`).
 * @throws ServiceError as the API reference lists them
 * @see AWS Lambda API reference, Invoke
 */
export const invokeOperation =
  (deps: InvokeOperationDeps): Operation<InvokeTypes['input'], InvokeTypes['output']> =>
  async (input, call) => {
    const target = { scope: call.scope, functionName: input.FunctionName, qualifier: input.Qualifier };
    if (input.InvocationType === 'Event') throw notImplemented('Invoke with InvocationType Event');
    if (input.InvocationType === 'DryRun') {
      deps.catalogue.resolve(target);
      return { StatusCode: 204 };
    }
    const payload = payloadOf(input.Payload, deps.maxRequest);
    const outcome = await invoke(
      {
        target,
        requestId: call.requestId,
        payload,
        clientContext: clientContextOf(input.ClientContext),
        traceHeader: call.traceHeader,
        tail: input.LogType === 'Tail',
      },
      deps,
    );
    return outputOf(outcome);
  };

function payloadOf(given: Uint8Array | undefined, limit: Bytes): Buffer {
  if (given === undefined || given.length === 0) return emptyEvent;
  if (given.length > limit) throw requestTooLarge(limit);
  const payload = Buffer.isBuffer(given) ? given : Buffer.from(given);
  const fault = jsonFaultOf(payload);
  if (fault !== undefined) throw payloadIsNotJson(fault);
  return payload;
}

function outputOf(outcome: InvocationOutcome): InvokeTypes['output'] {
  switch (outcome.kind) {
    case 'throttled':
      throw rateExceeded(outcome.reason, outcome.retryAfter);
    case 'stopped':
      throw shuttingDown();
    case 'answered':
      return {
        StatusCode: 200,
        ...(outcome.result === 'failed' && { FunctionError: 'Unhandled' }),
        ...(outcome.logTail && { LogResult: outcome.logTail.toString('base64') }),
        ExecutedVersion: outcome.executedVersion,
        Payload: outcome.payload,
      };
  }
}
