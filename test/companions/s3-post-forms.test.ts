/** Objects that pages put with a form, as `createPresignedPost` has it signed. */
import assert from 'node:assert/strict';
import { after, suite, test } from 'node:test';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import { createPresignedPost, type PresignedPostOptions } from '@aws-sdk/s3-presigned-post';
import fc from 'fast-check';
import { TestDaemon } from '../kit/test-daemon.ts';
import { newBucket, s3Client } from './s3-client.ts';

const daemon = await TestDaemon.start();
const client = s3Client(daemon);
after(async () => {
  client.destroy();
  await daemon[Symbol.asyncDispose]();
});

interface Sent {
  readonly status: number;
  readonly code: string | undefined;
  readonly text: string;
  readonly headers: Headers;
}

async function send(url: string, fields: Readonly<Record<string, string>>, file: string | undefined): Promise<Sent> {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  if (file !== undefined) form.set('file', new Blob([file], { type: 'text/x' }), 'my file.txt');
  const answer = await fetch(url, { method: 'POST', body: form, redirect: 'manual' });
  const text = await answer.text();
  return { status: answer.status, code: /<Code>(\w+)<\/Code>/.exec(text)?.[1], text, headers: answer.headers };
}

async function signed(options: Partial<PresignedPostOptions> & { readonly Bucket: string }) {
  return await createPresignedPost(client, { Key: 'k', ...options });
}

suite('a form', () => {
  test('puts its file under its key, with what its fields say', async () => {
    const Bucket = await newBucket(client);
    const { url, fields } = await signed({
      Bucket,
      Key: 'up/${filename}',
      Fields: { 'x-amz-meta-a': 'b', 'Content-Type': 'a/b' },
      Conditions: [['content-length-range', 1, 100_000]],
    });
    const answer = await send(url, fields, 'x'.repeat(50_000));
    assert.equal(answer.status, 204, answer.text);
    const got = await client.send(new GetObjectCommand({ Bucket, Key: 'up/my file.txt' }));
    assert.equal((await got.Body?.transformToString())?.length, 50_000);
    assert.deepEqual([got.ContentType, got.Metadata], ['a/b', { a: 'b' }]);
    assert.equal(answer.headers.get('etag'), got.ETag);
  });

  test('is answered as it wishes', async () => {
    const Bucket = await newBucket(client);
    const created = await signed({ Bucket, Fields: { success_action_status: '201' } });
    const answer = await send(created.url, created.fields, 'x');
    assert.equal(answer.status, 201);
    assert.match(
      answer.text,
      new RegExp(`<PostResponse><Location>.*</Location><Bucket>${Bucket}</Bucket><Key>k</Key>`),
    );
    const redirected = await signed({ Bucket, Fields: { success_action_redirect: 'http://localhost:3000/done' } });
    const moved = await send(redirected.url, redirected.fields, 'x');
    assert.equal(moved.status, 303);
    assert.match(
      moved.headers.get('location') ?? '',
      new RegExp(`^http://localhost:3000/done\\?bucket=${Bucket}&key=k&etag=`),
    );
  });

  test('that its policy does not allow is refused', async () => {
    const Bucket = await newBucket(client);
    const { url, fields } = await signed({ Bucket, Conditions: [['content-length-range', 3, 5]] });
    assert.equal((await send(url, fields, 'xx')).code, 'EntityTooSmall');
    assert.equal((await send(url, fields, 'xxxxxx')).code, 'EntityTooLarge');
    assert.equal((await send(url, { ...fields, key: 'other' }, 'xxx')).code, 'AccessDenied');
    assert.match((await send(url, { ...fields, acl: 'private' }, 'xxx')).text, /Extra input fields: acl/);
    assert.equal((await send(url, fields, undefined)).code, 'InvalidArgument');
    assert.equal((await send(url, { ...fields, Policy: 'nonsense' }, 'xxx')).code, 'InvalidPolicyDocument');
    const expired = { expiration: '2020-01-01T00:00:00Z', conditions: [] };
    const Policy = Buffer.from(JSON.stringify(expired)).toString('base64');
    assert.match((await send(url, { ...fields, Policy }, 'xxx')).text, /Invalid according to Policy: Policy expired\./);
    assert.equal((await send(url, fields, 'xxx')).status, 204);
  });

  test('with text that no header can hold is refused; other text comes back', async () => {
    const Bucket = await newBucket(client);
    const url = `${daemon.endpoint}/${Bucket}`;
    assert.equal((await send(url, { key: 'k', 'x-amz-meta-a': 'b\nc: d' }, 'x')).code, 'InvalidArgument');
    assert.equal((await send(url, { key: 'k', 'x-amz-meta-ü': 'b' }, 'x')).code, 'InvalidArgument');
    assert.equal((await send(url, { key: 'k', 'x-amz-storage-class': 'WARM' }, 'x')).code, 'InvalidStorageClass');
    assert.equal((await send(url, { key: 'k', 'x-amz-meta-a': 'ü\u{1f600}' }, 'x')).status, 204);
    const got = await fetch(`${url}/k`);
    assert.equal(Buffer.from(got.headers.get('x-amz-meta-a') ?? '', 'latin1').toString('utf8'), 'ü\u{1f600}');
  });

  test('of any bytes is answered', async () => {
    const Bucket = await newBucket(client);
    const part = fc.constantFrom(
      '--b',
      '\r\n',
      '\r\n\r\n',
      '--',
      'content-disposition: form-data; name="key"',
      'name="file"',
      'x',
      ';',
    );
    const property = fc.asyncProperty(fc.array(part, { maxLength: 20 }), async (parts) => {
      const headers = { 'content-type': 'multipart/form-data; boundary=b' };
      const answer = await daemon.fetch(`/${Bucket}`, { method: 'POST', body: parts.join(''), headers });
      await answer.text();
      assert.ok(answer.status < 500, parts.join(''));
    });
    await fc.assert(property, { numRuns: 100 });
  });
});
