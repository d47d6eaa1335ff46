import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import fc from 'fast-check';
import { milliseconds } from '../kernel/quantity.ts';
import { systemRandom } from '../kernel/random.ts';
import { VirtualClock } from '../kernel/virtual-clock.ts';
import { CertificateAuthority } from './certificate-authority.ts';
import * as der from './der.ts';
import { ServerCertificates } from './server-certificates.ts';

function deps() {
  const dataDirectory = mkdtempSync(join(tmpdir(), 'lambdad-certificates-'));
  after(() => rmSync(dataDirectory, { recursive: true }));
  return { dataDirectory, clock: new VirtualClock(), random: systemRandom };
}

const year = 365 * 86_400_000;

test('an authority is made once, whoever asks first, and issues certificates that it vouches for', async () => {
  const it = deps();
  const [one, other] = await Promise.all([CertificateAuthority.open(it), CertificateAuthority.open(it)]);
  assert.equal(one.certificate, other.certificate);
  assert.equal((await CertificateAuthority.open(it)).certificate, one.certificate);
  assert.deepEqual(readdirSync(it.dataDirectory), ['certificates']);
  const authority = new X509Certificate(one.certificate);
  const names = ['*.a.localhost', '127.0.0.1', '::1', 'fe80::1%eth0', '2001:db8::ff00:42:8329'];
  const issued = new X509Certificate(one.issue(names).certificate);
  assert.ok(issued.checkIssued(authority) && issued.verify(authority.publicKey));
  assert.equal(issued.ca, false);
  assert.equal(
    issued.subjectAltName,
    'DNS:*.a.localhost, IP Address:127.0.0.1, IP Address:0:0:0:0:0:0:0:1, IP Address:FE80:0:0:0:0:0:0:1, IP Address:2001:DB8:0:0:0:FF00:42:8329',
  );
  assert.equal(issued.checkHost('b.a.localhost'), '*.a.localhost');
  assert.equal(issued.checkIP('::1'), '::1');
});

test('an authority about to expire is replaced, a damaged one is left for its owner to see', async () => {
  const it = deps();
  const first = await CertificateAuthority.open(it);
  it.clock.advance(milliseconds(8 * year));
  assert.equal((await CertificateAuthority.open(it)).certificate, first.certificate);
  it.clock.advance(milliseconds(1.5 * year));
  const second = await CertificateAuthority.open(it);
  assert.notEqual(second.certificate, first.certificate);
  writeFileSync(join(it.dataDirectory, 'certificates', 'ca.pem'), 'no certificate');
  await assert.rejects(CertificateAuthority.open(it), /cannot be used: remove that folder to have new ones made$/);
});

test('each name has a certificate of its own, made once and again before it expires', async () => {
  const it = deps();
  const certificates = new ServerCertificates(it);
  const one = await certificates.certificateFor('a.localhost');
  assert.equal(await certificates.certificateFor('A.localhost'), one);
  assert.equal(new X509Certificate(one.certificate).subjectAltName, 'DNS:a.localhost');
  const unnamed = new X509Certificate((await certificates.certificateFor(undefined)).certificate);
  assert.match(
    unnamed.subjectAltName ?? '',
    /^DNS:localhost, DNS:localhost\.localstack\.cloud, .*IP Address:127\.0\.0\.1/,
  );
  // What cannot be a name gets what those get who name nobody.
  for (const name of ['', 'a b', '*.localhost', 'x'.repeat(300), 'a\0b']) {
    assert.equal(
      new X509Certificate((await certificates.certificateFor(name)).certificate).subjectAltName,
      unnamed.subjectAltName,
    );
  }
  it.clock.advance(milliseconds(year * 0.6));
  assert.notEqual(await certificates.certificateFor('a.localhost'), one);
});

test('the names of clients that ask for many are forgotten again', async () => {
  const certificates = new ServerCertificates(deps());
  const first = await certificates.certificateFor('first.localhost');
  for (let n = 0; n < 200; n += 1) await certificates.certificateFor(`n${n}.localhost`);
  assert.notEqual(await certificates.certificateFor('first.localhost'), first);
});

test('numbers and lengths are written as DER wants them', () => {
  assert.equal(der.integer(Buffer.from('0080', 'hex')).toString('hex'), '02020080');
  assert.equal(der.integer(Buffer.of(0, 0, 1)).toString('hex'), '020101');
  assert.equal(der.objectIdentifier('1.2.840.10045.4.3.2').toString('hex'), '06082a8648ce3d040302');
  assert.equal(der.time('2050-01-02T03:04:05.678Z').toString('latin1', 2), '20500102030405Z');
  assert.equal(der.time('2049-01-02T03:04:05.678Z').toString('latin1', 2), '490102030405Z');
  fc.assert(
    fc.property(fc.nat(70_000), (length) => {
      const value = der.octetString(Buffer.alloc(length));
      const long = (value[1] ?? 0) & 0x80 ? (value[1] ?? 0) & 0x7f : 0;
      const said = long === 0 ? value[1] : value.readUIntBE(2, long);
      return said === length && value.length === 2 + long + length;
    }),
    { numRuns: 50 },
  );
});
