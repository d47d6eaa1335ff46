/** Changes how a function is configured. */
import { retainCode } from '../code/received-code.ts';
import { changedSettings } from '../configuration/changed-settings.ts';
import { configurationOutput } from '../configuration/configuration-output.ts';
import type { LambdaOperation } from '../lambda-call.ts';
import { changeLatest, requireChangeable } from './change-latest.ts';

/**
 * `UpdateFunctionConfiguration`; what the request does not name stays.
 * @throws ServiceError InvalidParameterValueException, ResourceNotFoundException, PreconditionFailedException,
 * ResourceConflictException.
 * @see AWS Lambda API reference, UpdateFunctionConfiguration
 */
export const updateFunctionConfiguration: LambdaOperation<'UpdateFunctionConfiguration'> = async (input, call) => {
  const before = requireChangeable(input, call);
  const settings = changedSettings(before.latest.settings, input, call);
  const { source } = before.latest;
  retainCode(source, call.codeStore);
  const record = changeLatest(before, { settings, source }, call);
  if (call.synchronousCreate) await call.lifecycle.settled(record.latest, call.signal);
  const current = call.functions.find(call.scope, record.name)?.latest ?? record.latest;
  return configurationOutput(record, current, undefined);
};
