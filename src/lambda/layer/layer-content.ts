/** What a layer version holds: an archive that we keep, or a folder of its author's, which may change while it is used. */
import { type Bytes, bytes } from '../../kernel/quantity.ts';
import type { CodeReference } from '../code/code-reference.ts';
import type { CodeStore } from '../code/code-store.ts';
import { isLiveFolder, liveFolderOf, liveFolderSha256 } from '../code/live-folder.ts';
import { type CodeInput, type ReceivedCodeDeps, receiveArchive } from '../code/received-code.ts';
import type { VersionCode } from '../function/function-version.ts';

export interface LayerContent {
  readonly code: VersionCode;
  /** Of all its files together; 0 for a folder, whose files are nowhere counted. */
  readonly unpackedSize: Bytes;
}

/**
 * Keeps the content that a request brings and counts one use of it.
 * @throws ServiceError as `receiveCode` does
 */
export async function receiveLayer(input: CodeInput, deps: ReceivedCodeDeps): Promise<LayerContent> {
  const live = liveFolderOf(input, deps.liveFolders);
  return live === undefined ? receiveArchive(input, deps) : { code: live, unpackedSize: bytes(0) };
}

/** Nothing is kept of a folder. */
export function releaseLayer({ code }: LayerContent, codeStore: CodeStore): void {
  if (!isLiveFolder(code)) codeStore.release(code);
}

/** As the API counts it: a folder takes no room of the account's. */
export const layerSize = ({ code }: LayerContent): Bytes => (isLiveFolder(code) ? bytes(0) : code.size);

/** The archive or folder, its digest and its size in the API's form. */
export const contentOutput = ({ code }: LayerContent, mint: (archive: CodeReference) => string) =>
  isLiveFolder(code)
    ? { Location: `file://${code.folder}`, CodeSha256: liveFolderSha256, CodeSize: 0 }
    : { Location: mint(code), CodeSha256: code.sha256, CodeSize: code.size };
