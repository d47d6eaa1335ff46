/** Creates a function: checks everything, keeps the code, stores it as Pending and begins to prepare it. */
import { checkManaged } from '../capacity-provider/managed-function-rules.ts';
import { checkUploadSize } from '../code/checked-archive.ts';
import type { CodeSource } from '../code/code-source.ts';
import { receiveCode, releaseCode } from '../code/received-code.ts';
import { checkUnsigned } from '../code-signing/checked-signature.ts';
import { notForImages } from '../code-signing/function-to-sign.ts';
import { requireConfigForFunction } from '../code-signing/require-code-signing-config.ts';
import { requireKeptLayers } from '../configuration/attached-layers.ts';
import { changedSettings } from '../configuration/changed-settings.ts';
import { checkCombinedSize } from '../configuration/combined-size.ts';
import { configurationOutput } from '../configuration/configuration-output.ts';
import { defaultSettings, type FunctionSettings } from '../configuration/function-settings.ts';
import { checkCodeInput } from '../configuration/package-rules.ts';
import type { LambdaCall, LambdaOperation } from '../lambda-call.ts';
import { invalidParameterValue, qualifierNotPermitted, resourceConflict } from '../lambda-error.ts';
import { borrowLayers } from '../layer/borrowed-layers.ts';
import { type ObtainedLayers, obtainLayers } from '../layer/obtained-layers.ts';
import { checkTags } from '../tag/tag-rules.ts';
import { newVersion } from '../version/new-version.ts';
import { checkPublishTo, publish } from '../version/publish.ts';
import { latestVersion } from '../version/version-record.ts';
import { addressFunction, type FunctionAddress } from './function-address.ts';
import type { FunctionRecord } from './function-record.ts';
import { noTraits } from './function-traits.ts';

type CreateInput = Parameters<LambdaOperation<'CreateFunction'>>[0];

const nameAtMost = 64;

/**
 * `CreateFunction`; with Publish the reply shows version 1, its FunctionArn unqualified all the same.
 * @throws ServiceError InvalidParameterValueException, ResourceConflictException when there is one of that name,
 * RequestEntityTooLargeException, CodeStorageExceededException, CodeSigningConfigNotFoundException,
 * CodeVerificationFailedException, AccessDeniedException for another account's layer.
 * @see AWS Lambda API reference, CreateFunction
 */
export const createFunction: LambdaOperation<'CreateFunction'> = async (input, call) => {
  const address = newAddress(input, call);
  using obtained = await obtainLayers(input.Layers, call);
  const settings = checkedSettings(input, address, obtained, call);
  requireFree(address, call);
  const source = await receiveCode(input.Code, call);
  const record = store(input, { address, settings, source }, call);
  const published = input.Publish === true ? publish(record, { PublishTo: input.PublishTo }, call) : undefined;
  if (call.synchronousCreate) {
    await call.lifecycle.settled(record.latest, call.signal);
    if (published !== undefined) await call.lifecycle.settled(published, call.signal);
  }
  const { functions, scope } = call;
  const current = functions.find(scope, record.name)?.latest ?? record.latest;
  const shown = published && (functions.findVersion(scope, record.name, published.version) ?? published);
  return configurationOutput(record, shown ?? current, undefined);
};

function newAddress(input: CreateInput, call: LambdaCall): FunctionAddress {
  const address = addressFunction(call.scope, input.FunctionName);
  if (address.qualifier !== undefined) throw qualifierNotPermitted();
  if (address.name.length > nameAtMost) {
    throw invalidParameterValue(
      `1 validation error detected: Value '${input.FunctionName}' at 'functionName' failed to satisfy constraint: Member must have length less than or equal to ${nameAtMost}`,
    );
  }
  return address;
}

/** All that can be refused without looking into the code, in AWS's order. */
function checkedSettings(
  input: CreateInput,
  { name }: FunctionAddress,
  obtained: ObtainedLayers,
  call: LambdaCall,
): FunctionSettings {
  if (input.Code.ZipFile !== undefined) checkUploadSize(input.Code.ZipFile, call.limits);
  const settings = changedSettings(defaultSettings(name, input), input, call, obtained);
  checkCodeInput(settings.packageType, input.Code, 'creating');
  checkPublishTo(input, settings);
  if (input.Tags !== undefined) checkTags(input.Tags);
  if (input.CodeSigningConfigArn !== undefined) {
    if (settings.packageType === 'Image') throw notForImages();
    requireConfigForFunction(input.CodeSigningConfigArn, call);
  }
  return settings;
}

/** What the code itself is refused for, and what another call may have changed while this one kept the code. */
function checkStorable(input: CreateInput, { address, settings, source }: NewFunction, call: LambdaCall): void {
  requireFree(address, call);
  checkCombinedSize(source, settings.layers, call.limits);
  requireKeptLayers(settings.layers, call.codeStore);
  checkManaged(settings, call);
  if (input.CodeSigningConfigArn === undefined) return;
  checkUnsigned(address.name, requireConfigForFunction(input.CodeSigningConfigArn, call));
}

function requireFree({ name }: FunctionAddress, { functions, scope }: LambdaCall): void {
  if (functions.find(scope, name) !== undefined) throw resourceConflict(`Function already exist: ${name}`);
}

interface NewFunction {
  readonly address: FunctionAddress;
  readonly settings: FunctionSettings;
  readonly source: CodeSource;
}

function store(input: CreateInput, created: NewFunction, call: LambdaCall): FunctionRecord {
  const { address, settings, source } = created;
  const { scope, functions, codeStore, lifecycle, clock, random } = call;
  try {
    checkStorable(input, created, call);
  } catch (error) {
    releaseCode(source, codeStore);
    throw error;
  }
  const owner = { scope, name: address.name, arn: address.arn };
  const content = { version: latestVersion, settings, source, lastModified: clock.now() };
  const latest = newVersion(owner, { ...content, state: { kind: 'pending' } }, random);
  const { CodeSigningConfigArn: codeSigningConfigArn } = input;
  const traits = codeSigningConfigArn === undefined ? noTraits : { ...noTraits, codeSigningConfigArn };
  const record = { ...owner, tags: input.Tags ?? {}, traits, latest, serving: undefined, lastPublished: 0 };
  borrowLayers(settings.layers, codeStore);
  functions.put(record);
  lifecycle.beginLatest(record);
  return record;
}
