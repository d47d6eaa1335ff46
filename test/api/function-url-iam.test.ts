/** Function URLs of AuthType AWS_IAM, called with requests that the signer of AWS's SDK signed. */
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { echo } from '../kit/sample-code.ts';
import { type RequestToSign, type SigningOptions, signedRequest } from '../kit/signed-request.ts';
import { TestDaemon } from '../kit/test-daemon.ts';
import { urlOf } from '../kit/url-of.ts';
import { type UrlAnswer, urlRequest } from '../kit/url-request.ts';

interface Event {
  readonly rawPath: string;
  readonly queryStringParameters?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly isBase64Encoded: boolean;
  readonly requestContext: Readonly<Record<string, unknown>>;
}

const listed = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' };

suite('function URLs with AWS_IAM', { concurrency: true }, () => {
  let lambdad: TestDaemon;
  let host: string;
  before(async () => {
    const settings = { LAMBDAD_CREDENTIALS: `${listed.accessKeyId}:${listed.secretAccessKey}` };
    lambdad = await TestDaemon.start({ settings });
    const { name } = await lambdad.function({ code: echo });
    host = await urlOf(lambdad.lambda, name, 'AWS_IAM');
  });
  after(() => lambdad[Symbol.asyncDispose]());

  async function call(given: Partial<RequestToSign> = {}, options: SigningOptions = {}): Promise<UrlAnswer> {
    const signed = await signedRequest({ host: `${host}:${lambdad.port}`, ...given }, options);
    return urlRequest(lambdad.port, host, signed);
  }

  async function event(given: Partial<RequestToSign> = {}, options: SigningOptions = {}): Promise<Event> {
    const answer = await call(given, options);
    assert.equal(answer.status, 200, answer.text);
    return JSON.parse(answer.text) as Event;
  }

  async function refused(given: Partial<RequestToSign>, options: SigningOptions, code: string): Promise<string> {
    const { status, headers, text } = await call(given, options);
    assert.deepEqual([status, headers['x-amzn-errortype']], [403, code]);
    return (JSON.parse(text) as { message: string }).message;
  }

  test('paths, queries and bodies of every kind arrive as they were signed', async () => {
    const path = `/a%20b/${encodeURIComponent('日本/é')}/c+d:e`;
    const query = { name: 'é &=+', many: ['2', '1'], empty: '' };
    const get = await event({ path, query });
    assert.equal(get.rawPath, path);
    assert.deepEqual(get.queryStringParameters, { name: 'é &=+', many: '2,1', empty: '' });
    const bytes = Buffer.from([0, 255, 128, 10]);
    const headers = { 'content-type': 'application/octet-stream', 'x-spaced': 'a  b' };
    const post = await event({ method: 'POST', path, query, headers, body: bytes });
    assert.deepEqual([post.isBase64Encoded, post.body], [true, bytes.toString('base64')]);
    const text = await event({ method: 'PUT', headers: { 'content-type': 'text/plain' }, body: 'grüße' });
    assert.equal(text.body, 'grüße');
  });

  test('a pre-signed URL works until it expires', async () => {
    const { rawPath, queryStringParameters } = await event({ path: '/%C3%A9', query: { x: '1' } }, { expiresIn: 60 });
    assert.equal(rawPath, '/%C3%A9');
    assert.equal(queryStringParameters?.['x'], '1');
    const signingDate = new Date(Date.now() - 120_000);
    const message = await refused({}, { expiresIn: 60, signingDate }, 'InvalidSignatureException');
    assert.match(
      message,
      /^Signature expired: \d{8}T\d{6}Z is now earlier than \d{8}T\d{6}Z \(\d{8}T\d{6}Z - 1 min\.\)$/,
    );
  });

  test('the event names the caller as AWS does: an account, a key of the setting, a function', async () => {
    const { requestContext } = await event({}, { accessKeyId: '111122223333' });
    assert.partialDeepStrictEqual(requestContext, {
      accountId: '111122223333',
      authentication: null,
      authorizer: {
        iam: {
          accessKey: '111122223333',
          accountId: '111122223333',
          callerId: '111122223333',
          cognitoIdentity: null,
          principalOrgId: null,
          userArn: 'arn:aws:iam::111122223333:root',
          userId: '111122223333',
        },
      },
    });
    assert.partialDeepStrictEqual((await event({}, listed)).requestContext, {
      accountId: '000000000000',
      authorizer: { iam: { accessKey: listed.accessKeyId, userArn: 'arn:aws:iam::000000000000:root' } },
    });
  });

  test('what a function signs with its own credentials is accepted, in the name of its role', async () => {
    const code = {
      'index.js': `exports.handler = async () => ({
        accessKeyId: process.env.AWS_ACCESS_KEY_ID,
        secretAccessKey: process.env.AWS_SECRET_ACCESS_KEY,
        sessionToken: process.env.AWS_SESSION_TOKEN,
      });`,
    };
    const fn = await lambdad.function({ code, Role: 'arn:aws:iam::000000000000:role/service/caller' });
    const credentials = (await fn.invoke()).payload as Required<
      Pick<SigningOptions, 'accessKeyId' | 'secretAccessKey' | 'sessionToken'>
    >;
    for (const form of [{}, { expiresIn: 60 }]) {
      const { requestContext } = await event({ query: { a: 'b' } }, { ...credentials, ...form });
      const { iam } = requestContext['authorizer'] as { iam: Record<string, string> };
      assert.equal(iam['userArn'], `arn:aws:sts::000000000000:assumed-role/caller/${fn.name}`);
      assert.match(iam['userId'] ?? '', new RegExp(`^AROA[0-9A-Z]{17}:${fn.name}$`));
    }
    const { accessKeyId, secretAccessKey } = credentials;
    const withoutToken = await refused({}, { accessKeyId, secretAccessKey }, 'UnrecognizedClientException');
    assert.equal(withoutToken, 'The security token included in the request is invalid.');
  });

  test('a wrong secret, an unknown key, an old signature and one for another region are refused', async () => {
    const mismatch =
      'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.';
    const invalid = 'InvalidSignatureException';
    assert.equal(await refused({}, { secretAccessKey: 'wrong' }, invalid), mismatch);
    assert.equal(await refused({}, { ...listed, secretAccessKey: 'test' }, invalid), mismatch);
    assert.equal(
      await refused({}, { accessKeyId: 'AKIDNOBODY' }, 'UnrecognizedClientException'),
      'The security token included in the request is invalid.',
    );
    const signingDate = new Date(Date.now() - 16 * 60_000);
    assert.match(await refused({}, { signingDate }, invalid), /^Signature expired: .* - 15 min\.\)$/);
    assert.match(await refused({}, { region: 'eu-west-1' }, invalid), /scoped to a valid region, not 'eu-west-1'/);
    assert.match(await refused({}, { service: 'execute-api' }, invalid), /scoped to correct service: 'lambda'/);
  });

  test('a body that was exchanged is refused, and so is one that was not signed', async () => {
    const signed = await signedRequest({ host: `${host}:${lambdad.port}`, method: 'POST', body: 'one' });
    const answer = await urlRequest(lambdad.port, host, { ...signed, body: 'two' });
    assert.equal(answer.headers['x-amzn-errortype'], 'InvalidSignatureException');
    for (const hash of [
      'UNSIGNED-PAYLOAD',
      'STREAMING-AWS4-HMAC-SHA256-PAYLOAD',
      'STREAMING-UNSIGNED-PAYLOAD-TRAILER',
    ]) {
      const headers = { 'x-amz-content-sha256': hash };
      await refused({ method: 'POST', body: 'one', headers }, {}, 'InvalidSignatureException');
    }
  });

  test('half a signature, and a token of another kind, are refused as incomplete', async () => {
    for (const authorization of ['Bearer token', 'AWS4-HMAC-SHA256 Credential=test', 'AWS4-HMAC-SHA256']) {
      const answer = await urlRequest(lambdad.port, host, { headers: { authorization } });
      assert.deepEqual([answer.status, answer.headers['x-amzn-errortype']], [403, 'IncompleteSignatureException']);
    }
  });
});
