import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo } from 'node:net';
import { test } from 'node:test';
import { ListQueuesCommand, SQSClient, type SQSServiceException } from '@aws-sdk/client-sqs';
import { TestDaemon } from '../kit/test-daemon.ts';

test('while the endpoint of queues is down the SDK is told so, and once it is up calls go through without a restart', async () => {
  const other = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'application/x-amz-json-1.0' });
    response.end('{"QueueUrls":["http://elsewhere/000000000000/theirs"]}');
  });
  other.listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as AddressInfo;
  other.close();
  await once(other, 'close');
  const endpoint = `http://127.0.0.1:${port}`;
  await using daemon = await TestDaemon.start({ settings: { AWS_ENDPOINT_URL_SQS: endpoint } });
  const client = new SQSClient({
    endpoint: daemon.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
  });
  await assert.rejects(client.send(new ListQueuesCommand({})), (error: SQSServiceException) => {
    assert.equal(error.name, 'ServiceUnavailable');
    assert.equal(error.$metadata.httpStatusCode, 503);
    assert.equal(error.message, `sqs cannot be used at ${endpoint}: connect ECONNREFUSED 127.0.0.1:${port}`);
    return true;
  });
  other.listen(port, '127.0.0.1');
  await once(other, 'listening');
  const { QueueUrls } = await client.send(new ListQueuesCommand({}));
  assert.deepEqual(QueueUrls, ['http://elsewhere/000000000000/theirs']);
  client.destroy();
  other.closeAllConnections();
  other.close();
});

test('a service that is switched off is refused by its name', async () => {
  await using daemon = await TestDaemon.start({ settings: { SERVICES: 'lambda,s3' } });
  const answer = await daemon.fetch('/000000000000/queue?Action=SendMessage&MessageBody=a');
  assert.equal(answer.status, 501);
  assert.match(await answer.text(), /<Code>NotImplemented<\/Code>.*sqs is switched off/);
});
