import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AccessKeys } from '../aws/sigv4/access-keys.ts';
import { readClaim } from '../aws/sigv4/read-claim.ts';
import { SignatureVerifier } from '../aws/sigv4/signature-verifier.ts';
import { systemClock } from '../kernel/clock.ts';
import type { OwnCredentials } from './own-credentials.ts';
import { isAwsHost, type RequestForAws, signForAws } from './sign-for-aws.ts';

const accessKeyId = 'AKIAI44QH2DHBK3WXYZA';
const own: OwnCredentials = async () => ({ accessKeyId, secretAccessKey: 'secret' });
const request: RequestForAws = {
  signingName: 'sqs',
  region: 'eu-west-1',
  method: 'POST',
  url: new URL('https://sqs.eu-west-1.amazonaws.com/1/queue?a=b%20c&a=d'),
  headers: {
    host: 'localhost:4566',
    authorization:
      'AWS4-HMAC-SHA256 Credential=test/20260101/eu-west-1/sqs/aws4_request, SignedHeaders=host, Signature=0',
    'x-amz-date': '20260101T000000Z',
    'x-amz-content-sha256': 'of another body',
    'x-amz-target': 'AmazonSQS.SendMessage',
  },
  body: Buffer.from('{}'),
};

test('a request is signed anew with the own key, for the host that it goes to', async () => {
  const signing = await signForAws(request, own);
  assert.ok(signing.kind === 'signed');
  const { headers } = signing;
  assert.equal(headers['host'], 'sqs.eu-west-1.amazonaws.com');
  assert.match(
    headers['authorization'] ?? '',
    new RegExp(`Credential=${accessKeyId}/\\d{8}/eu-west-1/sqs/aws4_request`),
  );
  assert.equal(headers['x-amz-target'], 'AmazonSQS.SendMessage');
  const verifier = new SignatureVerifier({
    keys: new AccessKeys(new Map([[accessKeyId, 'secret']])),
    clock: systemClock,
  });
  const distinct = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]]));
  const message = { method: 'POST', url: `${request.url.pathname}${request.url.search}`, headers: distinct };
  const rules = { service: 'sqs', region: 'eu-west-1', pathRule: 'encoded-again', unsignedPayload: false } as const;
  const claim = readClaim(message);
  assert.ok(claim !== undefined);
  assert.doesNotThrow(() => verifier.verify(message, Buffer.from('{}'), claim, verifier.keyOf(claim, rules), rules));
});

test('without credentials, or with a payload that is signed in pieces, it says why it cannot', async () => {
  const none = await signForAws(request, async () => undefined);
  assert.match(none.kind === 'refused' ? none.reason : '', /no AWS credentials.*AWS_PROFILE/);
  const headers = { ...request.headers, 'x-amz-content-sha256': 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD' };
  const chunks = await signForAws({ ...request, headers, body: undefined }, own);
  assert.match(chunks.kind === 'refused' ? chunks.reason : '', /in chunks/);
});

test('only hosts of AWS are signed for', () => {
  for (const host of ['sqs.us-east-1.amazonaws.com', 's3.cn-north-1.amazonaws.com.cn', 'x.lambda.api.aws'])
    assert.ok(isAwsHost(host));
  for (const host of ['localhost', 'amazonaws.com.example.org', 'notamazonaws.com']) assert.ok(!isAwsHost(host));
});
