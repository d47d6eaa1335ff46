/** `InvokeWithResponseStream`: the operation of the API around `invocation/invoke.ts`, answered while the function runs. */
import type { LambdaOperations } from '../../aws/generated/lambda-operations.ts';
import type { Operation } from '../../aws/operation-table.ts';
import { ChunkQueue } from '../chunk-queue.ts';
import type { InvocationOutcome } from '../invocation-outcome.ts';
import { invoke } from '../invoke.ts';
import { type Answered, answered } from './answered.ts';
import { checkInvocable, invocationRequest } from './invocation-request.ts';
import type { InvokeOperationDeps } from './invoke.ts';

type StreamTypes = LambdaOperations['InvokeWithResponseStream'];
type StreamEvent = NonNullable<StreamTypes['output']['EventStream']> extends AsyncIterable<infer Event> ? Event : never;

/**
 * Each chunk that the function writes is one event; the last event says how the invocation ended.
 * @throws ServiceError as the API reference lists them, as long as nothing was answered yet
 * @see AWS Lambda API reference, InvokeWithResponseStream
 */
export const invokeWithResponseStreamOperation =
  (deps: InvokeOperationDeps): Operation<StreamTypes['input'], StreamTypes['output']> =>
  async (input, call) => {
    if (input.InvocationType === 'DryRun') {
      checkInvocable(input, call, deps.catalogue);
      return { StatusCode: 204 };
    }
    const chunks = new ChunkQueue();
    const request = { ...invocationRequest(input, call, deps.maxRequest), stream: chunks };
    const outcome = invoke(request, deps).finally(() => chunks.close());
    const begun = await Promise.race([chunks.begun, outcome.then(answered)]);
    return {
      StatusCode: 200,
      ExecutedVersion: begun.executedVersion,
      EventStream: events(chunks, outcome),
    };
  };

async function* events(chunks: ChunkQueue, outcome: Promise<InvocationOutcome>): AsyncGenerator<StreamEvent> {
  for await (const Payload of chunks) yield { PayloadChunk: { Payload } };
  yield { InvokeComplete: completion(answered(await outcome)) };
}

function completion({ result, payload, logTail }: Answered): NonNullable<StreamEvent['InvokeComplete']> {
  return {
    ...(result === 'failed' && { ErrorCode: 'Unhandled', ErrorDetails: payload.toString('utf8') }),
    ...(logTail && { LogResult: logTail.toString('base64') }),
  };
}
