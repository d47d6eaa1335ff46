/** A version as the API shows it: FunctionConfiguration. */
import { createHash } from 'node:crypto';
import type { LambdaOperations } from '../../aws/generated/lambda-operations.ts';
import { isoTimestamp } from '../../kernel/timestamp.ts';
import type { CodeSource, ImageSource } from '../code/code-source.ts';
import { liveFolderSha256 } from '../code/live-folder.ts';
import { qualifiedArn } from '../function/function-address.ts';
import type { FunctionRecord } from '../function/function-record.ts';
import { stateOutput } from '../function/state-output.ts';
import { layerSize } from '../layer/layer-content.ts';
import { runtimeVersionArn } from '../runtime-catalogue/runtime-version-arn.ts';
import { latestVersion, type VersionRecord } from '../version/version-record.ts';
import type { AttachedLayer, FunctionSettings } from './function-settings.ts';

export type ConfigurationOutput = LambdaOperations['GetFunctionConfiguration']['output'];

/** The parts of a function that a reply about one of its versions names. */
type Owner = Pick<FunctionRecord, 'name' | 'arn' | 'scope'>;

/**
 * The whole configuration, state included.
 * @param qualifier goes into FunctionArn as the caller wrote it.
 */
export function configurationOutput(
  owner: Owner,
  version: VersionRecord,
  qualifier: string | undefined,
): ConfigurationOutput {
  const { runtime, architecture } = version.settings;
  return {
    ...listedConfiguration(owner, version, qualifier),
    ...(runtime !== undefined && {
      RuntimeVersionConfig: { RuntimeVersionArn: runtimeVersionArn(owner.scope, runtime, architecture) },
    }),
    ...shownState(version),
  };
}

/** `$LATEST` of a function on a capacity provider can be changed and published, but not run. */
function shownState({ settings, version, state }: VersionRecord): ConfigurationOutput {
  const output = stateOutput(state);
  const runs = settings.capacityProvider === undefined || version !== latestVersion;
  return runs || output.State !== 'Active' ? output : { ...output, State: 'ActiveNonInvocable' };
}

/** As ListFunctions and ListVersionsByFunction show it: without the state and the runtime's exact version. */
export function listedConfiguration(
  owner: Owner,
  version: VersionRecord,
  qualifier: string | undefined,
): ConfigurationOutput {
  const { settings } = version;
  return {
    FunctionName: owner.name,
    FunctionArn: qualifiedArn(owner.arn, qualifier),
    ...codeOutput(version),
    // The API writes the offset without its colon.
    LastModified: isoTimestamp(version.lastModified).replace('Z', '+0000'),
    Version: version.version,
    RevisionId: version.revisionId,
    ConfigSha256: version.configSha256,
    PackageType: settings.packageType,
    Role: settings.role,
    Description: settings.description,
    Timeout: settings.timeout,
    MemorySize: settings.memorySize,
    EphemeralStorage: { Size: settings.ephemeralStorage },
    Architectures: [settings.architecture],
    TracingConfig: { Mode: settings.tracing },
    SnapStart: { ApplyOn: settings.snapStart, OptimizationStatus: startsFromSnapshot(version) ? 'On' : 'Off' },
    LoggingConfig: loggingOutput(settings),
    ...optionalOutput(settings),
  };
}

const startsFromSnapshot = ({ settings, version, state }: VersionRecord): boolean =>
  settings.snapStart === 'PublishedVersions' && version !== latestVersion && state.kind !== 'failed';

const codeOutput = ({ source }: VersionRecord): ConfigurationOutput => ({
  CodeSha256: shownSha256(source),
  CodeSize: source.kind === 'zip' ? source.code.size : 0,
});

/** CodeSha256 as the API shows it. */
export function shownSha256(source: CodeSource): string {
  switch (source.kind) {
    case 'zip':
      return source.code.sha256;
    case 'image':
      return imageDigest(source);
    case 'folder':
      return liveFolderSha256;
  }
}

/** Until the image has been found, something stands for its digest that is the same for the same name. */
export const imageDigest = ({ uri, digest }: ImageSource): string =>
  digest ?? createHash('sha256').update(uri).digest('hex');

function loggingOutput({ logging }: FunctionSettings): ConfigurationOutput['LoggingConfig'] {
  return {
    LogFormat: logging.format,
    ApplicationLogLevel: logging.applicationLevel,
    SystemLogLevel: logging.systemLevel,
    LogGroup: logging.logGroup,
  };
}

/** Members that a reply leaves out unless they were set. */
function optionalOutput(settings: FunctionSettings): ConfigurationOutput {
  return {
    Runtime: settings.runtime as ConfigurationOutput['Runtime'],
    Handler: settings.handler,
    KMSKeyArn: settings.kmsKey,
    TenancyConfig: settings.tenancy,
    CapacityProviderConfig: settings.capacityProvider,
    DurableConfig: settings.durable,
    Environment: settings.variables && { Variables: settings.variables },
    DeadLetterConfig: settings.deadLetterTarget === undefined ? undefined : { TargetArn: settings.deadLetterTarget },
    Layers: settings.layers.length === 0 ? undefined : settings.layers.map(layerOutput),
    FileSystemConfigs: settings.fileSystems.length === 0 ? undefined : settings.fileSystems,
    ImageConfigResponse: settings.image && { ImageConfig: settings.image },
    VpcConfig: settings.vpc && {
      SubnetIds: settings.vpc.subnetIds,
      SecurityGroupIds: settings.vpc.securityGroupIds,
      VpcId: settings.vpc.vpcId,
      Ipv6AllowedForDualStack: settings.vpc.ipv6AllowedForDualStack,
    },
  };
}

const layerOutput = (layer: AttachedLayer) => ({ Arn: layer.arn, CodeSize: layerSize(layer) });
