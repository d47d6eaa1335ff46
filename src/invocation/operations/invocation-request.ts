/** What Invoke and InvokeWithResponseStream have in common: how their input names a function, an event and a context. */
import type { Call } from '../../aws/call.ts';
import type { Bytes } from '../../kernel/quantity.ts';
import type { InvocationTarget, VersionCatalogue } from '../../lambda/function/invocation-target.ts';
import { clientContextOf } from '../client-context.ts';
import type { InvocationRequest } from '../invoke.ts';
import { purposeOf } from '../tenancy.ts';
import { requestPayload } from './request-payload.ts';

export interface InvocationInput {
  readonly FunctionName: string;
  readonly Qualifier?: string | undefined;
  readonly TenantId?: string | undefined;
  readonly ClientContext?: string | undefined;
  readonly LogType?: 'None' | 'Tail' | undefined;
  readonly Payload?: Uint8Array | undefined;
}

/**
 * @param maxPayload of the event
 * @throws ServiceError RequestTooLargeException, InvalidRequestContentException
 */
export const invocationRequest = (input: InvocationInput, call: Call, maxPayload: Bytes): InvocationRequest => ({
  target: targetOf(input, call),
  requestId: call.requestId,
  payload: requestPayload(input.Payload, maxPayload),
  clientContext: clientContextOf(input.ClientContext),
  tenantId: input.TenantId,
  traceHeader: call.traceHeader,
  tail: input.LogType === 'Tail',
});

/**
 * `DryRun`: everything that can be known of an invocation without running it.
 * @throws ServiceError when the function could not be run
 */
export function checkInvocable(input: InvocationInput, call: Call, catalogue: VersionCatalogue): void {
  purposeOf(catalogue.resolve(targetOf(input, call)).version, input.TenantId);
}

const targetOf = (input: InvocationInput, { scope }: Call): InvocationTarget => ({
  scope,
  functionName: input.FunctionName,
  qualifier: input.Qualifier,
});
