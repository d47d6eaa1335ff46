/** One immutable state of a function, `$LATEST` or published: all that running it needs, and nothing that can change. */
import type { Scope } from '../../aws/scope.ts';
import type { Brand } from '../../kernel/brand.ts';
import type { Megabytes, Seconds } from '../../kernel/quantity.ts';
import type { CodeReference } from '../code/code-reference.ts';
import type { LiveFolder } from '../code/live-folder.ts';

/** Unique for each snapshot: two updates of `$LATEST` are two generations. Environments are kept per generation. */
export type Generation = Brand<string, 'Generation'>;
export type FunctionName = Brand<string, 'FunctionName'>;
/** `arn:aws:lambda:<region>:<account>:function:<name>`, without a qualifier. */
export type FunctionArn = Brand<string, 'FunctionArn'>;
/** `$LATEST` or a decimal number. */
export type VersionId = Brand<string, 'VersionId'>;
/** `nodejs24.x`, `python3.13`, `provided.al2023`, … as the catalogue lists them. */
export type RuntimeId = Brand<string, 'RuntimeId'>;

export type Architecture = 'x86_64' | 'arm64';

export type ApplicationLogLevel = 'TRACE' | 'DEBUG' | 'INFO' | 'WARN' | 'ERROR' | 'FATAL';

/** What the log is written in, and the least serious lines of it: there are levels with the JSON format only. */
export type LogConfiguration =
  | { readonly format: 'Text' }
  | {
      readonly format: 'JSON';
      /** For what the function writes. */
      readonly applicationLevel: ApplicationLogLevel;
      /** For what the platform writes. */
      readonly systemLevel: 'DEBUG' | 'INFO' | 'WARN';
    };

/** The code of an archive, which never changes, or a folder that may change while the version is run. */
export type VersionCode = CodeReference | LiveFolder;

/** What runs is an archive on a runtime of AWS's, or an image that brings everything. */
export type FunctionVersion = ArchiveVersion | ImageVersion;

export interface ArchiveVersion extends VersionSettings {
  readonly packageType: 'Zip';
  readonly runtime: RuntimeId;
  readonly handler: string;
  readonly code: VersionCode;
  /** For `/opt`, later ones over earlier ones. */
  readonly layers: readonly VersionCode[];
  readonly image?: never;
}

export interface ImageVersion extends VersionSettings {
  readonly packageType: 'Image';
  readonly image: ContainerImage;
  readonly runtime?: never;
  readonly handler?: never;
  readonly code?: never;
  readonly layers?: never;
}

/** What is not said is as the image has it. */
export interface ContainerImage {
  readonly uri: string;
  readonly entryPoint?: readonly string[];
  readonly command?: readonly string[];
  readonly workingDirectory?: string;
}

interface VersionSettings {
  readonly generation: Generation;
  readonly scope: Scope;
  readonly functionName: FunctionName;
  readonly functionArn: FunctionArn;
  readonly version: VersionId;
  readonly role: string;
  readonly timeout: Seconds;
  readonly memorySize: Megabytes;
  readonly ephemeralStorage: Megabytes;
  readonly architecture: Architecture;
  /** The user's variables, without those that Lambda sets. */
  readonly variables: Readonly<Record<string, string>>;
  readonly logGroup: string;
  readonly logging: LogConfiguration;
  readonly tracing: 'Active' | 'PassThrough';
  /** Environments begin from a snapshot that was taken after one init phase; absent where they do not. */
  readonly snapStart?: true;
  /** Each tenant has environments of its own; absent where there are no tenants. */
  readonly tenantIsolation?: 'PER_TENANT';
}
