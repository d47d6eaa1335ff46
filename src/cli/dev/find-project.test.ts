import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { CommandFailure } from '../command-failure.ts';
import { findProject } from './find-project.ts';
import { exportedHandler } from './node-project.ts';

type Files = Readonly<Record<string, string>>;

function folderWith(files: Files): string {
  const folder = mkdtempSync(join(tmpdir(), 'lambdad-project-'));
  after(() => rmSync(folder, { recursive: true }));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
    if (text.startsWith('#!')) chmodSync(join(folder, name), 0o755);
  }
  return folder;
}

const js = 'exports.handler = async () => 1;';
const found: readonly (readonly [what: string, files: Files, runtime: string, handler: string])[] = [
  ['CommonJS', { 'index.js': js }, 'nodejs24.x', 'index.handler'],
  ['a module', { 'app.mjs': 'export const handler = async () => 1;' }, 'nodejs24.x', 'app.handler'],
  [
    'TypeScript in src',
    { 'src/index.ts': 'export const handler: Handler = () => 1' },
    'nodejs24.x',
    'src/index.handler',
  ],
  [
    'a source before its output',
    { 'src/app.ts': 'export async function handler() {}', 'dist/app.js': js },
    'nodejs24.x',
    'src/app.handler',
  ],
  [
    'what package.json names',
    { 'package.json': '{"main":"./code/start"}', 'code/start.cjs': js, 'index.js': js },
    'nodejs24.x',
    'code/start.handler',
  ],
  [
    'a file without a handler beside one with',
    { 'index.ts': 'export const x = 1', 'main.ts': 'export { run as handler };' },
    'nodejs24.x',
    'main.handler',
  ],
  ['the Node.js that the project asks for', { '.nvmrc': 'v22.3.0\n', 'index.js': js }, 'nodejs22.x', 'index.handler'],
  [
    'Python',
    { 'lambda_function.py': 'def lambda_handler(event, context):\n  pass', '.python-version': '3.12.1' },
    'python3.12',
    'lambda_function.lambda_handler',
  ],
  [
    'Python in src',
    { 'src/app.py': 'import os\ndef handler(e, c): pass', '.python-version': '3.13' },
    'python3.13',
    'src/app.handler',
  ],
  ['Ruby', { 'app.rb': 'def handler(event:, context:)\nend', '.ruby-version': '3.3.0' }, 'ruby3.3', 'app.handler'],
  ['a program', { bootstrap: '#!/bin/sh', 'index.js': js }, 'provided.al2023', 'bootstrap'],
  [
    'Java that is compiled',
    {
      'pom.xml': '',
      'src/main/java/a/b/Fn.java': 'package a.b;\nclass Fn { Object handleRequest(Object o, Context c) {} }',
      'target/classes/a/b/Fn.class': '',
    },
    'java21',
    'a.b.Fn::handleRequest',
  ],
];
for (const [what, files, runtime, handler] of found) {
  test(`${what} is found`, async () => {
    const project = await findProject(folderWith(files), {});
    assert.deepEqual([project.runtime, project.handler], [runtime, handler]);
  });
}

const refused: readonly (readonly [what: string, files: Files, message: RegExp])[] = [
  [
    'nothing',
    {},
    /^no handler was found in .*: name it with --runtime and --handler\. Looked for:\n {2}a program named "bootstrap"\n.*package\.json/,
  ],
  ['a program that cannot be executed', { bootstrap: 'text' }, /cannot be executed: type "chmod \+x"/],
  ['Go that is not built', { 'go.mod': '' }, /has a go\.mod and no program named "bootstrap" yet: build it with/],
  [
    'Java that is not compiled',
    { 'pom.xml': '', 'src/main/java/Fn.java': 'handleRequest(' },
    /Fn\.java is not compiled yet/,
  ],
  ['a package.json that is broken', { 'package.json': '{' }, /^no handler was found/],
  ['a main that leads out of the folder', { 'package.json': '{"main":"../index.js"}' }, /^no handler was found/],
];
for (const [what, files, message] of refused) {
  test(`${what} is explained`, async () => {
    await assert.rejects(
      findProject(folderWith(files), {}),
      (error) => error instanceof CommandFailure && message.test(error.message),
    );
  });
}

test('what the command line says wins, and narrows what is looked for', async () => {
  const folder = folderWith({ 'index.js': js, 'app.py': 'def handler(e, c): pass' });
  const { runtime, handler } = await findProject(folder, { runtime: 'python3.11' });
  assert.deepEqual([runtime, handler], ['python3.11', 'app.handler']);
  assert.equal((await findProject(folder, { handler: 'index.other' })).handler, 'index.other');
  const both = await findProject(folder, { runtime: 'java21', handler: 'a.B' });
  assert.deepEqual([both.runtime, both.handler], ['java21', 'a.B']);
  await assert.rejects(findProject(`${folder}/index.js`, {}), /^CommandFailure: there is no folder/);
});

test('a handler is read out of every way to export one, and not out of comments', () => {
  const exporting: Readonly<Record<string, string | undefined>> = {
    'module.exports.handler = f': 'handler',
    'module.exports = { handler, other }': 'handler',
    'module.exports = {\n  other: 1,\n  async handler(event) {},\n}': 'handler',
    'export async function handler(event) {}': 'handler',
    'export let lambdaHandler = f': 'lambdaHandler',
    'export { a, handler };': 'handler',
    'export default async () => 1;': 'default',
    '// exports.handler = 1': undefined,
    '/* export const handler = 1 */': undefined,
    'const handler = 1; myexports.handler = 2': undefined,
    'if (exports.handler == 1) {}': undefined,
    'export const handlers = {}': undefined,
  };
  for (const [source, name] of Object.entries(exporting)) assert.equal(exportedHandler(source), name, source);
});
