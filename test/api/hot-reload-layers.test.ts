/** Layers that are folders of their author's: an edit is in `/opt` at once, merged with the layers around it. */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import {
  DeleteLayerVersionCommand,
  GetFunctionConfigurationCommand,
  type LayerVersionContentInput,
  PublishLayerVersionCommand,
} from '@aws-sdk/client-lambda';
import { apiRequest } from '../kit/api-request.ts';
import { LiveFunction } from '../kit/live-function.ts';
import { TestDaemon } from '../kit/test-daemon.ts';
import type { Invoked, TestFunction } from '../kit/test-function.ts';
import { type Files, zipOf } from '../kit/zip-of.ts';

/** A folder that becomes a layer and is edited. */
class LayerFolder implements Disposable {
  readonly #parent = mkdtempSync(join(tmpdir(), 'lambdad-layer-'));
  readonly path = join(this.#parent, 'layer');

  constructor(files: Files) {
    this.write(files);
  }

  write(files: Files): void {
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(dirname(join(this.path, name)), { recursive: true });
      writeFileSync(join(this.path, name), content);
    }
  }

  [Symbol.dispose](): void {
    rmSync(this.#parent, { recursive: true, force: true });
  }
}

const payload = ({ payload: answer }: Invoked): string => JSON.stringify(answer);

async function until(fn: TestFunction, expected: unknown): Promise<void> {
  let last = '';
  for (let count = 0; count < 2000; count += 1) {
    last = payload(await fn.invoke());
    if (last === JSON.stringify(expected)) return;
  }
  assert.fail(`${JSON.stringify(expected)} never arrived, the last answer was ${last}`);
}

const python = { Runtime: 'python3.13', Handler: 'app.handler' } as const;
const code = {
  'app.py': [
    'def value(name):',
    '    try: return __import__(name).n',
    '    except ImportError: return None',
    'def handler(event, context): return [value("low"), value("mid"), value("top")]',
  ].join('\n'),
};

for (const sandbox of ['auto', 'off']) {
  suite(`layers that are reloaded (sandbox ${sandbox})`, { concurrency: 2 }, () => {
    let lambdad: TestDaemon;
    before(async () => {
      lambdad = await TestDaemon.start({ settings: { LAMBDAD_SANDBOX: sandbox } });
    });
    after(() => lambdad[Symbol.asyncDispose]());

    const publish = async (name: string, content: LayerVersionContentInput): Promise<string> => {
      const published = await lambdad.lambda.send(
        new PublishLayerVersionCommand({ LayerName: name, Content: content }),
      );
      return published.LayerVersionArn ?? '';
    };
    const live = (name: string, { path }: LayerFolder): Promise<string> =>
      publish(name, { S3Bucket: 'hot-reload', S3Key: path });

    test('one alone is in /opt as it is, and an edit is live', async () => {
      using layer = new LayerFolder({ 'python/low.py': 'n = 1' });
      const fn = await lambdad.function({ ...python, code, Layers: [await live('alone', layer)] });
      await until(fn, [1, null, null]);
      layer.write({ 'python/low.py': 'n = 2', 'python/mid.py': 'n = 3' });
      await until(fn, [2, 3, null]);
    });

    test('among others it is merged in its place: edits, new files and files that go', async () => {
      using middle = new LayerFolder({ 'python/mid.py': 'n = 1', 'python/low.py': 'n = 100' });
      const low = await publish('low', {
        ZipFile: await zipOf({ 'python/low.py': 'n = 1', 'python/mid.py': 'n = 9' }),
      });
      const top = await publish('top', { ZipFile: await zipOf({ 'python/top.py': 'n = 1' }) });
      const Layers = [low, await live('middle', middle), top];
      const fn = await lambdad.function({ ...python, code, Layers });
      await until(fn, [100, 1, 1]);
      middle.write({ 'python/mid.py': 'n = 2', 'python/top.py': 'n = 50' });
      await until(fn, [100, 2, 1]);
      rmSync(join(middle.path, 'python/low.py'));
      await until(fn, [1, 2, 1]);
      writeFileSync(join(middle.path, 'python/mid.py~'), 'n = 3');
      renameSync(join(middle.path, 'python/mid.py~'), join(middle.path, 'python/mid.py'));
      await until(fn, [1, 3, 1]);
    });

    test('two of them are both followed, and so is the code beside them', async () => {
      using one = new LayerFolder({ 'python/low.py': 'n = 1' });
      using two = new LayerFolder({ 'python/mid.py': 'n = 1' });
      const Layers = [await live('one', one), await live('two', two)];
      using it = await LiveFunction.create(lambdad, { ...code, 'top.py': 'n = 1' }, { ...python, Layers });
      await until(it.fn, [1, 1, 1]);
      one.write({ 'python/low.py': 'n = 2' });
      await until(it.fn, [2, 1, 1]);
      two.write({ 'python/mid.py': 'n = 2' });
      await until(it.fn, [2, 2, 1]);
      it.write({ 'top.py': 'n = 2' });
      await until(it.fn, [2, 2, 2]);
    });

    test('one that vanishes leaves the others, and is back when it is', async () => {
      using layer = new LayerFolder({ 'python/mid.py': 'n = 1' });
      const low = await publish('stays', { ZipFile: await zipOf({ 'python/low.py': 'n = 1' }) });
      const fn = await lambdad.function({ ...python, code, Layers: [low, await live('goes', layer)] });
      const alone = await lambdad.function({ ...python, code, Layers: [await live('goes-alone', layer)] });
      await until(fn, [1, 1, null]);
      await until(alone, [null, 1, null]);
      rmSync(layer.path, { recursive: true });
      await until(fn, [1, null, null]);
      await until(alone, [null, null, null]);
      layer.write({ 'python/mid.py': 'n = 2' });
      await until(fn, [1, 2, null]);
      await until(alone, [null, 2, null]);
    });

    // Without a sandbox the function reads the author's folder itself.
    if (sandbox === 'off') return;
    test('an invocation in flight goes on with the files that it began with', async () => {
      using layer = new LayerFolder({ 'nodejs/text.txt': 'old', 'nodejs/node_modules/part/index.js': '' });
      const low = await publish('below', { ZipFile: await zipOf({ other: '' }) });
      const Layers = [low, await live('in-flight', layer)];
      using it = await LiveFunction.create(
        lambdad,
        {
          'index.js': `
            const { existsSync, readFileSync } = require('node:fs');
            exports.handler = async ({ wait }) => {
              while (wait && !existsSync(__dirname + '/go')) await new Promise((resolve) => setTimeout(resolve, 5));
              return readFileSync('/opt/nodejs/text.txt', 'utf8');
            };`,
        },
        { Timeout: 60, Layers },
      );
      assert.equal((await it.fn.invoke()).payload, 'old');
      const running = it.fn.invoke({ wait: true });
      while (!(await (await lambdad.fetch('/_lambdad/status')).text()).includes('"busy"')) {
        // It is on its way.
      }
      layer.write({ 'nodejs/next.txt': 'new' });
      renameSync(join(layer.path, 'nodejs/next.txt'), join(layer.path, 'nodejs/text.txt'));
      await it.until(({ payload: answer }) => answer === 'new');
      it.write({ go: '' });
      assert.equal((await running).payload, 'old');
    });
  });
}

suite('layers that are reloaded, in the API', () => {
  let lambdad: TestDaemon;
  before(async () => {
    lambdad = await TestDaemon.start();
  });
  after(() => lambdad[Symbol.asyncDispose]());

  const publish = (LayerName: string, S3Key: string) =>
    new PublishLayerVersionCommand({ LayerName, Content: { S3Bucket: 'hot-reload', S3Key } });

  test('they are shown with their path, take no room, and can be deleted while they are used', async () => {
    using layer = new LayerFolder({ 'python/low.py': 'n = 1' });
    process.env['HOT_RELOAD_LAYER'] = layer.path;
    const { Content, LayerVersionArn, Version } = await lambdad.lambda.send(publish('shown', '$HOT_RELOAD_LAYER'));
    delete process.env['HOT_RELOAD_LAYER'];
    assert.deepEqual(Content, {
      Location: `file://${layer.path}`,
      CodeSha256: 'hot-reloading-hash-not-available',
      CodeSize: 0,
    });
    const fn = await lambdad.function({ ...python, code, Layers: [LayerVersionArn ?? ''] });
    const { Layers } = await lambdad.lambda.send(new GetFunctionConfigurationCommand({ FunctionName: fn.name }));
    assert.deepEqual(Layers, [{ Arn: LayerVersionArn, CodeSize: 0 }]);
    await lambdad.lambda.send(new DeleteLayerVersionCommand({ LayerName: 'shown', VersionNumber: Version ?? 0 }));
    await until(fn, [1, null, null]);
    layer.write({ 'python/low.py': 'n = 2' });
    await until(fn, [2, null, null]);
  });

  const refusals: Readonly<Record<string, RegExp>> = {
    'layer/here': /the archive key has to be an absolute path! Your archive key: layer\/here/,
    '/no/such/layer': /the path of a folder, and there is none at \/no\/such\/layer/,
  };
  for (const [key, message] of Object.entries(refusals)) {
    test(`the key ${key} is refused`, async () => {
      const answer = await apiRequest(lambdad.endpoint, {
        path: '/2018-10-31/layers/refused/versions',
        method: 'POST',
        body: { Content: { S3Bucket: 'hot-reload', S3Key: key } },
      });
      assert.equal(answer.status, 400);
      assert.match(answer.text, message);
    });
  }
});
