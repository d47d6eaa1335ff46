/** What is kept of one version, `$LATEST` or published. */
import type { Brand } from '../../kernel/brand.ts';
import type { Milliseconds } from '../../kernel/quantity.ts';
import type { CodeSource } from '../code/code-source.ts';
import type { FunctionSettings } from '../configuration/function-settings.ts';
import type { FunctionState } from '../function/function-state.ts';
import type { FunctionVersion, Generation, VersionId } from '../function/function-version.ts';

/** A UUID that changes with everything that happens to the version. */
export type RevisionId = Brand<string, 'RevisionId'>;

export const latestVersion = '$LATEST' as VersionId;

/** Of a function on a capacity provider: published like a number, and published again under the same name. */
export const latestPublished = '$LATEST.PUBLISHED' as VersionId;

export interface VersionRecord {
  readonly version: VersionId;
  readonly generation: Generation;
  readonly settings: FunctionSettings;
  readonly source: CodeSource;
  /** Epoch. */
  readonly lastModified: Milliseconds;
  readonly revisionId: RevisionId;
  readonly state: FunctionState;
  /** Base64 of the SHA-256 of its settings: equal settings have equal ones. */
  readonly configSha256: string;
  /** Of a published version: the description that `$LATEST` had, since publishing may give it another. */
  readonly latestDescription?: string;
  /** The part of it that the data plane runs. */
  readonly runnable: FunctionVersion;
}
