/** Changes how a function is configured. */
import { checkStaysDefault } from '../capacity-provider/managed-function-rules.ts';
import { retainCode } from '../code/received-code.ts';
import { checkUnsigned } from '../code-signing/checked-signature.ts';
import { configOfFunction } from '../code-signing/require-code-signing-config.ts';
import { changedSettings } from '../configuration/changed-settings.ts';
import { checkCombinedSize } from '../configuration/combined-size.ts';
import { configurationOutput } from '../configuration/configuration-output.ts';
import type { FunctionSettings } from '../configuration/function-settings.ts';
import type { LambdaCall, LambdaOperation } from '../lambda-call.ts';
import { obtainLayers } from '../layer/obtained-layers.ts';
import { changeLatest, requireChangeable } from './change-latest.ts';
import type { FunctionRecord } from './function-record.ts';

/**
 * `UpdateFunctionConfiguration`; what the request does not name stays.
 * @throws ServiceError InvalidParameterValueException, ResourceNotFoundException, PreconditionFailedException,
 * ResourceConflictException, CodeVerificationFailedException, AccessDeniedException for another account's layer.
 * @see AWS Lambda API reference, UpdateFunctionConfiguration
 */
export const updateFunctionConfiguration: LambdaOperation<'UpdateFunctionConfiguration'> = async (input, call) => {
  using obtained = await obtainLayers(input.Layers, call);
  const before = requireChangeable(input, call);
  checkStaysDefault(before.latest.settings, input.CapacityProviderConfig);
  const settings = changedSettings(before.latest.settings, input, call, obtained);
  const { source } = before.latest;
  if (input.Layers !== undefined) checkNewLayers(before, settings, call);
  retainCode(source, call.codeStore);
  const record = changeLatest(before, { settings, source }, call);
  if (call.synchronousCreate) await call.lifecycle.settled(record.latest, call.signal);
  const current = call.functions.find(call.scope, record.name)?.latest ?? record.latest;
  return configurationOutput(record, current, undefined);
};

function checkNewLayers(record: FunctionRecord, { layers }: FunctionSettings, call: LambdaCall): void {
  const { settings, source } = record.latest;
  checkCombinedSize(source, layers, call.limits);
  const added = layers.some(({ arn }) => settings.layers.every((former) => former.arn !== arn));
  if (added) checkUnsigned(record.name, configOfFunction(record, call));
}
