import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { runProgram } from './program.ts';
import { recordedContext } from './recorded-context.fixture.ts';

const data = mkdtempSync(join(tmpdir(), 'lambdad-certificate-'));
after(() => rmSync(data, { recursive: true }));
const file = join(data, 'certificates', 'ca.pem');

async function run(args: readonly string[], environment = {}) {
  const context = recordedContext({ LAMBDAD_DATA_DIR: data, ...environment });
  return { exitCode: await runProgram(['certificate', ...args], context), ...context.written };
}

test('the authority is made, its path is shown, and how it is trusted', async () => {
  const { exitCode, stdout } = await run([]);
  assert.equal(exitCode, 0);
  assert.ok(stdout.startsWith(`${file}\n`));
  for (const variable of ['AWS_CA_BUNDLE', 'NODE_EXTRA_CA_CERTS', 'SSL_CERT_FILE'])
    assert.match(stdout, new RegExp(`${variable}=${file}`));
  assert.equal(new X509Certificate(readFileSync(file)).ca, true);
  assert.equal((await run(['--pem'])).stdout, readFileSync(file, 'utf8'));
});

test('it says when the daemon shows another, and when the folder is damaged', async () => {
  assert.match((await run([], { CUSTOM_SSL_CERT_PATH: '/my.pem' })).stderr, /does not use it: .* names \/my\.pem/);
  writeFileSync(file, 'damaged');
  const { exitCode, stderr } = await run([]);
  assert.deepEqual(
    [exitCode, stderr],
    [
      1,
      `lambdad: the certificates in ${join(data, 'certificates')} cannot be used: remove that folder to have new ones made\n`,
    ],
  );
});
