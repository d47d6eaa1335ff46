/** A new state of a function: settings and code become one immutable version with an identity of its own. */
import type { Milliseconds } from '../../kernel/quantity.ts';
import type { Random } from '../../kernel/random.ts';
import type { CodeSource } from '../code/code-source.ts';
import type { FunctionSettings } from '../configuration/function-settings.ts';
import type { FunctionRecord } from '../function/function-record.ts';
import type { FunctionState } from '../function/function-state.ts';
import type { FunctionVersion, Generation, VersionId } from '../function/function-version.ts';
import type { RevisionId, VersionRecord } from './version-record.ts';

export interface VersionContent {
  readonly version: VersionId;
  readonly settings: FunctionSettings;
  readonly source: CodeSource;
  readonly lastModified: Milliseconds;
  readonly state: FunctionState;
}

export const newRevisionId = (random: Random): RevisionId => random.uuid() as RevisionId;

export function newVersion(
  owner: Pick<FunctionRecord, 'scope' | 'name' | 'arn'>,
  content: VersionContent,
  random: Random,
): VersionRecord {
  const generation = random.uuid() as Generation;
  return {
    ...content,
    generation,
    revisionId: newRevisionId(random),
    runnable: runnable(owner, content, generation),
  };
}

function runnable(
  owner: Pick<FunctionRecord, 'scope' | 'name' | 'arn'>,
  { version, settings, source }: VersionContent,
  generation: Generation,
): FunctionVersion | undefined {
  if (source.kind === 'image' || settings.runtime === undefined) return undefined;
  return {
    generation,
    scope: owner.scope,
    functionName: owner.name,
    functionArn: owner.arn,
    version,
    runtime: settings.runtime,
    handler: settings.handler ?? '',
    role: settings.role,
    timeout: settings.timeout,
    memorySize: settings.memorySize,
    ephemeralStorage: settings.ephemeralStorage,
    architecture: settings.architecture,
    variables: settings.variables ?? {},
    code: source.code,
    logGroup: settings.logging.logGroup,
    tracing: settings.tracing,
  };
}
