/** A new state of a function: settings and code become one immutable version with an identity of its own. */
import { invariant } from '../../kernel/invariant.ts';
import type { Milliseconds } from '../../kernel/quantity.ts';
import type { Random } from '../../kernel/random.ts';
import type { CodeSource } from '../code/code-source.ts';
import type { FunctionSettings } from '../configuration/function-settings.ts';
import type { LoggingSettings } from '../configuration/logging-settings.ts';
import type { FunctionRecord } from '../function/function-record.ts';
import type { FunctionState } from '../function/function-state.ts';
import type {
  ContainerImage,
  FunctionVersion,
  Generation,
  LogConfiguration,
  VersionId,
} from '../function/function-version.ts';
import { configSha256 } from './config-sha256.ts';
import { latestVersion, type RevisionId, type VersionRecord } from './version-record.ts';

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
    configSha256: configSha256(content.settings),
    runnable: runnable(owner, content, generation),
  };
}

function runnable(
  owner: Pick<FunctionRecord, 'scope' | 'name' | 'arn'>,
  { version, settings, source }: VersionContent,
  generation: Generation,
): FunctionVersion {
  const common = {
    generation,
    scope: owner.scope,
    functionName: owner.name,
    functionArn: owner.arn,
    version,
    role: settings.role,
    timeout: settings.timeout,
    memorySize: settings.memorySize,
    ephemeralStorage: settings.ephemeralStorage,
    architecture: settings.architecture,
    variables: settings.variables ?? {},
    logGroup: settings.logging.logGroup,
    logging: logConfiguration(settings.logging),
    tracing: settings.tracing,
    ...(settings.snapStart === 'PublishedVersions' && version !== latestVersion && ({ snapStart: true } as const)),
    ...(settings.tenancy?.TenantIsolationMode && { tenantIsolation: settings.tenancy.TenantIsolationMode }),
  };
  if (source.kind === 'image') {
    return { ...common, packageType: 'Image', image: containerImage(source.uri, settings.image) };
  }
  invariant(settings.runtime !== undefined, 'a function of package type Zip has a runtime');
  return {
    ...common,
    packageType: 'Zip',
    runtime: settings.runtime,
    handler: settings.handler ?? '',
    code: source.kind === 'folder' ? { folder: source.folder } : source.code,
    layers: settings.layers.map((layer) => layer.code),
  };
}

function logConfiguration({ format, applicationLevel, systemLevel }: LoggingSettings): LogConfiguration {
  if (format === 'Text') return { format };
  return { format, applicationLevel: applicationLevel ?? 'INFO', systemLevel: systemLevel ?? 'INFO' };
}

/** An empty list overrides nothing, as at AWS. */
function containerImage(uri: string, config: FunctionSettings['image']): ContainerImage {
  const { EntryPoint: entryPoint = [], Command: command = [], WorkingDirectory: workingDirectory = '' } = config ?? {};
  return {
    uri,
    ...(entryPoint.length === 0 ? {} : { entryPoint }),
    ...(command.length === 0 ? {} : { command }),
    ...(workingDirectory === '' ? {} : { workingDirectory }),
  };
}
