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

export interface VersionRecord {
  readonly version: VersionId;
  readonly generation: Generation;
  readonly settings: FunctionSettings;
  readonly source: CodeSource;
  /** Epoch. */
  readonly lastModified: Milliseconds;
  readonly revisionId: RevisionId;
  readonly state: FunctionState;
  /** The part of it that the data plane runs; undefined for an image, which nothing here runs yet. */
  readonly runnable: FunctionVersion | undefined;
}
