/** Functions that really use their layers: what they import, run and read from `/opt`. */
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { DeleteLayerVersionCommand, PublishLayerVersionCommand } from '@aws-sdk/client-lambda';
import { TestDaemon } from '../kit/test-daemon.ts';
import { type Files, zipOf } from '../kit/zip-of.ts';

const python = { Runtime: 'python3.13', Handler: 'app.handler' } as const;

for (const sandbox of ['auto', 'off']) {
  suite(`layers at /opt (sandbox ${sandbox})`, { concurrency: true }, () => {
    let lambdad: TestDaemon;
    before(async () => {
      lambdad = await TestDaemon.start({ settings: { LAMBDAD_SANDBOX: sandbox } });
    });
    after(() => lambdad[Symbol.asyncDispose]());

    const layer = async (name: string, files: Files): Promise<string> => {
      const Content = { ZipFile: await zipOf(files) };
      const published = await lambdad.lambda.send(new PublishLayerVersionCommand({ LayerName: name, Content }));
      return published.LayerVersionArn ?? '';
    };

    test('Python imports modules and packages of a layer, and its own before them', async () => {
      const arn = await layer('python', {
        'python/util.py': 'answer = 42',
        'python/mine.py': 'owner = "layer"',
        'python/lib/python3.13/site-packages/deep/__init__.py': 'depth = 3',
      });
      const code = {
        'mine.py': 'owner = "function"',
        'app.py': [
          'import deep, mine, util',
          'def handler(event, context): return [util.answer, deep.depth, mine.owner]',
        ].join('\n'),
      };
      const fn = await lambdad.function({ ...python, code, Layers: [arn] });
      assert.deepEqual((await fn.invoke()).payload, [42, 3, 'function']);
    });

    test('Node.js requires and imports modules of a layer', async () => {
      const arn = await layer('nodejs', {
        'nodejs/node_modules/common/index.js': 'exports.kind = "common";',
        'nodejs/node_modules/modern/package.json': '{"type":"module","exports":"./modern.js"}',
        'nodejs/node_modules/modern/modern.js': 'export const kind = "modern";',
        'nodejs/node24/node_modules/newest/index.js': 'exports.kind = "newest";',
      });
      const names = ['common', 'modern', 'newest'];
      const required = names.map((name) => `require('${name}').kind`).join();
      const byRequire = await lambdad.function({
        code: { 'index.js': `exports.handler = async () => [${required}];` },
        Layers: [arn],
      });
      assert.deepEqual((await byRequire.invoke()).payload, names);
      const imports = names.map((name) => `import * as ${name} from '${name}';`).join('\n');
      const byImport = await lambdad.function({
        code: {
          'index.mjs': `${imports}\nexport const handler = async () => [${names.map((n) => `${n}.kind`).join()}];`,
        },
        Layers: [arn],
      });
      assert.deepEqual((await byImport.invoke()).payload, names);
    });

    test('a later layer covers an earlier one', async () => {
      const [one, two] = [
        await layer('one', { 'python/util.py': 'n = 1', 'python/only_one.py': 'n = 1' }),
        await layer('two', { 'python/util.py': 'n = 2' }),
      ];
      const code = {
        'app.py': 'import util, only_one\ndef handler(event, context): return [util.n, only_one.n]',
      };
      const rows: readonly (readonly [layers: string[], expected: number[]])[] = [
        [
          [one, two],
          [2, 1],
        ],
        [
          [two, one],
          [1, 1],
        ],
      ];
      for (const [Layers, expected] of rows) {
        const fn = await lambdad.function({ ...python, code, Layers });
        assert.deepEqual((await fn.invoke()).payload, expected);
      }
    });

    test('a custom runtime may come with a layer, and its programs are on the PATH', async () => {
      const bootstrap = [
        '#!/bin/sh',
        'while true; do',
        '  headers=$(mktemp)',
        '  curl -sS -D "$headers" -o /dev/null "http://$AWS_LAMBDA_RUNTIME_API/2018-06-01/runtime/invocation/next"',
        '  id=$(sed -n "s/^Lambda-Runtime-Aws-Request-Id: *//Ip" "$headers" | tr -d "\\r\\n")',
        '  greet | curl -sS -X POST --data-binary @- "http://$AWS_LAMBDA_RUNTIME_API/2018-06-01/runtime/invocation/$id/response"',
        'done',
      ].join('\n');
      const arn = await layer('runtime', { bootstrap, 'bin/greet': '#!/bin/sh\necho \'"hello from a layer"\'' });
      const fn = await lambdad.function({ Runtime: 'provided.al2023', code: { 'data.txt': '' }, Layers: [arn] });
      assert.equal((await fn.invoke()).payload, 'hello from a layer');
    });

    test('a function goes on with a layer version that was deleted', async () => {
      const arn = await layer('deleted', { 'python/util.py': 'n = 1' });
      const code = { 'app.py': 'import util\ndef handler(event, context): return util.n' };
      const fn = await lambdad.function({ ...python, code, Layers: [arn] });
      await lambdad.lambda.send(new DeleteLayerVersionCommand({ LayerName: 'deleted', VersionNumber: 1 }));
      assert.equal((await fn.invoke()).payload, 1);
    });
  });
}
