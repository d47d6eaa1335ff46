/** The code that a request brings, checked and kept. */
import { codeStorageExceeded, invalidParameterValue } from '../lambda-error.ts';
import type { LambdaLimits } from '../lambda-limits.ts';
import { checkArchive } from './checked-archive.ts';
import type { CodeSource } from './code-source.ts';
import { type CodeStore, codeReference } from './code-store.ts';

export interface CodeInput {
  readonly ZipFile?: Buffer | undefined;
  readonly ImageUri?: string | undefined;
}

export interface ReceivedCodeDeps {
  readonly codeStore: CodeStore;
  readonly limits: LambdaLimits;
}

/**
 * Keeps the code and counts one use of it: whoever does not go through with it gives that back (`releaseCode`).
 * @throws ServiceError InvalidParameterValueException for an archive that is refused and for code in a bucket, of
 * which there are none here yet; CodeStorageExceededException when it does not fit any more.
 */
export async function receiveCode(input: CodeInput, { codeStore, limits }: ReceivedCodeDeps): Promise<CodeSource> {
  const source = await inspectCode(input, limits);
  if (source.kind === 'image' || input.ZipFile === undefined) return source;
  if (codeStore.usedSize + input.ZipFile.length > limits.totalCodeSize) throw codeStorageExceeded();
  return { kind: 'zip', code: await codeStore.put(input.ZipFile) };
}

/** The same checks, and nothing is kept. */
export async function inspectCode(input: CodeInput, limits: LambdaLimits): Promise<CodeSource> {
  if (input.ImageUri !== undefined) return { kind: 'image', uri: input.ImageUri };
  if (input.ZipFile === undefined) {
    throw invalidParameterValue(
      'Error occurred while GetObject. S3 Error Code: NoSuchBucket. S3 Error Message: The specified bucket does not exist',
    );
  }
  await checkArchive(input.ZipFile, limits);
  return { kind: 'zip', code: await codeReference(input.ZipFile) };
}

export function retainCode(source: CodeSource, codeStore: CodeStore): void {
  if (source.kind === 'zip') codeStore.retain(source.code);
}

export function releaseCode(source: CodeSource, codeStore: CodeStore): void {
  if (source.kind === 'zip') codeStore.release(source.code);
}
