/** Every setting of the daemon, each declared once: names that compose files already have keep their meaning. */
import { join } from 'node:path';
import { bytes, milliseconds, seconds } from '../../kernel/quantity.ts';
import { accessKeyPairs } from './access-key-pairs.ts';
import { optional } from './docker-setting-type.ts';
import { dockerSettings } from './docker-settings.ts';
import { DEFAULT_PORT } from './listen-address.ts';
import { nameSettings } from './name-settings.ts';
import { endpointSettings, serviceSettings, sqsSettings } from './service-settings.ts';
import type { Setting } from './setting.ts';
import { inGroup } from './setting-group.ts';
import {
  bucketName,
  choice,
  directory,
  hostAndPort,
  integer,
  listenAddresses,
  origins,
  type SettingType,
  toggle,
  webAddress,
} from './setting-type.ts';
import { tracingSettings } from './tracing-settings.ts';

const gateway = inGroup('Gateway');
const functions = inGroup('Functions');
const limit = inGroup('Limits');
const machine = inGroup('Isolation and data');
const log = inGroup('Log');

const count = (min: number): SettingType<number> => integer({ min, of: (value) => value });
const size = integer({ min: 1, unit: 'bytes', of: bytes });
// Longer delays overflow the timers of the platform, which then fire at once.
const LONGEST_TIMER = 2_147_483_647;

export const gatewaySettings = {
  listen: gateway(
    'GATEWAY_LISTEN',
    listenAddresses,
    (facts) => [{ host: facts.insideContainer ? '0.0.0.0' : '127.0.0.1', port: DEFAULT_PORT }],
    'Addresses to listen on; the first port is the one that URLs show, port 0 takes a free one',
    '`127.0.0.1:4566`; `0.0.0.0:4566` inside a container',
  ),
  publicHost: gateway(
    'LOCALSTACK_HOST',
    hostAndPort,
    { host: 'localhost.localstack.cloud' },
    'Host and port in the URLs that the API returns; without a port, the first that is listened on',
    '`localhost.localstack.cloud:4566`',
  ),
  extraCorsAllowedOrigins: gateway(
    'EXTRA_CORS_ALLOWED_ORIGINS',
    origins,
    [],
    'Origins of web pages that may call the API; a page from any other is refused (function URLs take every origin)',
    'none',
  ),
  certificateFile: gateway(
    'CUSTOM_SSL_CERT_PATH',
    optional(directory),
    undefined,
    'A file with the certificate and the key, in PEM, that clients which speak TLS are shown',
    "certificates of the daemon's own authority: see `lambdad certificate`",
  ),
  credentials: gateway(
    'LAMBDAD_CREDENTIALS',
    accessKeyPairs,
    new Map<string, string>(),
    'Access keys that may sign calls of function URLs with AWS_IAM, beside `test` and account numbers (secret `test`) and those of functions',
    'none',
  ),
};

export const functionSettings = {
  keepAlive: functions(
    'LAMBDA_KEEPALIVE_MS',
    integer({ min: 0, max: LONGEST_TIMER, unit: 'milliseconds', of: milliseconds }),
    milliseconds(600_000),
    'How long an idle environment stays warm; 0 makes every invocation a cold start',
  ),
  synchronousCreate: functions(
    'LAMBDA_SYNCHRONOUS_CREATE',
    toggle,
    false,
    'Creating and updating a function waits, up to 10 seconds, until it can be invoked',
  ),
  runtimeEnvironmentTimeout: functions(
    'LAMBDA_RUNTIME_ENVIRONMENT_TIMEOUT',
    integer({ min: 1, max: 3600, unit: 'seconds', of: seconds }),
    seconds(20),
    'Time that an environment has from its start until it is ready',
  ),
  retryBaseDelay: functions(
    'LAMBDA_RETRY_BASE_DELAY',
    integer({ min: 0, max: 3600, unit: 'seconds', of: seconds }),
    seconds(60),
    'Wait before the first retry of an event that failed; the second waits twice as long',
  ),
  truncateStdout: functions(
    'LAMBDA_TRUNCATE_STDOUT',
    count(0),
    2000,
    "Characters of a function's output shown in the daemon's own log; the function's log is always complete",
  ),
  runtimeValidation: functions('LAMBDA_RUNTIME_VALIDATION', toggle, false, 'Refuse deprecated runtimes as AWS does'),
  enforceIam: functions(
    'ENFORCE_IAM',
    toggle,
    false,
    'Evaluate the policies of functions: for their URLs and for calls from other accounts',
  ),
  executor: functions(
    'LAMBDA_RUNTIME_EXECUTOR',
    choice('auto', 'host', 'docker'),
    'auto',
    'Where functions run: processes of this machine or containers; `auto` takes Docker when an engine answers',
  ),
  fetchRuntimes: functions(
    'LAMBDAD_FETCH_RUNTIMES',
    toggle,
    true,
    'Fetch what a runtime needs and this machine lacks, once: Node.js from the npm registry, the client of Java by Maven',
  ),
  downloadLayers: functions(
    'LAMBDA_DOWNLOAD_AWS_LAYERS',
    toggle,
    true,
    "Fetch layers of other accounts from AWS, once, with the daemon's own AWS credentials (as the AWS command line finds them)",
  ),
  layersEndpoint: functions(
    'LAMBDAD_AWS_LAYERS_ENDPOINT',
    optional(webAddress),
    undefined,
    'Where such layers are asked for in place of AWS: another lambdad, for example',
    "AWS's endpoint of the region",
  ),
  hotReloadBucket: functions(
    'BUCKET_MARKER_LOCAL',
    bucketName,
    'hot-reload',
    'The bucket that stands for this machine: its keys are paths of folders that are run as they are and watched',
  ),
  disableEndpointUrl: functions(
    'LAMBDA_DISABLE_AWS_ENDPOINT_URL',
    toggle,
    false,
    'Do not set `AWS_ENDPOINT_URL` in functions, so that their AWS clients do not come here',
  ),
  debugMode: functions(
    'LAMBDA_DEBUG_MODE',
    toggle,
    false,
    'Let debuggers attach to functions, each on a port of its own, and stop time-outs while they are attached (docs/debugging.md)',
  ),
  debugModeFile: functions(
    'LAMBDA_DEBUG_MODE_CONFIG_PATH',
    optional(directory),
    undefined,
    'A YAML file that names the functions to debug, with their ports',
    'every function, on a port found from its name',
  ),
  debugWait: functions(
    'LAMBDAD_DEBUG_WAIT',
    toggle,
    false,
    'In debug mode, processes wait for a debugger before they load the code of the function',
  ),
};

export const limitSettings = {
  concurrentExecutions: limit(
    'LAMBDA_LIMITS_CONCURRENT_EXECUTIONS',
    count(0),
    1000,
    'Concurrent executions of an account in a region',
  ),
  minimumUnreservedConcurrency: limit(
    'LAMBDA_LIMITS_MINIMUM_UNRESERVED_CONCURRENCY',
    count(0),
    100,
    'Concurrency that reservations must leave over',
  ),
  totalCodeSize: limit(
    'LAMBDA_LIMITS_TOTAL_CODE_SIZE',
    size,
    bytes(80_530_636_800),
    'Code of all functions of an account, bytes',
  ),
  codeSizeZipped: limit(
    'LAMBDA_LIMITS_CODE_SIZE_ZIPPED',
    size,
    bytes(52_428_800),
    'A directly uploaded archive, bytes',
  ),
  codeSizeUnzipped: limit(
    'LAMBDA_LIMITS_CODE_SIZE_UNZIPPED',
    size,
    bytes(262_144_000),
    'Unpacked code with its layers, bytes',
  ),
  createFunctionRequestSize: limit(
    'LAMBDA_LIMITS_CREATE_FUNCTION_REQUEST_SIZE',
    size,
    bytes(70_167_211),
    'The whole body of a CreateFunction request, bytes',
  ),
  environmentVariablesSize: limit(
    'LAMBDA_LIMITS_MAX_FUNCTION_ENVVAR_SIZE_BYTES',
    size,
    bytes(4096),
    "A function's environment variables as JSON, bytes",
  ),
  payloadSize: limit(
    'LAMBDA_LIMITS_MAX_FUNCTION_PAYLOAD_SIZE_BYTES',
    size,
    bytes(6_291_556),
    'Request and response of a synchronous invocation, bytes',
  ),
};

export const machineSettings = {
  sandbox: machine(
    'LAMBDAD_SANDBOX',
    choice('auto', 'required', 'off'),
    'auto',
    'Run functions inside bubblewrap: where it works, always (or refuse to start), or never',
  ),
  freeze: machine(
    'LAMBDAD_FREEZE',
    toggle,
    true,
    'Stop the processes of an environment between invocations, as AWS does',
  ),
  dataDirectory: machine(
    'LAMBDAD_DATA_DIR',
    directory,
    (facts, environment) => {
      const state = environment['XDG_STATE_HOME'];
      // The XDG specification says to ignore a relative path.
      if (state?.startsWith('/')) return join(state, 'lambdad');
      if (facts.homeDirectory !== undefined) return join(facts.homeDirectory, '.local', 'state', 'lambdad');
      return join(facts.temporaryDirectory, 'lambdad');
    },
    'Where code and working files are kept',
    '`$XDG_STATE_HOME/lambdad`, or `~/.local/state/lambdad`',
  ),
};

export const logSettings = {
  debug: log('DEBUG', toggle, false, 'Log in detail, payloads included, and let internal errors carry their cause'),
  logLevel: log(
    'LS_LOG',
    choice('trace', 'trace-internal', 'debug', 'info', 'warn', 'error'),
    'info',
    "The least serious line of the daemon's log; `DEBUG=1` means `debug`",
  ),
  logFormat: log('LAMBDAD_LOG_FORMAT', choice('text', 'json'), 'text', 'Lines for people, or one JSON object a line'),
};

/** All of them, in the order in which they are documented. */
export const allSettings: readonly Setting<unknown>[] = [
  ...Object.values(gatewaySettings),
  ...Object.values(functionSettings),
  ...Object.values(serviceSettings),
  ...Object.values(sqsSettings),
  ...Object.values(endpointSettings),
  ...Object.values(dockerSettings),
  ...Object.values(nameSettings),
  ...Object.values(limitSettings),
  ...Object.values(machineSettings),
  ...Object.values(tracingSettings),
  ...Object.values(logSettings),
];
