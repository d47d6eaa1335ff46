/** What extensions are told and what their failures do, as real processes in a layer, wherever functions run. */
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { PublishLayerVersionCommand } from '@aws-sdk/client-lambda';
import { realFunction } from '../real-input/real-function.ts';
import { Collector } from './collector.ts';
import { type ExtensionWishes, extensionProgram } from './extension-program.ts';
import type { TestDaemon } from './test-daemon.ts';
import type { FunctionOptions, TestFunction } from './test-function.ts';
import { type Files, zipOf } from './zip-of.ts';

/** Where the functions of the cases run. */
export interface ExtensionSite {
  readonly name: string;
  readonly start: (settings?: Readonly<Record<string, string>>) => Promise<TestDaemon>;
  /** What every function has. */
  readonly common: Partial<FunctionOptions>;
  /** Seconds: a time-out that does not come before a start is over. */
  readonly shortTimeout: number;
  /** What extensions write may still be on its way when an invocation ends: it passes through an engine. */
  readonly outputLags: boolean;
}

const echo = { 'index.js': 'exports.handler = async (event) => { console.log("working"); return event; };' };

interface Registration {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

interface Watched extends AsyncDisposable {
  readonly collector: Collector;
  readonly fn: TestFunction;
  /** Types of the events that it was told. */
  readonly events: () => readonly string[];
  readonly shutdowns: () => readonly string[];
  /** Ends the daemon. */
  readonly stop: () => Promise<void>;
}

async function withLayer(
  lambdad: TestDaemon,
  { common }: ExtensionSite,
  files: Files,
  code: Files = echo,
  more: Partial<FunctionOptions> = {},
): Promise<TestFunction> {
  const Content = { ZipFile: await zipOf(files) };
  const layer = await lambdad.lambda.send(new PublishLayerVersionCommand({ LayerName: 'extensions', Content }));
  return lambdad.function({ ...common, code, Layers: [layer.LayerVersionArn ?? ''], ...more });
}

/** A function with one extension, and what that tells. */
async function withExtension(
  site: ExtensionSite,
  wishes: ExtensionWishes,
  code: Files = echo,
  more: Partial<FunctionOptions> = {},
): Promise<Watched> {
  const collector = await Collector.open();
  const lambdad = await site.start();
  const program = extensionProgram(collector.port, wishes);
  const fn = await withLayer(lambdad, site, { 'extensions/watcher.js': program }, code, more);
  return {
    collector,
    fn,
    events: () => collector.all('event').map((event) => (event as { eventType: string }).eventType),
    shutdowns: () =>
      collector.all('event').flatMap((event) => (event as { shutdownReason?: string }).shutdownReason ?? []),
    stop: () => lambdad[Symbol.asyncDispose](),
    async [Symbol.asyncDispose]() {
      await lambdad[Symbol.asyncDispose]();
      await collector[Symbol.asyncDispose]();
    },
  };
}

export function extensionCases(site: ExtensionSite): void {
  suite(`external extensions, ${site.name}`, () => {
    test('an extension registers, hears of each invocation and of the end', async () => {
      await using watched = await withExtension(site, {});
      const { collector, fn } = watched;
      for (const n of [1, 2]) assert.deepEqual((await fn.invoke({ n })).payload, { n });
      await collector.until(() => watched.events().length === 2);
      await watched.stop();
      // The second invocation may have met an extension that was still busy with the first, and got another environment.
      assert.equal(watched.events().filter((type) => type === 'INVOKE').length, 2);
      assert.equal(watched.events().at(-1), 'SHUTDOWN');
      assert.deepEqual([...new Set(watched.shutdowns())], ['spindown']);
      const [registered] = collector.all('registered') as Registration[];
      assert.equal(registered?.status, 200);
      assert.deepEqual(registered.body, {
        functionName: fn.name,
        functionVersion: '$LATEST',
        handler: 'index.handler',
        accountId: '000000000000',
      });
    });

    test('an extension gets the telemetry of the function', async () => {
      const body = { schemaVersion: '2022-07-01', types: ['platform', 'function'], buffering: { timeoutMs: 25 } };
      await using watched = await withExtension(site, { telemetry: { path: '/2022-07-01/telemetry', body } });
      const { collector, fn } = watched;
      await fn.invoke({});
      await watched.stop();
      const told = collector.all('telemetry').flat() as { type: string; record: unknown }[];
      assert.deepEqual(collector.all('subscribed'), [200]);
      assert.deepEqual(
        told.map(({ type, record }) => (type === 'function' ? String(record).split('\t').at(-1) : type)),
        [
          'platform.initStart',
          'platform.telemetrySubscription',
          'platform.extension',
          'platform.initRuntimeDone',
          'platform.initReport',
          'platform.start',
          'working',
          'platform.runtimeDone',
          'platform.report',
        ],
      );
    });
  });
}

/** An extension that was written for AWS, where `sandbox.localdomain` is a name of the environment. */
export function realExtensionCase(site: ExtensionSite): void {
  test(`an extension in Go hears of invocations, telemetry and the end, ${site.name}`, async () => {
    await using collector = await Collector.open();
    await using lambdad = await site.start();
    const Content = { ZipFile: await realFunction('go-extension') };
    const layer = await lambdad.lambda.send(new PublishLayerVersionCommand({ LayerName: 'go', Content }));
    const fn = await lambdad.function({
      ...site.common,
      code: echo,
      Layers: [layer.LayerVersionArn ?? ''],
      Environment: { Variables: { COLLECTOR_PORT: String(collector.port) } },
    });
    const { payload, log } = await fn.invoke({ n: 1 }, { LogType: 'Tail' });
    assert.deepEqual(payload, { n: 1 });
    assert.match(log, /^telemetry heard of [0-9a-f-]{36}$/m);
    await lambdad[Symbol.asyncDispose]();
    const [heard] = collector.all('goExtension') as GoExtension[];
    assert.deepEqual([heard?.invoked.length, heard?.reason], [1, 'spindown']);
    const types = heard?.told.map(({ type }) => type) ?? [];
    for (const type of ['platform.initStart', 'platform.start', 'function', 'extension', 'platform.report']) {
      assert.ok(types.includes(type), `${type} is not among ${types.join()}`);
    }
    const said = heard?.told.filter(({ type }) => type === 'extension').map(({ record }) => record);
    assert.deepEqual(said, [`telemetry heard of ${heard?.invoked[0]}`]);
  });
}

interface GoExtension {
  readonly invoked: readonly string[];
  readonly reason: string;
  readonly told: readonly { readonly type: string; readonly record: unknown }[];
}

/** The rest, which takes longer. */
export function extensionFailureCases(site: ExtensionSite): void {
  suite('an extension that fails', () => {
    const crashesOnce = `if (!require('node:fs').existsSync('/tmp/crashed')) {
    require('node:fs').writeFileSync('/tmp/crashed', '');
    process.exit(7);
  }`;

    test('in its init phase: the phase is repeated, and its end is the error when it fails again', async () => {
      await using once = await withExtension(site, { atStart: crashesOnce });
      assert.deepEqual((await once.fn.invoke({ n: 1 })).payload, { n: 1 });
      await using always = await withExtension(site, { atStart: 'process.exit(3)' });
      const { payload, functionError } = await always.fn.invoke();
      assert.equal(functionError, 'Unhandled');
      assertError(payload, 'Extension.Crash', 'exit status 3');
    });

    test('by its own report: the type says so', async () => {
      const report = (which: string): string =>
        `await api('POST', '/2020-01-01/extension/${which}/error', { ...id, 'Lambda-Extension-Function-Error-Type': 'Fatal.Test' });
       process.exit(1);`;
      await using initialising = await withExtension(site, { atReady: report('init') });
      assertError((await initialising.fn.invoke()).payload, 'Extension.InitError', 'exit status 1');
      await using leaving = await withExtension(site, { atReady: report('exit') });
      assertError((await leaving.fn.invoke()).payload, 'Extension.ExitError', 'exit status 1');
    });

    test('while the function runs: the invocation fails, the next one works', async () => {
      const slow = {
        'index.js': 'exports.handler = async ({ ms }) => new Promise((r) => setTimeout(r, ms, "slept"));',
      };
      await using watched = await withExtension(site, { onEvent: crashesOnce }, slow, { Timeout: 30 });
      assertError((await watched.fn.invoke({ ms: 20_000 })).payload, 'Extension.Crash', 'exit status 7');
      assert.equal((await watched.fn.invoke({ ms: 1 })).payload, 'slept');
    });

    test('by hanging in its init phase: the invocation times out', async () => {
      const settings = { LAMBDA_RUNTIME_ENVIRONMENT_TIMEOUT: '1' };
      await using lambdad = await site.start(settings);
      const fn = await withLayer(lambdad, site, { 'extensions/hangs': '#!/bin/sh\nsleep 1000\n' }, echo, {
        Timeout: site.shortTimeout,
      });
      assertError(
        (await fn.invoke()).payload,
        'Sandbox.Timedout',
        `Task timed out after ${site.shortTimeout}.00 seconds`,
      );
    });

    test('by hanging after the answer: the caller has it, the time-out ends the rest, the next invocation works', async () => {
      const hangs = `if (event.requestId === first || first === undefined) { first = event.requestId; await new Promise(() => setInterval(() => {}, 999)); }`;
      await using watched = await withExtension(site, { atStart: 'var first;', onEvent: hangs }, echo, {
        Timeout: site.shortTimeout,
      });
      assert.deepEqual((await watched.fn.invoke({ n: 1 })).payload, { n: 1 });
      assert.deepEqual((await watched.fn.invoke({ n: 2 })).payload, { n: 2 });
    });

    test('by not being a program: the error says what its start did', async () => {
      await using lambdad = await site.start();
      const fn = await withLayer(lambdad, site, { 'extensions/broken': '#!/no/such/interpreter\n' });
      const { payload } = await fn.invoke();
      assertError(payload, 'Extension.Crash', 'exit status 127');
    });

    test('by registering twice: the second time is refused, the first counts', async () => {
      const again = `const twice = await api('POST', '/2020-01-01/extension/register', { 'Lambda-Extension-Name': name }, '{"events":[]}');
        await tell({ twice: [twice.status, JSON.parse(twice.body).errorType] });`;
      await using watched = await withExtension(site, { atReady: again });
      assert.deepEqual((await watched.fn.invoke({ n: 1 })).payload, { n: 1 });
      assert.deepEqual(watched.collector.all('twice'), [[403, 'Extension.AlreadyRegistered']]);
    });

    test('there are too many: none is started', async () => {
      await using lambdad = await site.start();
      const files = Object.fromEntries(Array.from({ length: 11 }, (_, n) => [`extensions/e${n}`, '#!/bin/sh\n']));
      const { payload } = await (await withLayer(lambdad, site, files)).invoke();
      assert.equal((payload as { errorType: string }).errorType, 'FunctionError.TooManyExtensions');
    });
  });

  suite('the end of a run', () => {
    test('a time-out is told to extensions with its reason, and they start again', async () => {
      const stuck = {
        'index.js': 'exports.handler = async ({ hang }) => hang ? new Promise(() => setInterval(() => {}, 99)) : 1;',
      };
      await using watched = await withExtension(site, {}, stuck, { Timeout: site.shortTimeout });
      assertError((await watched.fn.invoke({ hang: true })).payload, 'Sandbox.Timedout', 'Task timed out');
      assert.equal((await watched.fn.invoke()).payload, 1);
      assert.deepEqual(watched.shutdowns(), ['timeout']);
      assert.equal(watched.collector.all('registered').length, 2);
    });

    test('a crash of the function is told as a failure', async () => {
      const crash = { 'index.js': 'exports.handler = async () => process.exit(4);' };
      await using watched = await withExtension(site, {}, crash);
      assertError((await watched.fn.invoke()).payload, 'Runtime.ExitError', 'exit status 4');
      await watched.collector.until(() => watched.shutdowns().length > 0);
      assert.deepEqual(watched.shutdowns(), ['failure']);
    });

    test('the runtime is asked to stop, and may say goodbye', async () => {
      const polite = {
        'index.js': `process.on('SIGTERM', () => { console.log('goodbye'); process.exit(0); });
        exports.handler = async () => 1;`,
      };
      const body = { schemaVersion: '2022-12-13', types: ['function'], buffering: { timeoutMs: 25 } };
      const telemetry = { path: '/2022-07-01/telemetry', body };
      const lastLine = async (): Promise<string> => {
        await using watched = await withExtension(site, { telemetry }, polite);
        await watched.fn.invoke();
        await watched.stop();
        const lines = watched.collector.all('telemetry').flat() as { record: string }[];
        return lines.at(-1)?.record ?? '';
      };
      // It has 300 ms for that, which a busy machine may not give it the first time.
      const said = [await lastLine()];
      while (said.length < 4 && !said.at(-1)?.includes('goodbye')) said.push(await lastLine());
      assert.match(said.at(-1) ?? '', /goodbye/);
    });
  });

  suite('telemetry', () => {
    test('the older Logs API tells its own records', async () => {
      const body = { schemaVersion: '2021-03-18', types: ['platform', 'extension'], buffering: { timeoutMs: 25 } };
      const wishes = {
        telemetry: { path: '/2020-08-15/logs', body },
        onEvent: 'console.log("heard", event.eventType);',
      };
      await using watched = await withExtension(site, wishes);
      const { log } = await watched.fn.invoke({}, { LogType: 'Tail' });
      if (!site.outputLags) assert.match(log, /heard INVOKE\n(.*\n)*REPORT/);
      await watched.stop();
      const told = watched.collector.all('telemetry').flat() as { type: string }[];
      const types = told.map(({ type }) => type);
      // What the extension wrote stands where it wrote it: before or after the end of the function.
      assert.ok(types.indexOf('extension') > types.indexOf('platform.start'), types.join());
      assert.deepEqual(
        types.filter((type) => type !== 'extension'),
        [
          ...['platform.logsSubscription', 'platform.extension', 'platform.start'],
          ...['platform.runtimeDone', 'platform.end', 'platform.report'],
        ],
      );
    });

    test('a subscriber that never answers delays nothing, and leaves nothing behind', async () => {
      const body = { schemaVersion: '2022-07-01', types: ['platform', 'function'], buffering: { timeoutMs: 25 } };
      const telemetry = { path: '/2022-07-01/telemetry', body };
      await using watched = await withExtension(site, { telemetry, onTelemetry: 'return' });
      for (const n of [1, 2, 3]) assert.deepEqual((await watched.fn.invoke({ n })).payload, { n });
    });

    test('a subscription that is wrong is refused with all that is wrong', async () => {
      const telemetry = {
        path: '/2022-07-01/telemetry',
        body: {
          schemaVersion: '2022-07-01',
          types: [],
          destination: { protocol: 'HTTP', URI: 'http://sandbox.localdomain' },
        },
      };
      await using watched = await withExtension(site, { telemetry });
      await watched.fn.invoke();
      assert.deepEqual(watched.collector.all('subscribed'), [400]);
      const [refusal] = watched.collector.all('body');
      assert.deepEqual(JSON.parse(String(refusal)), {
        errorMessage: 'URI port is not provided; types should not be empty',
        errorType: 'ValidationError',
      });
    });
  });
}

function assertError(payload: unknown, errorType: string, message: string): void {
  const error = payload as { errorType: string; errorMessage: string };
  assert.equal(error.errorType, errorType);
  assert.ok(error.errorMessage.includes(message), error.errorMessage);
}
