/** The code that a request brings, checked and kept. */
import { codeStorageExceeded } from '../lambda-error.ts';
import { checkArchive } from './checked-archive.ts';
import { type FetchCodeDeps, fetchCode } from './code-objects.ts';
import type { KeptArchive } from './code-reference.ts';
import type { CodeSource } from './code-source.ts';
import { type CodeStore, codeReference } from './code-store.ts';
import { type LiveFolders, liveFolderOf } from './live-folder.ts';

/** An archive as it is, or where it lies. */
export interface ArchiveInput {
  readonly ZipFile?: Buffer | undefined;
  readonly S3Bucket?: string | undefined;
  readonly S3Key?: string | undefined;
  readonly S3ObjectVersion?: string | undefined;
}

export interface CodeInput extends ArchiveInput {
  readonly ImageUri?: string | undefined;
}

export interface ReceivedCodeDeps extends FetchCodeDeps {
  readonly codeStore: CodeStore;
  /** Without them every bucket is a real one. */
  readonly liveFolders: LiveFolders | undefined;
}

/**
 * Keeps the code and counts one use of it: whoever does not go through with it gives that back (`releaseCode`).
 * @throws ServiceError InvalidParameterValueException for an archive that is refused, for a folder or an object that is
 * not there; CodeStorageExceededException when it does not fit any more.
 */
export async function receiveCode(input: CodeInput, deps: ReceivedCodeDeps): Promise<CodeSource> {
  if (input.ImageUri !== undefined) return { kind: 'image', uri: input.ImageUri };
  const live = liveFolderOf(input, deps.liveFolders);
  if (live !== undefined) return { kind: 'folder', ...live };
  return { kind: 'zip', ...(await receiveArchive(input, deps)) };
}

/** The same of an archive alone. */
export async function receiveArchive(
  input: ArchiveInput,
  deps: Omit<ReceivedCodeDeps, 'liveFolders'>,
): Promise<KeptArchive> {
  const { codeStore, limits } = deps;
  const archive = await archiveOf(input, deps);
  const unpackedSize = await checkArchive(archive, limits);
  if (codeStore.usedSize + archive.length > limits.totalCodeSize) throw codeStorageExceeded();
  return { code: await codeStore.put(archive), unpackedSize };
}

/** The same checks, and nothing is kept. */
export async function inspectCode(input: CodeInput, deps: Omit<ReceivedCodeDeps, 'codeStore'>): Promise<CodeSource> {
  if (input.ImageUri !== undefined) return { kind: 'image', uri: input.ImageUri };
  const live = liveFolderOf(input, deps.liveFolders);
  if (live !== undefined) return { kind: 'folder', ...live };
  const archive = await archiveOf(input, deps);
  const unpackedSize = await checkArchive(archive, deps.limits);
  return { kind: 'zip', code: await codeReference(archive), unpackedSize };
}

/** What is neither sent nor named was refused before. */
async function archiveOf(input: ArchiveInput, deps: FetchCodeDeps): Promise<Buffer> {
  const { ZipFile: archive, S3Bucket: bucket = '', S3Key: key = '', S3ObjectVersion: version } = input;
  return archive ?? (await fetchCode({ bucket, key, version }, deps));
}

export function retainCode(source: CodeSource, codeStore: CodeStore): void {
  if (source.kind === 'zip') codeStore.retain(source.code);
}

export function releaseCode(source: CodeSource, codeStore: CodeStore): void {
  if (source.kind === 'zip') codeStore.release(source.code);
}
