/** The code that a request brings, checked and kept. */
import type { ServiceError } from '../../aws/service-error.ts';
import { codeStorageExceeded, invalidParameterValue } from '../lambda-error.ts';
import type { LambdaLimits } from '../lambda-limits.ts';
import { checkArchive } from './checked-archive.ts';
import type { KeptArchive } from './code-reference.ts';
import type { CodeSource } from './code-source.ts';
import { type CodeStore, codeReference } from './code-store.ts';
import { type LiveFolders, liveFolderOf } from './live-folder.ts';

export interface CodeInput {
  readonly ZipFile?: Buffer | undefined;
  readonly S3Bucket?: string | undefined;
  readonly S3Key?: string | undefined;
  readonly ImageUri?: string | undefined;
}

export interface ReceivedCodeDeps {
  readonly codeStore: CodeStore;
  readonly limits: LambdaLimits;
  /** Without them every bucket is a real one. */
  readonly liveFolders: LiveFolders | undefined;
}

/**
 * Keeps the code and counts one use of it: whoever does not go through with it gives that back (`releaseCode`).
 * @throws ServiceError InvalidParameterValueException for an archive that is refused, for a folder that is not there
 * and for code in a bucket, of which there are none here yet; CodeStorageExceededException when it does not fit any more.
 */
export async function receiveCode(input: CodeInput, deps: ReceivedCodeDeps): Promise<CodeSource> {
  if (input.ImageUri !== undefined) return { kind: 'image', uri: input.ImageUri };
  const live = liveFolderOf(input, deps.liveFolders);
  if (live !== undefined) return { kind: 'folder', ...live };
  return { kind: 'zip', ...(await receiveArchive(input.ZipFile, deps)) };
}

/** The same of an archive alone; `undefined` stands for one in a bucket. */
export async function receiveArchive(
  archive: Buffer | undefined,
  { codeStore, limits }: Omit<ReceivedCodeDeps, 'liveFolders'>,
): Promise<KeptArchive> {
  if (archive === undefined) throw noSuchBucket();
  const unpackedSize = await checkArchive(archive, limits);
  if (codeStore.usedSize + archive.length > limits.totalCodeSize) throw codeStorageExceeded();
  return { code: await codeStore.put(archive), unpackedSize };
}

/** The same checks, and nothing is kept. */
export async function inspectCode(
  input: CodeInput,
  { limits, liveFolders }: Omit<ReceivedCodeDeps, 'codeStore'>,
): Promise<CodeSource> {
  if (input.ImageUri !== undefined) return { kind: 'image', uri: input.ImageUri };
  const live = liveFolderOf(input, liveFolders);
  if (live !== undefined) return { kind: 'folder', ...live };
  if (input.ZipFile === undefined) throw noSuchBucket();
  const unpackedSize = await checkArchive(input.ZipFile, limits);
  return { kind: 'zip', code: await codeReference(input.ZipFile), unpackedSize };
}

const noSuchBucket = (): ServiceError =>
  invalidParameterValue(
    'Error occurred while GetObject. S3 Error Code: NoSuchBucket. S3 Error Message: The specified bucket does not exist',
  );

export function retainCode(source: CodeSource, codeStore: CodeStore): void {
  if (source.kind === 'zip') codeStore.retain(source.code);
}

export function releaseCode(source: CodeSource, codeStore: CodeStore): void {
  if (source.kind === 'zip') codeStore.release(source.code);
}
