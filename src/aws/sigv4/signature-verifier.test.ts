import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  type RequestToSign,
  type Signed,
  type SigningOptions,
  signedRequest,
} from '../../../test/kit/signed-request.ts';
import { milliseconds } from '../../kernel/quantity.ts';
import { VirtualClock } from '../../kernel/virtual-clock.ts';
import { AccessKeys } from './access-keys.ts';
import { readClaim } from './read-claim.ts';
import { SignatureFault } from './signature-fault.ts';
import { SignatureVerifier, type SigningRules } from './signature-verifier.ts';
import type { SignedRequest } from './signed-request.ts';

const lambda: SigningRules = {
  service: 'lambda',
  region: 'us-east-1',
  pathRule: 'encoded-again',
  unsignedPayload: false,
};
const s3: SigningRules = { ...lambda, service: 's3', pathRule: 'as-sent', unsignedPayload: true };
const signingDate = new Date(Date.UTC(2026, 0, 1));
const host = 'abc.lambda-url.us-east-1.localhost:4566';
const mismatch =
  'InvalidSignatureException: The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.';

const asReceived = ({ method, path, headers }: Signed): SignedRequest => ({
  method,
  url: path,
  headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), [value]])),
});

/** What the verifier says: `ok`, `unsigned`, or the fault. */
function verdict(request: SignedRequest, body: Buffer, rules = lambda, later = 0, keys = new AccessKeys(new Map())) {
  const clock = new VirtualClock();
  clock.advance(milliseconds(later));
  const verifier = new SignatureVerifier({ keys, clock });
  try {
    const claim = readClaim(request);
    if (claim === undefined) return 'unsigned';
    verifier.verify(request, body, claim, verifier.keyOf(claim, rules), rules);
    return 'ok';
  } catch (error) {
    if (!(error instanceof SignatureFault)) throw error;
    return `${error.code}: ${error.message}`;
  }
}

async function verdictOf(given: Partial<RequestToSign>, options: SigningOptions = {}, rules = lambda, later = 0) {
  const signed = await signedRequest({ host, ...given }, { signingDate, ...options });
  return verdict(asReceived(signed), signed.body, rules, later);
}

const segment = fc.string({ unit: 'binary', maxLength: 8 }).map(encodeURIComponentSafely);
const path = fc
  .array(fc.oneof(segment, fc.constantFrom('.', '..', '', 'a b'.replace(' ', '%20'), "a+b:c!'()*")))
  .map((parts) => `/${parts.join('/')}`);
const query = fc.dictionary(
  fc
    .string({ unit: 'binary', minLength: 1, maxLength: 8 })
    .filter((name) => !/^x-amz/i.test(name) && name !== '__proto__'),
  fc.oneof(fc.string({ unit: 'binary', maxLength: 8 }), fc.array(fc.string({ unit: 'binary', maxLength: 4 }))),
  { noNullPrototype: true },
);
const headers = fc.dictionary(
  fc.stringMatching(/^x-[a-z]{1,6}$/).filter((name) => name !== 'x-amz'),
  fc.stringMatching(/^[ -~]{0,12}$/),
  { noNullPrototype: true },
);
const body = fc.oneof(
  fc.constant(undefined),
  fc.uint8Array({ minLength: 1 }).map((bytes) => Buffer.from(bytes)),
);
const anyRequest = fc.record({ method: fc.constantFrom('GET', 'POST', 'PUT', 'DELETE'), path, query, headers });

function encodeURIComponentSafely(text: string): string {
  return encodeURIComponent(text.toWellFormed());
}

test("whatever the SDK's signer signs is accepted, in headers and pre-signed", async () => {
  await fc.assert(
    fc.asyncProperty(anyRequest, body, fc.boolean(), async (request, sent, presigned) => {
      const given = { ...request, ...(sent === undefined ? {} : { body: sent }) };
      assert.equal(await verdictOf(given, presigned ? { expiresIn: 60 } : {}), 'ok');
    }),
  );
});

test('the paths of S3 are taken as they are, and there the body may be left out', async () => {
  const options = { service: 's3', encodesPathAgain: false };
  const unsigned = { 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' };
  await fc.assert(
    fc.asyncProperty(segment, async (key) => {
      const given = { method: 'PUT', path: `/bucket//./${key}`, body: 'x' };
      assert.equal(await verdictOf(given, options, s3), 'ok');
      assert.equal(await verdictOf({ ...given, headers: unsigned }, options, s3), 'ok');
    }),
  );
  assert.equal(await verdictOf({ method: 'PUT', body: 'x', headers: unsigned }), mismatch);
});

test('whatever is changed on the way, the signature does not match any more', async () => {
  const given = {
    host,
    method: 'POST',
    path: '/a/b',
    query: { x: ['1', '2'] },
    headers: { 'x-h': 'v' },
    body: 'hello',
  };
  const signed = await signedRequest(given, { signingDate });
  const request = asReceived(signed);
  const changes: readonly (readonly [SignedRequest, Buffer])[] = [
    [{ ...request, method: 'PUT' }, signed.body],
    [{ ...request, url: '/a/c?x=1&x=2' }, signed.body],
    [{ ...request, url: '/a/b?x=1&x=3' }, signed.body],
    [{ ...request, url: '/a/b?x=1&x=2&y' }, signed.body],
    [{ ...request, headers: { ...request.headers, 'x-h': ['v', 'w'] } }, signed.body],
    [{ ...request, headers: { ...request.headers, host: ['other'] } }, signed.body],
    [request, Buffer.from('hullo')],
    [request, Buffer.alloc(0)],
  ];
  for (const [changed, bytes] of changes) assert.equal(verdict(changed, bytes), mismatch);
  // Order and form of a query carry no meaning.
  assert.equal(verdict({ ...request, url: '/a/./b?x=2&x=%31' }, signed.body), 'ok');
});

test('a header that came several times is signed as its values, joined by commas', async () => {
  const signed = await signedRequest({ host, headers: { 'x-many': 'one,two  words' } }, { signingDate });
  const request = asReceived(signed);
  const repeated = { ...request, headers: { ...request.headers, 'x-many': ['one', ' two words '] } };
  assert.equal(verdict(repeated, signed.body), 'ok');
});

test('a wrong secret does not match; a key that nobody has is unknown', async () => {
  assert.equal(await verdictOf({}, { secretAccessKey: 'guess' }), mismatch);
  const unknown = 'UnrecognizedClientException: The security token included in the request is invalid.';
  assert.equal(await verdictOf({}, { accessKeyId: 'AKIAIOSFODNN7EXAMPLE' }), unknown);
  assert.equal(await verdictOf({}, { accessKeyId: '123456789012' }), 'ok');
});

test('keys of the setting and keys that were issued sign with their own secrets, the latter with their token', async () => {
  const keys = new AccessKeys(new Map([['AKIA1', 's3cret/+=']]));
  keys.issue('LSIA1', { secret: 'role', sessionToken: 'token/+=', owner: { kind: 'account' } });
  const check = async (options: SigningOptions) => {
    const signed = await signedRequest({ host }, { signingDate, ...options });
    return verdict(asReceived(signed), signed.body, lambda, 0, keys).split(':')[0];
  };
  assert.equal(await check({ accessKeyId: 'AKIA1', secretAccessKey: 's3cret/+=' }), 'ok');
  assert.equal(await check({ accessKeyId: 'AKIA1', secretAccessKey: 'test' }), 'InvalidSignatureException');
  const role = { accessKeyId: 'LSIA1', secretAccessKey: 'role' };
  assert.equal(await check({ ...role, sessionToken: 'token/+=' }), 'ok');
  assert.equal(await check({ ...role, sessionToken: 'token/+=', expiresIn: 60 }), 'ok');
  assert.equal(await check(role), 'UnrecognizedClientException');
  assert.equal(await check({ ...role, sessionToken: 'other' }), 'UnrecognizedClientException');
});

test('clocks may be a quarter of an hour apart, a pre-signed request lives as long as it says', async () => {
  const minute = 60_000;
  assert.equal(await verdictOf({}, {}, lambda, 15 * minute), 'ok');
  assert.equal(
    await verdictOf({}, {}, lambda, 15 * minute + 1000),
    'InvalidSignatureException: Signature expired: 20260101T000000Z is now earlier than 20260101T000001Z (20260101T001501Z - 15 min.)',
  );
  assert.equal(await verdictOf({}, { signingDate: new Date(signingDate.getTime() + 15 * minute) }), 'ok');
  assert.equal(
    await verdictOf({}, { signingDate: new Date(signingDate.getTime() + 16 * minute) }),
    'InvalidSignatureException: Signature not yet current: 20260101T001600Z is still later than 20260101T001500Z (20260101T000000Z + 15 min.)',
  );
  assert.equal(await verdictOf({}, { expiresIn: 7200 }, lambda, 120 * minute), 'ok');
  assert.equal(
    await verdictOf({}, { expiresIn: 30 }, lambda, 31_000),
    'InvalidSignatureException: Signature expired: 20260101T000000Z is now earlier than 20260101T000001Z (20260101T000031Z - 30 sec.)',
  );
  assert.match(await verdictOf({}, { expiresIn: 0 }), /^InvalidSignatureException: X-Amz-Expires must be/);
});

test('a signature for another region, service or day says which', async () => {
  assert.equal(
    await verdictOf({}, { region: 'eu-west-1', service: 's3' }),
    "InvalidSignatureException: Credential should be scoped to a valid region, not 'eu-west-1'. Credential should be scoped to correct service: 'lambda'.",
  );
  const signed = await signedRequest({ host }, { signingDate });
  const request = asReceived(signed);
  const dated = { ...request, headers: { ...request.headers, 'x-amz-date': ['20260102T000000Z'] } };
  assert.equal(
    verdict(dated, signed.body),
    "InvalidSignatureException: Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '20260101' != '20260102', from '20260102T000000Z'.",
  );
});

test('half a signature says what is missing, and no text at all brings the verifier down', () => {
  const withHeader = (authorization: string): string =>
    verdict({ method: 'GET', url: '/', headers: { host: ['h'], authorization: [authorization] } }, Buffer.alloc(0));
  assert.equal(
    withHeader('AWS4-HMAC-SHA256 Credential=a/b/c/d/e'),
    "IncompleteSignatureException: Authorization header requires 'Signature' parameter. Authorization header requires 'SignedHeaders' parameter. Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. Authorization=AWS4-HMAC-SHA256",
  );
  assert.match(withHeader('Bearer abc'), /^IncompleteSignatureException: /);
  assert.equal(verdict({ method: 'GET', url: '/?a=b', headers: {} }, Buffer.alloc(0)), 'unsigned');
  const names = fc.array(fc.constantFrom('host', '__proto__', 'constructor', 'x'), { minLength: 1 });
  fc.assert(
    fc.property(fc.string(), fc.string(), names, fc.string(), (noise, query, signedHeaders, signature) => {
      assert.notEqual(withHeader(noise), 'ok');
      const date = '20260101T000000Z';
      const fields = `Credential=test/20260101/us-east-1/lambda/aws4_request, SignedHeaders=${signedHeaders.join(';')}, Signature=${signature}`;
      const authorization = [`AWS4-HMAC-SHA256 ${fields}`];
      const request = {
        method: 'GET',
        url: `/?${query}`,
        headers: { host: ['h'], 'x-amz-date': [date], authorization },
      };
      assert.notEqual(verdict(request, Buffer.alloc(0)), 'ok');
    }),
  );
});
