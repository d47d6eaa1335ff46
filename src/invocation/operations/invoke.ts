/** `Invoke`: the operation of the API around `invocation/invoke.ts`. */
import type { LambdaOperations } from '../../aws/generated/lambda-operations.ts';
import type { Operation } from '../../aws/operation-table.ts';
import type { Bytes } from '../../kernel/quantity.ts';
import { type InvokeDeps, invoke } from '../invoke.ts';
import { type Answered, answered } from './answered.ts';
import { type EventAcceptor, maxEvent } from './event-acceptor.ts';
import { checkInvocable, invocationRequest } from './invocation-request.ts';

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
    switch (input.InvocationType) {
      case 'DryRun':
        checkInvocable(input, call, deps.catalogue);
        return { StatusCode: 204 };
      case 'Event':
        deps.events.accept({ ...invocationRequest(input, call, maxEvent), tail: false });
        return { StatusCode: 202 };
      default:
        return outputOf(answered(await invoke(invocationRequest(input, call, deps.maxRequest), deps)));
    }
  };

const outputOf = ({ result, logTail, executedVersion, payload }: Answered): InvokeTypes['output'] => ({
  StatusCode: 200,
  ...(result === 'failed' && { FunctionError: 'Unhandled' }),
  ...(logTail && { LogResult: logTail.toString('base64') }),
  ExecutedVersion: executedVersion,
  Payload: payload,
});
