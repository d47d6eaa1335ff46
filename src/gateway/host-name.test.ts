import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { HostNames } from './host-name.ts';

const hosts = new HostNames('lambda.example.com');

const own = [
  undefined,
  'localhost',
  'LOCALHOST:4566',
  '127.0.0.1:4566',
  '[::1]:4566',
  '192.168.1.7:4566',
  'lambdad',
  'lambdad:4566',
  'host.docker.internal:4566',
  'localhost.localstack.cloud:4566',
  'x.localhost.localstack.cloud',
  'app.localhost:4566',
  'mac.local:4566',
  'lambda.example.com',
  'sqs.lambda.example.com:4566',
  'lambda.us-east-1.amazonaws.com',
  'lambda.us-east-1.amazonaws.com:4566',
  'lambda-fips.us-gov-west-1.amazonaws.com',
  'lambda.cn-north-1.amazonaws.com.cn',
  'lambda.eu-central-1.api.aws',
  'sts.amazonaws.com',
  's3.amazonaws.com',
  'bucket.s3.localhost:4566',
  'bucket.s3.us-east-1.localhost.localstack.cloud:4566',
  'my.bucket.s3.amazonaws.com:4566',
  'bucket.s3.eu-west-1.amazonaws.com',
  'bucket.s3-us-west-2.amazonaws.com',
];
const foreign = [
  'evil.com',
  'evil.com:4566',
  'localhost.evil.com',
  'localhost.localstack.cloud.evil.com',
  'xlocalhost.localstack.cloud',
  'evillambda.example.com',
  '127.0.0.1.evil.com',
  '127.0.0.1.nip.io:4566',
  'lambda-url.us-east-1.evil.com',
  'amazonaws.com',
  'lambda.us-east-1.amazonaws.com.evil.com',
  'evil.xamazonaws.com',
  'ec2-203-0-113-5.compute-1.amazonaws.com',
  'ec2-203-0-113-5.us-west-2.compute.amazonaws.com',
  'internal-evil-1234.us-east-1.elb.amazonaws.com',
  'evil.cabc.us-east-1.rds.amazonaws.com',
  'evil.s3-website-us-east-1.amazonaws.com',
  'ec2-1-2-3-4.compute-1.amazonaws.com',
  's3.amazonaws.com.evil.com',
];

test('a name that only this machine or its network can give is ours', () => {
  for (const host of own) assert.deepEqual(hosts.classify(host), { kind: 'own' }, host);
});

test('a name that a page on the web could have pointed at us is not', () => {
  for (const host of foreign) assert.deepEqual(hosts.classify(host), { kind: 'foreign' }, host);
});

test('the host of a function URL names its id and region, in small letters and without the port', () => {
  for (const host of ['a.lambda-url.us-east-1.localhost:4566', 'A.Lambda-URL.us-east-1.LOCALHOST:4566']) {
    assert.deepEqual(hosts.classify(host), {
      kind: 'function-url',
      urlId: 'a',
      region: 'us-east-1',
      domainName: 'a.lambda-url.us-east-1.localhost',
    });
  }
  const { kind } = hosts.classify('my-id.lambda-url.eu-central-1.localhost.localstack.cloud:4566');
  assert.equal(kind, 'function-url');
});

test('pages from the public web are foreign also when they are served under a bare address', () => {
  const pages = [
    'localhost',
    '127.0.0.1',
    '[::1]',
    '10.1.2.3',
    '172.31.0.1',
    '192.168.0.9',
    '[fd00::1]',
    'app.localhost',
  ];
  for (const page of pages) assert.equal(hosts.servesOwnPages(page), true, page);
  for (const page of [
    'lambda.us-east-1.amazonaws.com',
    '203.0.113.5',
    '172.32.0.1',
    '8.8.8.8',
    '[2001:db8::1]',
    'evil.com',
    '[::ffff:8.8.8.8]',
  ]) {
    assert.equal(hosts.servesOwnPages(page), false, page);
  }
});

test('any host is classified the same twice, and none makes it throw', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.domain(),
        fc.ipV4(),
        fc.ipV6().map((ip) => `[${ip}]:80`),
      ),
      (host) => {
        assert.deepEqual(hosts.classify(host), new HostNames('lambda.example.com').classify(host));
      },
    ),
  );
});

test('a public domain is never ours, whatever is put before it', () => {
  const label = fc.stringMatching(/^[a-z0-9-]{1,12}$/);
  fc.assert(
    fc.property(fc.array(label, { maxLength: 4 }), (labels) => {
      const host = [...labels, 'evil', 'com'].join('.');
      fc.pre(!host.includes('lambda-url'));
      assert.equal(hosts.classify(host).kind, 'foreign');
    }),
  );
});
