import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { recognise, serviceOfForm } from './recognise-service.ts';
import { serviceNames, serviceTraits } from './service-names.ts';

const signed = (service: string) =>
  `AWS4-HMAC-SHA256 Credential=AKID/20260101/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=0`;
const of = (headers: Record<string, string>, url = '/', method = 'POST') => recognise({ method, url, headers });

test('the scope of a signature names the service', () => {
  for (const name of serviceNames.filter((each) => each !== 'dynamodbstreams')) {
    const authorization = signed(serviceTraits[name].signingName);
    assert.deepEqual(of({ authorization }), { kind: 'service', service: name });
  }
  assert.deepEqual(of({ authorization: signed('lambda') }), { kind: 'lambda' });
  assert.deepEqual(of({ authorization: signed('ec2') }), { kind: 'unknown', signingName: 'ec2' });
});

test('tables and their streams sign alike and are told apart by their target', () => {
  const authorization = signed('dynamodb');
  const streams = { authorization, 'x-amz-target': 'DynamoDBStreams_20120810.ListStreams' };
  assert.deepEqual(of(streams), { kind: 'service', service: 'dynamodbstreams' });
  const tables = { authorization, 'x-amz-target': 'DynamoDB_20120810.ListTables' };
  assert.deepEqual(of(tables), { kind: 'service', service: 'dynamodb' });
});

test('a pre-signed URL carries its scope in the query', () => {
  const url = '/b/k?X-Amz-Credential=AKID%2F20260101%2Feu-west-1%2Fs3%2Faws4_request&X-Amz-Signature=0';
  assert.deepEqual(of({}, url, 'GET'), { kind: 'service', service: 's3' });
});

test('RPC v2 names the service in its path', () => {
  const url = '/service/GraniteServiceVersion20100801/operation/PutMetricData';
  assert.deepEqual(of({ 'smithy-protocol': 'rpc-v2-cbor' }, url), { kind: 'service', service: 'cloudwatch' });
});

test('without a signature the path, the host or the form tells', () => {
  assert.deepEqual(of({}, '/2015-03-31/functions', 'GET'), { kind: 'lambda' });
  assert.deepEqual(of({ host: 'pictures.s3.localhost:4566' }, '/cat.png', 'GET'), { kind: 'service', service: 's3' });
  assert.deepEqual(of({ host: 'sqs.us-east-1.localhost:4566' }), { kind: 'service', service: 'sqs' });
  assert.deepEqual(of({ host: 'localhost:4566' }, '/pictures/cat.png', 'GET'), { kind: 'service', service: 's3' });
  assert.deepEqual(of({ 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' }), { kind: 'form' });
  assert.deepEqual(of({}, '/000000000000/queue?Action=ReceiveMessage', 'GET'), { kind: 'form' });
  assert.deepEqual(of({ host: 'localhost:4566' }, '/', 'GET'), { kind: 'lambda' });
});

test('a form names its service by its version', () => {
  const service = (form: string) => serviceOfForm(new URLSearchParams(form));
  assert.equal(service('Action=Publish&Version=2010-03-31'), 'sns');
  assert.equal(service('Action=GetCallerIdentity&Version=2011-06-15'), 'sts');
  assert.equal(service('Action=ReceiveMessage'), 'sqs');
  assert.equal(service('Action=X&Version=1999-01-01'), undefined);
  assert.equal(service('a=b'), undefined);
});

test('whatever is sent, somebody is found to answer it', () => {
  const text = fc.oneof(
    fc.string(),
    fc.constantFrom(signed('s3'), signed('-'), 'Credential=a/1/b/c/aws4_request', '/'),
  );
  fc.assert(
    fc.property(text, text, text, text, (authorization, host, target, url) => {
      const { kind } = of({ authorization, host, 'x-amz-target': target }, url);
      assert.ok(['lambda', 'service', 'form', 'unknown'].includes(kind));
    }),
  );
});
