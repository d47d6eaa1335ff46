/** S3 through the AWS CLI, with its own ways of listing, copying and signing. */
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { runProgram } from '../kit/run-program.ts';
import { TestDaemon } from '../kit/test-daemon.ts';

suite('the AWS CLI', () => {
  let daemon: TestDaemon;
  let folder: string;
  before(async () => {
    daemon = await TestDaemon.start();
    folder = await mkdtemp(join(tmpdir(), 'lambdad-cli-'));
  });
  after(async () => {
    await rm(folder, { recursive: true, force: true });
    await daemon[Symbol.asyncDispose]();
  });

  async function aws(...args: string[]): Promise<string> {
    const env = {
      AWS_ENDPOINT_URL: daemon.endpoint,
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      AWS_DEFAULT_REGION: 'us-east-1',
      AWS_CONFIG_FILE: '/dev/null',
      AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    };
    const { code, stdout, stderr } = await runProgram(['aws', ...args], { env });
    assert.equal(code, 0, stderr);
    return stdout;
  }

  test('copies folders both ways, signs URLs, and removes all', async () => {
    await aws('s3', 'mb', 's3://cli-bucket');
    const tree = join(folder, 'tree');
    await mkdir(join(tree, 'sub'), { recursive: true });
    const large = Buffer.alloc(9 * 1024 * 1024, 'large');
    await writeFile(join(tree, 'a b+c.txt'), 'hello');
    await writeFile(join(tree, 'sub', 'ü.bin'), large);
    await aws('s3', 'sync', tree, 's3://cli-bucket/tree');
    const listed = await aws('s3', 'ls', '--recursive', 's3://cli-bucket');
    assert.match(listed, / 5 tree\/a b\+c\.txt\n/);
    assert.match(listed, / 9437184 tree\/sub\/ü\.bin\n/);
    await aws('s3', 'cp', 's3://cli-bucket/tree/sub/ü.bin', join(folder, 'back.bin'));
    assert.ok((await readFile(join(folder, 'back.bin'))).equals(large));
    await aws('s3', 'mv', 's3://cli-bucket/tree/a b+c.txt', 's3://cli-bucket/moved.txt');
    const url = (await aws('s3', 'presign', 's3://cli-bucket/moved.txt')).trim();
    assert.equal((await runProgram(['curl', '-s', url])).stdout, 'hello');
    await aws('s3', 'rb', '--force', 's3://cli-bucket');
  });

  test('calls the API itself', async () => {
    await aws('s3', 'mb', 's3://api-bucket');
    await writeFile(join(folder, 'object'), 'x');
    const put = ['put-object', '--bucket', 'api-bucket', '--key', 'k', '--body', join(folder, 'object')];
    assert.match(await aws('s3api', ...put), /"ETag": "\\"[0-9a-f]{32}\\""/);
    const got = JSON.parse(await aws('s3api', 'get-bucket-location', '--bucket', 'api-bucket')) as object;
    assert.deepEqual(got, { LocationConstraint: null });
  });
});
