/** What the control plane asks of whoever runs functions; the data plane implements it, only `daemon/` joins the two. */
import type { FunctionVersion } from './function-version.ts';

export type Preparation =
  /** `imageDigest` is that of a container image, hexadecimal. */
  | { readonly kind: 'prepared'; readonly imageDigest?: string | undefined }
  /** `code` is a StateReasonCode of the API, `reason` the sentence shown beside it. */
  | { readonly kind: 'failed'; readonly code: string; readonly reason: string };

export interface VersionLifecycle {
  /**
   * Makes the version ready to be started: code unpacked, interpreter found. The function is Pending meanwhile.
   * @param progress told in a few words what takes long, and how far it is
   */
  prepare(version: FunctionVersion, signal: AbortSignal, progress?: (what: string) => void): Promise<Preparation>;
  /** No further invocation names this version: those that run may finish, then its environments are removed. */
  retire(version: FunctionVersion): void;
}
