/** `InvokeAsync`: the older form of Invoke with InvocationType Event. */
import type { LambdaOperations } from '../../aws/generated/lambda-operations.ts';
import type { Operation } from '../../aws/operation-table.ts';
import { type EventAcceptor, maxEvent } from './event-acceptor.ts';
import { requestPayload } from './request-payload.ts';

type InvokeAsyncTypes = LambdaOperations['InvokeAsync'];

/**
 * @throws ServiceError ResourceNotFoundException, InvalidRequestContentException, …
 * @see AWS Lambda API reference, InvokeAsync
 */
export const invokeAsyncOperation =
  (events: EventAcceptor): Operation<InvokeAsyncTypes['input'], InvokeAsyncTypes['output']> =>
  (input, call) => {
    events.accept({
      target: { scope: call.scope, functionName: input.FunctionName, qualifier: undefined },
      requestId: call.requestId,
      payload: requestPayload(input.InvokeArgs, maxEvent),
      clientContext: undefined,
      traceHeader: call.traceHeader,
      tail: false,
    });
    return { Status: 202 };
  };
