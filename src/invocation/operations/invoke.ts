/** `Invoke`: the operation of the API around `invocation/invoke.ts`. */
import type { LambdaOperations } from '../../aws/generated/lambda-operations.ts';
import type { Operation } from '../../aws/operation-table.ts';
import type { Bytes } from '../../kernel/quantity.ts';
import { clientContextOf } from '../client-context.ts';
import { rateExceeded, shuttingDown } from '../invocation-faults.ts';
import type { InvocationOutcome } from '../invocation-outcome.ts';
import { type InvokeDeps, invoke } from '../invoke.ts';
import { purposeOf } from '../tenancy.ts';
import { type EventAcceptor, maxEvent } from './event-acceptor.ts';
import { requestPayload } from './request-payload.ts';

type InvokeTypes = LambdaOperations['Invoke'];

export interface InvokeOperationDeps extends InvokeDeps {
  /** Largest request payload of a synchronous invocation. At AWS: 6,291,556 bytes. */
  readonly maxRequest: Bytes;
  readonly events: EventAcceptor;
}

/**
 * Runs a function and waits for its answer, accepts an event to be run later (`Event`), or only checks that the function
 * could run (`DryRun`).
 * @throws ServiceError as the API reference lists them
 * @see AWS Lambda API reference, Invoke
 */
export const invokeOperation =
  (deps: InvokeOperationDeps): Operation<InvokeTypes['input'], InvokeTypes['output']> =>
  async (input, call) => {
    const target = { scope: call.scope, functionName: input.FunctionName, qualifier: input.Qualifier };
    if (input.InvocationType === 'DryRun') {
      purposeOf(deps.catalogue.resolve(target).version, input.TenantId);
      return { StatusCode: 204 };
    }
    const later = input.InvocationType === 'Event';
    const request = {
      target,
      requestId: call.requestId,
      payload: requestPayload(input.Payload, later ? maxEvent : deps.maxRequest),
      clientContext: clientContextOf(input.ClientContext),
      tenantId: input.TenantId,
      traceHeader: call.traceHeader,
      tail: input.LogType === 'Tail' && !later,
    };
    if (later) {
      deps.events.accept(request);
      return { StatusCode: 202 };
    }
    return outputOf(await invoke(request, deps));
  };

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
