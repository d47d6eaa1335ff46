/** The daemon's settings, read once at start-up and from then on a value. */

import type { ServiceName } from '../../aws/service-names.ts';
import type { Bytes, Milliseconds, Seconds } from '../../kernel/quantity.ts';
import { dockerSettings } from './docker-settings.ts';
import type { HostFacts } from './host-facts.ts';
import type { HostAndPort, ListenAddress } from './listen-address.ts';
import { nameSettings } from './name-settings.ts';
import { endpointSettings, serviceSettings, sqsSettings } from './service-settings.ts';
import { type Environment, readSetting, type Setting } from './setting.ts';
import { functionSettings, gatewaySettings, limitSettings, logSettings, machineSettings } from './settings.ts';
import { tracingSettings } from './tracing-settings.ts';

export interface Limits {
  readonly concurrentExecutions: number;
  readonly minimumUnreservedConcurrency: number;
  readonly totalCodeSize: Bytes;
  readonly codeSizeZipped: Bytes;
  readonly codeSizeUnzipped: Bytes;
  readonly createFunctionRequestSize: Bytes;
  readonly environmentVariablesSize: Bytes;
  /** Request and response of a synchronous invocation. */
  readonly payloadSize: Bytes;
}

/** Each member is explained where it is declared, in `settings.ts`. */
export interface Config {
  /** Never empty. */
  readonly listen: readonly ListenAddress[];
  /** Without a port: the first one that is listened on, known only then when it was 0. */
  readonly publicHost: HostAndPort;
  readonly extraCorsAllowedOrigins: readonly string[];
  readonly certificateFile: string | undefined;
  /** Secrets by access key id. */
  readonly credentials: ReadonlyMap<string, string>;
  /** 0: an environment serves one invocation. */
  readonly keepAlive: Milliseconds;
  readonly synchronousCreate: boolean;
  readonly runtimeEnvironmentTimeout: Seconds;
  readonly retryBaseDelay: Seconds;
  /** Characters. */
  readonly truncateStdout: number;
  readonly runtimeValidation: boolean;
  readonly enforceIam: boolean;
  readonly executor: 'auto' | 'host' | 'docker';
  readonly fetchRuntimes: boolean;
  readonly downloadLayers: boolean;
  /** In place of AWS's own. */
  readonly layersEndpoint: string | undefined;
  readonly hotReloadBucket: string;
  readonly disableEndpointUrl: boolean;
  readonly enabledServices: readonly ServiceName[];
  readonly fallbackEndpoint: string | undefined;
  /** Of services that are elsewhere. */
  readonly endpoints: Readonly<Record<ServiceName, string | undefined>>;
  readonly debugMode: boolean;
  /** An absolute path. */
  readonly debugModeFile: string | undefined;
  readonly debugWait: boolean;
  /** Queues; each member is explained in `service-settings.ts`. */
  readonly sqs: SqsConfig;
  /** Functions in containers; each member is explained in `docker-settings.ts`. */
  readonly docker: DockerConfig;
  /** Names in containers; each member is explained in `name-settings.ts`. */
  readonly names: NameConfig;
  readonly limits: Limits;
  readonly sandbox: 'auto' | 'required' | 'off';
  readonly freeze: boolean;
  /** An absolute path; need not exist yet. */
  readonly dataDirectory: string;
  /** Each member is explained in `tracing-settings.ts`. */
  readonly tracing: TracingConfig;
  readonly debug: boolean;
  readonly logLevel: LogLevel;
  readonly logFormat: LogFormat;
}

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';
export type LogFormat = 'text' | 'json';

type Values<Group extends Record<string, Setting<unknown>>> = {
  readonly [Name in keyof Group]: Group[Name] extends Setting<infer Value> ? Value : never;
};

export type SqsConfig = Values<typeof sqsSettings>;
export type DockerConfig = Values<typeof dockerSettings>;
export type NameConfig = Values<typeof nameSettings>;
export type TracingConfig = Values<typeof tracingSettings>;

/**
 * Reads and checks every setting.
 * @throws InvalidSetting for the first whose value is not allowed.
 */
export function readConfig(environment: Environment, facts: HostFacts): Config {
  const read = <Group extends Record<string, Setting<unknown>>>(group: Group): Values<Group> =>
    Object.fromEntries(
      Object.entries(group).map(([name, setting]) => [name, readSetting(setting, environment, facts)]),
      // The entries are those of the group, one by one; Object.fromEntries forgets their names.
    ) as Values<Group>;
  const log = read(logSettings);
  return {
    ...read(gatewaySettings),
    ...read(functionSettings),
    ...read(serviceSettings),
    endpoints: read(endpointSettings),
    sqs: read(sqsSettings),
    docker: read(dockerSettings),
    names: read(nameSettings),
    limits: read(limitSettings),
    ...read(machineSettings),
    tracing: read(tracingSettings),
    ...log,
    logLevel: log.debug ? 'debug' : ownLevel(log.logLevel),
  };
}

function ownLevel(level: LogLevel | 'trace' | 'trace-internal'): LogLevel {
  return level === 'trace' || level === 'trace-internal' ? 'debug' : level;
}
