/** All that a caller may configure of a function apart from its code; what is not said has its default. */
import type { LambdaOperations } from '../../aws/generated/lambda-operations.ts';
import { type Megabytes, megabytes, type Seconds, seconds } from '../../kernel/quantity.ts';
import type { Architecture, RuntimeId } from '../function/function-version.ts';
import type { LayerContent } from '../layer/layer-content.ts';
import { defaultLogging, type LoggingSettings } from './logging-settings.ts';
import type { VpcSettings } from './vpc-settings.ts';

type CreateInput = LambdaOperations['CreateFunction']['input'];

/** A layer version that a function uses, also when the version was deleted since. */
export interface AttachedLayer extends LayerContent {
  /** With the version's number. */
  readonly arn: string;
}

/** Members in the API's form (`CreateInput[…]`) are only kept and shown: what they configure is not there yet. */
export interface FunctionSettings {
  readonly packageType: 'Zip' | 'Image';
  /** Undefined for images, as is `handler`. */
  readonly runtime: RuntimeId | undefined;
  readonly handler: string | undefined;
  readonly role: string;
  readonly description: string;
  readonly timeout: Seconds;
  readonly memorySize: Megabytes;
  readonly ephemeralStorage: Megabytes;
  readonly architecture: Architecture;
  /** Undefined when never given: replies then leave Environment out, an empty map is shown. */
  readonly variables: Readonly<Record<string, string>> | undefined;
  readonly tracing: 'Active' | 'PassThrough';
  readonly logging: LoggingSettings;
  readonly snapStart: 'None' | 'PublishedVersions';
  /** Later ones cover files of earlier ones. */
  readonly layers: readonly AttachedLayer[];
  readonly vpc: VpcSettings | undefined;
  readonly deadLetterTarget: string | undefined;
  readonly kmsKey: string | undefined;
  readonly fileSystems: NonNullable<CreateInput['FileSystemConfigs']>;
  readonly image: CreateInput['ImageConfig'];
  readonly tenancy: CreateInput['TenancyConfig'];
  readonly capacityProvider: CreateInput['CapacityProviderConfig'];
  readonly durable: CreateInput['DurableConfig'];
}

/** What CreateFunction starts from; the settings that the request names are applied on top. */
export function defaultSettings(functionName: string, input: CreateInput): FunctionSettings {
  const managedInstances = input.CapacityProviderConfig !== undefined;
  return {
    packageType: input.PackageType ?? 'Zip',
    runtime: undefined,
    handler: undefined,
    role: input.Role,
    description: '',
    timeout: seconds(3),
    memorySize: megabytes(managedInstances ? 2048 : 128),
    ephemeralStorage: megabytes(512),
    architecture: input.Architectures?.[0] ?? 'x86_64',
    variables: undefined,
    tracing: 'PassThrough',
    logging: defaultLogging(functionName, managedInstances ? 'JSON' : 'Text'),
    snapStart: 'None',
    layers: [],
    vpc: undefined,
    deadLetterTarget: undefined,
    kmsKey: undefined,
    fileSystems: [],
    image: undefined,
    tenancy: input.TenancyConfig,
    capacityProvider: undefined,
    durable: undefined,
  };
}
