/** Deletes a function with all that belongs to it, or one published version of it. */
import type { LambdaCall, LambdaOperation } from '../lambda-call.ts';
import { functionNotFound, invalidParameterValue } from '../lambda-error.ts';
import { latestVersion } from '../version/version-record.ts';
import { addressFunction } from './function-address.ts';
import { forgetFunction } from './function-key.ts';
import type { FunctionRecord } from './function-record.ts';

/**
 * `DeleteFunction`; a published version that is not there is deleted successfully.
 * @throws ServiceError ResourceNotFoundException, InvalidParameterValueException for an alias and for `$LATEST`.
 * @see AWS Lambda API reference, DeleteFunction
 */
export const deleteFunction: LambdaOperation<'DeleteFunction'> = (input, call) => {
  const { name, arn, qualifier } = addressFunction(call.scope, input.FunctionName, input.Qualifier);
  if (qualifier !== undefined && isAliasName(qualifier)) {
    throw invalidParameterValue('Deletion of aliases is not currently supported.');
  }
  if (qualifier === latestVersion) {
    throw invalidParameterValue('$LATEST version cannot be deleted without deleting the function.');
  }
  const record = call.functions.find(call.scope, name);
  if (record === undefined || (qualifier !== undefined && !isNumber(qualifier))) throw functionNotFound(arn);
  if (qualifier === undefined) deleteAll(record, call);
  else deleteVersion(record, qualifier, call);
  return { StatusCode: record.latest.settings.capacityProvider === undefined ? 204 : 202 };
};

const isNumber = (qualifier: string): boolean => /^\d+$/.test(qualifier);
const isAliasName = (qualifier: string): boolean => /^[a-zA-Z0-9-_]+$/.test(qualifier) && !isNumber(qualifier);

function deleteAll(record: FunctionRecord, { functions, stores, lifecycle }: LambdaCall): void {
  const { scope, name, latest, serving } = record;
  const published = functions.listVersions(scope, name, 0, record.lastPublished);
  forgetFunction(stores, scope, name);
  functions.remove(scope, name);
  for (const version of published) lifecycle.letGo(version);
  lifecycle.letGo(latest);
  if (serving !== undefined && serving.generation !== latest.generation) lifecycle.letGo(serving);
}

function deleteVersion({ scope, name }: FunctionRecord, number: string, { functions, lifecycle }: LambdaCall): void {
  const version = functions.findVersion(scope, name, number);
  if (version === undefined) return;
  functions.removeVersion(scope, name, number);
  lifecycle.letGo(version);
}
