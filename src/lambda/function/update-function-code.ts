/** Gives a function new code. */
import { checkUploadSize } from '../code/checked-archive.ts';
import type { CodeSource } from '../code/code-source.ts';
import { inspectCode, receiveCode, releaseCode } from '../code/received-code.ts';
import { checkUnsigned } from '../code-signing/checked-signature.ts';
import { configOfFunction } from '../code-signing/require-code-signing-config.ts';
import { checkCombinedSize } from '../configuration/combined-size.ts';
import { configurationOutput } from '../configuration/configuration-output.ts';
import { checkCodeInput } from '../configuration/package-rules.ts';
import type { LambdaCall, LambdaOperation } from '../lambda-call.ts';
import { configSha256 } from '../version/config-sha256.ts';
import { checkPublishTo, publish } from '../version/publish.ts';
import { changeLatest, requireChangeable } from './change-latest.ts';
import type { FunctionRecord } from './function-record.ts';

type UpdateInput = Parameters<LambdaOperation<'UpdateFunctionCode'>>[0];

/**
 * `UpdateFunctionCode`; with DryRun the reply shows what would be and nothing changes, with Publish it shows the
 * version that was published.
 * @throws ServiceError InvalidParameterValueException, ResourceNotFoundException, PreconditionFailedException,
 * ResourceConflictException, RequestEntityTooLargeException, CodeStorageExceededException,
 * CodeVerificationFailedException.
 * @see AWS Lambda API reference, UpdateFunctionCode
 */
export const updateFunctionCode: LambdaOperation<'UpdateFunctionCode'> = async (input, call) => {
  if (input.ZipFile !== undefined) checkUploadSize(input.ZipFile, call.limits);
  const before = requireChangeable(input, call);
  checkCodeInput(before.latest.settings.packageType, input, 'updating');
  checkPublishTo(input, before.latest.settings);
  if (input.DryRun === true) {
    const source = await inspectCode(input, call);
    checkNewCode(before, source, call);
    const changed = changeOf(before, input, source);
    const shown = { ...before.latest, ...changed, configSha256: configSha256(changed.settings) };
    return configurationOutput(before, shown, undefined);
  }
  const source = await receiveCode(input, call);
  const record = change(input, source, call);
  const { functions, scope, lifecycle } = call;
  const published = input.Publish === true ? publish(record, { PublishTo: input.PublishTo }, call) : undefined;
  if (call.synchronousCreate) await lifecycle.settled(published ?? record.latest, call.signal);
  if (published === undefined) {
    return configurationOutput(record, functions.find(scope, record.name)?.latest ?? record.latest, undefined);
  }
  const shown = functions.findVersion(scope, record.name, published.version) ?? published;
  return configurationOutput(record, shown, published.version);
};

function change(input: UpdateInput, source: CodeSource, call: LambdaCall): FunctionRecord {
  try {
    // Again: while this call kept its code the function may have been changed or deleted.
    const record = requireChangeable(input, call);
    checkNewCode(record, source, call);
    return changeLatest(record, changeOf(record, input, source), call);
  } catch (error) {
    releaseCode(source, call.codeStore);
    throw error;
  }
}

function checkNewCode(record: FunctionRecord, source: CodeSource, call: LambdaCall): void {
  checkCombinedSize(source, record.latest.settings.layers, call.limits);
  checkUnsigned(record.name, configOfFunction(record, call));
}

const changeOf = ({ latest }: FunctionRecord, input: UpdateInput, source: CodeSource) => ({
  source,
  settings: { ...latest.settings, architecture: input.Architectures?.[0] ?? latest.settings.architecture },
});
