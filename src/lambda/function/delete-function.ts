/** Deletes a function with all that belongs to it, or one published version of it. */
import { isAliasName, namesVersion } from '../alias/alias-record.ts';
import type { LambdaCall, LambdaOperation } from '../lambda-call.ts';
import { functionNotFound, invalidParameterValue, resourceConflict } from '../lambda-error.ts';
import { unlimited } from '../record-store.ts';
import { latestPublished, latestVersion } from '../version/version-record.ts';
import { versionsAfter } from '../version/versions-after.ts';
import { addressFunction } from './function-address.ts';
import { forgetFunction, forgetQualifier, functionPrefix } from './function-key.ts';
import type { FunctionRecord } from './function-record.ts';

/**
 * `DeleteFunction`; a published version that is not there is deleted successfully.
 * @throws ServiceError ResourceNotFoundException, InvalidParameterValueException for an alias and for `$LATEST`,
 * ResourceConflictException for a version that an alias names.
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
  if (record === undefined || (qualifier !== undefined && !isPublished(qualifier))) throw functionNotFound(arn);
  if (qualifier === undefined) deleteAll(record, call);
  else deleteVersion(record, qualifier, call);
  return { StatusCode: record.latest.settings.capacityProvider === undefined ? 204 : 202 };
};

const isPublished = (qualifier: string): boolean => qualifier === latestPublished || /^\d+$/.test(qualifier);

function deleteAll(record: FunctionRecord, { functions, stores, lifecycle, concurrency }: LambdaCall): void {
  const { scope, name, latest, serving } = record;
  const published = versionsAfter(record, latestVersion, unlimited, functions);
  forgetFunction(stores, scope, name);
  functions.remove(scope, name);
  concurrency.refresh(scope, name);
  for (const version of published) lifecycle.letGo(version);
  lifecycle.letGo(latest);
  if (serving !== undefined && serving.generation !== latest.generation) lifecycle.letGo(serving);
}

function deleteVersion({ scope, name }: FunctionRecord, id: string, call: LambdaCall): void {
  const { functions, stores, lifecycle, concurrency } = call;
  const version = functions.findVersion(scope, name, id);
  if (version === undefined) return;
  const aliases = stores.aliases
    .list(scope, functionPrefix(name), undefined, unlimited)
    .filter(({ record }) => namesVersion(record, id))
    .map(({ record }) => record.name);
  if (aliases.length > 0) {
    throw resourceConflict(
      `Unable to delete version because the following aliases reference it: [${aliases.join(', ')}]`,
    );
  }
  forgetQualifier(stores, scope, name, id);
  functions.removeVersion(scope, name, id);
  concurrency.refresh(scope, name);
  lifecycle.letGo(version);
}
