/** Shows a version of a function with a link to its code. */

import type { CodeSource } from '../code/code-source.ts';
import { configurationOutput, imageDigest } from '../configuration/configuration-output.ts';
import type { LambdaCall, LambdaOperation } from '../lambda-call.ts';
import { requireVersion } from '../version/require-version.ts';

/**
 * `GetFunction`; Tags and Concurrency are there only when the function has some.
 * @throws ServiceError ResourceNotFoundException.
 * @see AWS Lambda API reference, GetFunction
 */
export const getFunction: LambdaOperation<'GetFunction'> = (input, call) => {
  const { record, version, qualifier } = requireVersion(input, call);
  const reserved = record.traits.reservedConcurrency;
  return {
    Configuration: configurationOutput(record, version, qualifier),
    Code: codeLocation(version.source, call),
    Concurrency: reserved === undefined ? undefined : { ReservedConcurrentExecutions: reserved },
    Tags: Object.keys(record.tags).length === 0 ? undefined : record.tags,
  };
};

function codeLocation(
  source: CodeSource,
  { codeLocations }: LambdaCall,
): Awaited<ReturnType<LambdaOperation<'GetFunction'>>>['Code'] {
  if (source.kind === 'zip') return { RepositoryType: 'S3', Location: codeLocations.mint(source.code) };
  if (source.kind === 'folder') return { RepositoryType: 'S3', Location: `file://${source.folder}` };
  const [repository] = source.uri.split(/[:@](?!.*\/)/);
  return {
    RepositoryType: 'ECR',
    ImageUri: source.uri,
    ResolvedImageUri: `${repository}@sha256:${imageDigest(source)}`,
  };
}
