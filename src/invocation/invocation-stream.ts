/** Takes the answer of an invocation while the function writes it. */
import type { VersionId } from '../lambda/function/function-version.ts';

export interface InvocationStream {
  /** The answer begins; called at most once, and not at all when the function fails before. */
  begin(contentType: string | undefined, executedVersion: VersionId): void;
  /** @returns what to wait for before more is written, when the reader is slow */
  write(chunk: Buffer): Promise<void> | undefined;
}
