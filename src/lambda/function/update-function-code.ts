/** Gives a function new code. */
import { checkUploadSize } from '../code/checked-archive.ts';
import type { CodeSource } from '../code/code-source.ts';
import { inspectCode, receiveCode, releaseCode } from '../code/received-code.ts';
import { configurationOutput } from '../configuration/configuration-output.ts';
import { checkCodeInput } from '../configuration/package-rules.ts';
import type { LambdaCall, LambdaOperation } from '../lambda-call.ts';
import { publish } from '../version/publish.ts';
import { changeLatest, requireChangeable } from './change-latest.ts';
import type { FunctionRecord } from './function-record.ts';

type UpdateInput = Parameters<LambdaOperation<'UpdateFunctionCode'>>[0];

/**
 * `UpdateFunctionCode`; with DryRun the reply shows what would be and nothing changes, with Publish it shows the
 * version that was published.
 * @throws ServiceError InvalidParameterValueException, ResourceNotFoundException, PreconditionFailedException,
 * ResourceConflictException, RequestEntityTooLargeException, CodeStorageExceededException.
 * @see AWS Lambda API reference, UpdateFunctionCode
 */
export const updateFunctionCode: LambdaOperation<'UpdateFunctionCode'> = async (input, call) => {
  if (input.ZipFile !== undefined) checkUploadSize(input.ZipFile, call.limits);
  const before = requireChangeable(input, call);
  checkCodeInput(before.latest.settings.packageType, input, 'updating');
  if (input.DryRun === true) {
    const source = await inspectCode(input, call.limits);
    return configurationOutput(before, { ...before.latest, ...changeOf(before, input, source) }, undefined);
  }
  const source = await receiveCode(input, call);
  const record = change(input, source, call);
  const { functions, scope, lifecycle } = call;
  const published = input.Publish === true ? publish(record, call) : undefined;
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
    return changeLatest(record, changeOf(record, input, source), call);
  } catch (error) {
    releaseCode(source, call.codeStore);
    throw error;
  }
}

const changeOf = ({ latest }: FunctionRecord, input: UpdateInput, source: CodeSource) => ({
  source,
  settings: { ...latest.settings, architecture: input.Architectures?.[0] ?? latest.settings.architecture },
});
