/** Changes the URL of a function: what the request names replaces, the rest stays, the address too. */
import type { LambdaOperation } from '../lambda-call.ts';
import { functionUrlOutput } from './function-url-output.ts';
import type { FunctionUrlRecord } from './function-url-record.ts';
import { requireFunctionUrl } from './require-function-url.ts';

/**
 * `UpdateFunctionUrlConfig`; the reply names InvokeMode only when the request did.
 * @throws ServiceError ResourceNotFoundException when there is none.
 * @see AWS Lambda API reference, UpdateFunctionUrlConfig
 */
export const updateFunctionUrlConfig: LambdaOperation<'UpdateFunctionUrlConfig'> = (input, call) => {
  const current = requireFunctionUrl(input, call);
  const changed: FunctionUrlRecord = {
    ...current,
    authType: input.AuthType ?? current.authType,
    cors: input.Cors ?? current.cors,
    invokeMode: input.InvokeMode ?? current.invokeMode,
    lastModified: call.clock.now(),
  };
  call.stores.functionUrls.put(changed);
  return { ...functionUrlOutput(changed, call.publicHost()), InvokeMode: input.InvokeMode };
};
