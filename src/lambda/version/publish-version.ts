/** Publishes what `$LATEST` is now, under a number that nothing else had or will have. */
import { configurationOutput, shownSha256 } from '../configuration/configuration-output.ts';
import { requireChangeable } from '../function/change-latest.ts';
import type { FunctionRecord } from '../function/function-record.ts';
import type { LambdaCall, LambdaOperation } from '../lambda-call.ts';
import { codeStorageExceeded, invalidParameterValue, notInState } from '../lambda-error.ts';
import { checkPublishTo, publish, publishedAlready } from './publish.ts';

/**
 * `PublishVersion`.
 * @throws ServiceError ResourceNotFoundException, PreconditionFailedException for another RevisionId,
 * InvalidParameterValueException for another CodeSha256, ResourceConflictException while the function is Pending,
 * Failed or being updated, CodeStorageExceededException.
 * @see AWS Lambda API reference, PublishVersion
 */
export const publishVersion: LambdaOperation<'PublishVersion'> = (input, call) => {
  const record = requireChangeable(input, call);
  if (record.latest.state.kind === 'failed') throw notInState('Failed');
  checkCodeHash(record, input.CodeSha256);
  checkPublishTo(input, record.latest.settings);
  if (publishedAlready(record, input, call.functions) === undefined) checkRoom(record, call);
  const version = publish(record, input, call);
  return configurationOutput(record, version, version.version);
};

/** A version counts with all its code, although that is kept once. */
function checkRoom({ latest: { source } }: FunctionRecord, { codeStore, limits }: LambdaCall): void {
  if (source.kind === 'zip' && codeStore.usedSize + source.code.size > limits.totalCodeSize)
    throw codeStorageExceeded();
}

function checkCodeHash({ latest }: FunctionRecord, expected: string | undefined): void {
  const actual = shownSha256(latest.source);
  if (expected === undefined || expected === actual) return;
  throw invalidParameterValue(
    `CodeSHA256 (${expected}) is different from current CodeSHA256 in $LATEST (${actual}). Please try again with the CodeSHA256 in $LATEST.`,
  );
}
