import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { serviceNames } from '../../aws/service-names.ts';
import { readConfig } from './config.ts';
import type { HostFacts } from './host-facts.ts';
import { InvalidSetting } from './invalid-setting.ts';
import { allSettings } from './settings.ts';

const facts: HostFacts = { insideContainer: false, homeDirectory: '/home/dev', temporaryDirectory: '/tmp' };
const read = (environment: Record<string, string>, changed: Partial<HostFacts> = {}) =>
  readConfig(environment, { ...facts, ...changed });

test('an empty environment gives the documented defaults', () => {
  assert.deepEqual(read({}), {
    listen: [{ host: '127.0.0.1', port: 4566 }],
    publicHost: { host: 'localhost.localstack.cloud' },
    extraCorsAllowedOrigins: [],
    credentials: new Map(),
    keepAlive: 600_000,
    synchronousCreate: false,
    runtimeEnvironmentTimeout: 20,
    retryBaseDelay: 60,
    truncateStdout: 2000,
    runtimeValidation: false,
    enforceIam: false,
    certificateFile: undefined,
    enabledServices: serviceNames,
    endpoints: Object.fromEntries(serviceNames.map((name) => [name, undefined])),
    fallbackEndpoint: undefined,
    executor: 'auto',
    fetchRuntimes: true,
    downloadLayers: true,
    layersEndpoint: undefined,
    hotReloadBucket: 'hot-reload',
    disableEndpointUrl: false,
    debugMode: false,
    debugModeFile: undefined,
    debugWait: false,
    docker: {
      engineHost: undefined,
      certificates: undefined,
      tlsVerify: false,
      runtimeDirectory: undefined,
      imageMapping: undefined,
      ignoreArchitecture: false,
      flags: '',
      networks: [],
      dns: undefined,
      removeContainers: true,
      hostname: undefined,
      prebuildImages: false,
    },
    names: { listen: undefined, port: 53, servers: undefined, resolvesTo: undefined, upstream: [] },
    limits: {
      concurrentExecutions: 1000,
      minimumUnreservedConcurrency: 100,
      totalCodeSize: 80_530_636_800,
      codeSizeZipped: 52_428_800,
      codeSizeUnzipped: 262_144_000,
      createFunctionRequestSize: 70_167_211,
      environmentVariablesSize: 4096,
      payloadSize: 6_291_556,
    },
    sqs: { queueUrlForm: 'dynamic', purgeRest: false, nameRest: false },
    sandbox: 'auto',
    freeze: true,
    dataDirectory: '/home/dev/.local/state/lambdad',
    tracing: { otlpEndpoint: undefined, otlpHeaders: undefined, traceShare: 5 },
    debug: false,
    logLevel: 'info',
    logFormat: 'text',
  });
});

test('inside a container the daemon listens on every address', () => {
  assert.deepEqual(read({}, { insideContainer: true }).listen, [{ host: '0.0.0.0', port: 4566 }]);
});

test('the data directory follows XDG_STATE_HOME, then the home, then the temporary directory', () => {
  assert.equal(read({ XDG_STATE_HOME: '/state' }).dataDirectory, '/state/lambdad');
  assert.equal(read({ XDG_STATE_HOME: 'relative' }).dataDirectory, '/home/dev/.local/state/lambdad');
  assert.equal(read({}, { homeDirectory: undefined }).dataDirectory, '/tmp/lambdad');
  assert.equal(read({ LAMBDAD_DATA_DIR: '/srv/data' }).dataDirectory, '/srv/data');
});

test('a prefixed name counts, the plain one wins, and empty is unset', () => {
  assert.equal(read({ LOCALSTACK_LAMBDA_KEEPALIVE_MS: '5' }).keepAlive, 5);
  assert.equal(read({ LAMBDA_KEEPALIVE_MS: '0', LOCALSTACK_LAMBDA_KEEPALIVE_MS: '5' }).keepAlive, 0);
  assert.equal(read({ LAMBDA_KEEPALIVE_MS: ' ', LOCALSTACK_LAMBDA_KEEPALIVE_MS: '5' }).keepAlive, 5);
  assert.equal(read({ LAMBDA_KEEPALIVE_MS: '' }).keepAlive, 600_000);
});

test('LOCALSTACK_HOST is a name of its own, not a prefixed HOST', () => {
  assert.deepEqual(read({ LOCALSTACK_HOST: 'example.test:80' }).publicHost, { host: 'example.test', port: 80 });
  assert.deepEqual(read({ HOST: 'x.test' }).publicHost, { host: 'localhost.localstack.cloud' });
});

test('switches understand 1, true and True, and 0, false and False', () => {
  for (const text of ['1', 'true', 'True'])
    assert.equal(read({ LAMBDA_SYNCHRONOUS_CREATE: text }).synchronousCreate, true);
  for (const text of ['0', 'false', 'False']) assert.equal(read({ LAMBDAD_FREEZE: text }).freeze, false);
});

test('DEBUG=1 makes the log detailed whatever LS_LOG says', () => {
  assert.equal(read({ DEBUG: '1', LS_LOG: 'error' }).logLevel, 'debug');
  assert.equal(read({ LS_LOG: 'trace-internal' }).logLevel, 'debug');
  assert.equal(read({ LS_LOG: 'warn' }).logLevel, 'warn');
});

test('allowed origins are a list without closing slashes', () => {
  const { extraCorsAllowedOrigins } = read({
    EXTRA_CORS_ALLOWED_ORIGINS: 'http://localhost:3000/, HTTPS://App.example',
  });
  assert.deepEqual(extraCorsAllowedOrigins, ['http://localhost:3000', 'https://app.example']);
});

const invalid = [
  ['LAMBDA_KEEPALIVE_MS', '-1', 'a whole number of milliseconds, 0 to 2147483647'],
  ['LAMBDA_KEEPALIVE_MS', '1e3', 'a whole number of milliseconds, 0 to 2147483647'],
  ['LOCALSTACK_DEBUG', 'yes', '1 or 0 (true or false)'],
  ['LAMBDAD_SANDBOX', 'on', 'auto, required or off'],
  ['LAMBDA_RUNTIME_EXECUTOR', 'local', 'auto, host or docker'],
  ['LAMBDAD_DATA_DIR', 'data', 'an absolute path'],
  [
    'GATEWAY_LISTEN',
    '4566',
    'host:port, several separated by commas, IPv6 in brackets, for example 127.0.0.1:4566,[::1]:4566',
  ],
] as const;

for (const [name, value, allowed] of invalid) {
  test(`${name}=${value} is refused with one line that names option, value and what is allowed`, () => {
    assert.throws(
      () => read({ [name]: value }),
      (error) => {
        assert.ok(error instanceof InvalidSetting);
        assert.equal(error.message, `${name}="${value}" is not valid; allowed: ${allowed}`);
        assert.equal(error.setting, name);
        return true;
      },
    );
  });
}

test('any text in any setting is either read or refused as InvalidSetting, on one line', () => {
  const name = fc.constantFrom(...allSettings.map((setting) => setting.name));
  fc.assert(
    fc.property(name, fc.string({ unit: 'binary' }), (setting, text) => {
      try {
        read({ [setting]: text });
      } catch (error) {
        assert.ok(error instanceof InvalidSetting);
        assert.doesNotMatch(error.message, /\n/);
      }
    }),
  );
});

test('what a setting shows is what it reads back, the default included', () => {
  for (const setting of allSettings) {
    const value = setting.fallback(facts, {});
    const shown = setting.type.show(value);
    if (shown !== '') assert.deepEqual(setting.type.parse(shown), value, setting.name);
  }
});

test('the collector is the one that OpenTelemetry names, unless ours says another or none', () => {
  const standard = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318', OTEL_EXPORTER_OTLP_HEADERS: 'key=a%20b' };
  const endpointOf = (environment: Record<string, string>) => String(read(environment).tracing.otlpEndpoint);
  assert.equal(endpointOf(standard), 'http://collector:4318/');
  assert.deepEqual(read(standard).tracing.otlpHeaders, { key: 'a b' });
  assert.equal(endpointOf({ ...standard, LAMBDAD_OTLP_ENDPOINT: 'https://other/base' }), 'https://other/base');
  assert.equal(endpointOf({ ...standard, LAMBDAD_OTLP_ENDPOINT: 'off' }), 'off');
  assert.equal(endpointOf({ OTEL_EXPORTER_OTLP_ENDPOINT: 'grpc://collector' }), 'undefined');
  assert.throws(() => read({ LAMBDAD_OTLP_ENDPOINT: 'collector:4318' }), InvalidSetting);
  assert.throws(
    () => read({ LAMBDAD_OTLP_HEADERS: 'secret' }),
    (error) => !String(error).includes('secret'),
  );
});
