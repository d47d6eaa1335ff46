/** Deployment packages made to break what unpacks them. */
import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import {
  CreateFunctionCommand,
  GetFunctionConfigurationCommand,
  type LambdaServiceException,
} from '@aws-sdk/client-lambda';
import { link, type RawEntry, rawZip } from '../../src/lambda/code/raw-zip.fixture.ts';
import { AttackedDaemon } from './attacked-daemon.ts';
import { zip64 } from './zip64.ts';

const handler: RawEntry = { name: 'index.js', data: 'exports.handler = async () => "ran";' };
const unreadable = 'Could not unzip uploaded file. Please check your file, then try to upload again.';

/** In the end record, the number of entries and the size of the directory. */
const countAt = -12;

function withCount(archive: Buffer, count: number): Buffer {
  const changed = Buffer.from(archive);
  changed.writeUInt16LE(count, changed.length + countAt - 2);
  changed.writeUInt16LE(count, changed.length + countAt);
  return changed;
}

const whole = rawZip([handler, { name: 'data', data: 'x'.repeat(10_000), stored: true }]);

const refused: Readonly<Record<string, readonly RawEntry[] | Buffer>> = {
  'not a zip': Buffer.from('#!/bin/sh\necho hello\n'),
  'a zip that is cut short': whole.subarray(0, -30),
  'a zip without its beginning': whole.subarray(40),
  'nothing but the end of a zip that promises entries': withCount(rawZip([]), 3),
  'more entries promised than there are': withCount(whole, 60_000),
  'the form for large archives that promises more than there is': zip64(whole, { entries: 99_999n }),
  'more entries than any package has': zip64(whole, { entries: 2n ** 63n }),
  'a directory that lies beyond the end of the archive': zip64(whole, { directoryOffset: 2n ** 40n }),
  'a directory that is larger than the archive': zip64(whole, { directorySize: 2n ** 40n, entries: 3n }),
  'a path that climbs out': [handler, { name: '../../escaped.js', data: 'x' }],
  'a path that climbs out after a folder': [handler, { name: 'lib/../../escaped.js', data: 'x' }],
  'a path that climbs out with backslashes': [handler, { name: '..\\..\\escaped.js', data: 'x' }],
  'an absolute path': [handler, { name: '/tmp/escaped.js', data: 'x' }],
  'a drive letter': [handler, { name: 'C:\\escaped.js', data: 'x' }],
  'a link to an absolute path': [handler, link('passwd', '/etc/passwd')],
  'a link that climbs out': [handler, link('lib/out', '../../../../etc')],
  'a link that climbs out after a name': [handler, link('a/out', 'b/../../../etc')],
  'a file behind a link': [handler, link('out', 'lib'), { name: 'out/file', data: 'x' }],
  'a link and a file of one name': [handler, link('a', 'index.js'), { name: 'a', data: 'x' }],
  'a link whose target is too long': [handler, link('a', 'n/'.repeat(3_000))],
  'a NUL in a name': [handler, { name: 'index.js\0.txt', data: 'x' }],
  'a name too long for a file system': [handler, { name: 'n'.repeat(256), data: 'x' }],
  'a file inside of a file': [handler, { name: 'index.js/inner.js', data: 'x' }],
  'one name twice': [handler, handler],
  'one name twice, written in two ways': [handler, { name: './/index.js', data: 'x' }],
  'an encrypted entry': [{ ...handler, flags: 1 }],
  'a compression that is not known': [{ ...handler, method: 14 }],
  'a size that no compression reaches': [handler, { name: 'bomb', data: 'x', size: 200_000_000 }],
  'a stored entry that lies about its size': [handler, { name: 'a', data: 'x', stored: true, size: 1_000 }],
};

suite('hostile archives', () => {
  let attacked: AttackedDaemon;
  before(async () => {
    attacked = await AttackedDaemon.start();
  });
  after(() => attacked[Symbol.asyncDispose]());

  const create = async (ZipFile: Buffer): Promise<LambdaServiceException | undefined> => {
    const error: unknown = await attacked.daemon.lambda
      .send(
        new CreateFunctionCommand({
          FunctionName: 'refused',
          Runtime: 'nodejs24.x',
          Handler: 'index.handler',
          Role: 'arn:aws:iam::000000000000:role/lambda-role',
          Code: { ZipFile },
        }),
      )
      .then(
        () => undefined,
        (thrown: unknown) => thrown,
      );
    return error as LambdaServiceException | undefined;
  };

  for (const [what, entries] of Object.entries(refused)) {
    test(`refuses ${what}`, async () => {
      const error = await create(Buffer.isBuffer(entries) ? entries : rawZip(entries));
      assert.equal(error?.name, 'InvalidParameterValueException');
      assert.equal(error.message, unreadable);
      await attacked.stillServes();
    });
  }

  test('refuses an archive with no file in it', async () => {
    for (const archive of [rawZip([]), rawZip([{ name: 'folder/', mode: 0o040755 }])]) {
      assert.equal((await create(archive))?.message, 'Uploaded file must be a non-empty zip');
    }
  });

  test('refuses a bomb of one entry and a bomb of many, and unpacks neither', async () => {
    const megabyte = Buffer.alloc(1024 * 1024);
    const bombs = [
      [handler, { name: 'bomb', data: Buffer.alloc(262_144_001) }],
      [handler, ...Array.from({ length: 251 }, (_, i) => ({ name: `part${i}`, data: megabyte }))],
    ];
    for (const entries of bombs) {
      assert.equal((await create(rawZip(entries)))?.message, 'Unzipped size must be smaller than 262144000 bytes');
    }
    await attacked.stillServes();
  });

  test('an archive whose data is not what its directory says makes a Failed function that says so', async () => {
    const lies: readonly RawEntry[] = [
      { name: 'lie', data: 'x'.repeat(1_000), size: 999 },
      { name: 'lie', data: 'x'.repeat(1_000), size: 5_000 },
      { name: 'lie', data: 'hello', crc: 42 },
    ];
    for (const [index, lie] of lies.entries()) {
      const name = `liar-${index}`;
      await assert.rejects(attacked.daemon.function({ FunctionName: name, code: rawZip([handler, lie]) }), /Failed/);
      const state = await attacked.daemon.lambda.send(new GetFunctionConfigurationCommand({ FunctionName: name }));
      assert.equal(state.StateReasonCode, 'InvalidZipFileException');
      assert.match(state.StateReason ?? '', /lie: the data is not what the directory says/);
      await attacked.stillServes();
    }
  });

  test('devices, pipes, sockets and set-user-id bits become ordinary files', async () => {
    const kinds = { block: 0o060666, character: 0o020666, pipe: 0o010666, socket: 0o140666, setuid: 0o104755 };
    const fn = await attacked.daemon.function({
      code: rawZip([
        {
          name: 'index.js',
          data: `const fs = require('node:fs'); exports.handler = async () =>
          ${JSON.stringify(Object.keys(kinds))}.map((name) => [fs.lstatSync(name).isFile(), fs.lstatSync(name).mode & 0o6000]);`,
        },
        ...Object.entries(kinds).map(([name, mode]) => ({ name, mode, data: 'x' })),
      ]),
    });
    assert.deepEqual(
      (await fn.invoke()).payload,
      Object.keys(kinds).map(() => [true, 0]),
    );
  });

  test('strange names and links inside of the package are kept as they are', async () => {
    const names = ['a\nb', 'ünï\u202ecode', ' ', '-rf', '$(id)', '`id`', 'CASE', 'case', '__proto__', 'a'.repeat(255)];
    const fn = await attacked.daemon.function({
      code: rawZip([
        {
          name: 'index.js',
          data: `exports.handler = async () => [require('node:fs').readdirSync('.'), require('./alias/value.js')];`,
        },
        { name: 'lib/value.js', data: 'module.exports = 42;' },
        link('alias', './lib'),
        ...names.map((name) => ({ name, data: name })),
      ]),
    });
    const [found, value] = (await fn.invoke()).payload as [readonly string[], number];
    assert.deepEqual(found.toSorted(), [...names, 'index.js', 'lib', 'alias'].toSorted());
    assert.equal(value, 42);
  });

  test('links that form a ring, and a link to nowhere, harm nobody', async () => {
    const entries = [handler, link('a', 'b'), link('b', 'a'), link('self', 'self'), link('gone', 'nowhere')];
    const fn = await attacked.daemon.function({ code: rawZip(entries) });
    assert.equal((await fn.invoke()).payload, 'ran');
  });

  test('an archive in the form for large ones runs', async () => {
    const fn = await attacked.daemon.function({ code: zip64(rawZip([handler])) });
    assert.equal((await fn.invoke()).payload, 'ran');
  });

  test('many thousands of entries in folders that are deep are unpacked', async () => {
    const entries = Array.from({ length: 5_000 }, (_, i) => ({ name: `${'d/'.repeat(i % 60)}f${i}`, data: '' }));
    const fn = await attacked.daemon.function({ code: rawZip([handler, ...entries]) });
    assert.equal((await fn.invoke()).payload, 'ran');
  });

  test('nothing of a refused archive is on disk', async () => {
    const folder = attacked.daemon.dataDirectory;
    const files = await readdir(folder, { recursive: true });
    assert.deepEqual(
      files.filter((name) => /escaped|bomb|\.part$/.test(name)),
      [],
    );
    assert.equal(existsSync(join(folder, '..', 'escaped.js')), false);
    assert.deepEqual(
      readdirSync('/tmp').filter((name) => name.startsWith('escaped')),
      [],
    );
  });
});
