/** What a function on a capacity provider can be invoked as: instances run published versions only. */
import { ServiceError } from '../../aws/service-error.ts';
import type { FunctionRecord } from '../function/function-record.ts';
import type { FunctionStore } from '../function/function-store.ts';
import { invalidParameterValue } from '../lambda-error.ts';
import { latestPublished, latestVersion } from './version-record.ts';
import { versionsAfter } from './versions-after.ts';

/**
 * @throws ServiceError InvalidParameterValueException for `$LATEST`, NoPublishedVersionException when nothing is
 * published that could be meant.
 * @see AWS Lambda Developer Guide, "$LATEST.PUBLISHED version in Lambda Managed Instances"
 */
export function checkInvocable(owner: FunctionRecord, version: string, functions: FunctionStore): void {
  const { scope, name } = owner;
  if (version === latestPublished && functions.findVersion(scope, name, latestPublished) === undefined) {
    throw noPublishedVersion();
  }
  if (version !== latestVersion) return;
  if (versionsAfter(owner, latestVersion, 1, functions).length === 0) throw noPublishedVersion();
  throw invalidParameterValue(
    "Functions configured with capacity provider configuration can't be invoked with $LATEST qualifier. To invoke this function, specify a published version qualifier or $LATEST.PUBLISHED.",
  );
}

const noPublishedVersion = (): ServiceError =>
  new ServiceError(
    'NoPublishedVersionException',
    "The function can't be invoked because no published version exists. For functions with capacity provider configuration, either publish a version to $LATEST.PUBLISHED, or specify a published version qualifier.",
  );
