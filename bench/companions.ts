/** The services beside Lambda: calls of a queue against a raw echo, and the first call that any of them takes. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { DaemonUnderTest } from './daemon-under-test.ts';
import { KeepAliveClient, type Target } from './keep-alive-client.ts';
import type { Measure } from './measure.ts';
import { median } from './statistics.ts';

const rounds = 10;
const clients = 16;
const callsOfEach = 150;
const starts = 5;

export async function companions(): Promise<readonly Measure[]> {
  return [...(await queueRates()), await firstCall()];
}

/** The headers that an SDK sends. */
const callOf = (port: number, operation: string): Target => ({
  port,
  path: '/',
  headers: {
    'content-type': 'application/x-amz-json-1.0',
    'x-amz-target': `AmazonSQS.${operation}`,
    'x-amzn-query-mode': 'true',
    'user-agent': 'aws-sdk-js/3.1175.0 ua/2.1 os/linux lang/js md/nodejs#24 api/sqs#3.1175.0 m/n,E',
    'amz-sdk-invocation-id': '7b7ca9c0-8a5c-4a34-9ef8-6d2f0c6e9c5d',
    'amz-sdk-request': 'attempt=1; max=3',
    'x-amz-date': '20260101T000000Z',
    'x-amz-content-sha256': 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    authorization: `AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/sqs/aws4_request, SignedHeaders=content-type;host;x-amz-date, Signature=${'0'.repeat(64)}`,
  },
});

async function call(client: KeepAliveClient, target: Target, body: Buffer): Promise<Buffer> {
  const answer = await client.send(target, body);
  if (answer.status !== 200) throw new Error(`answered ${answer.status}: ${answer.body.toString()}`);
  return answer.body;
}

async function createQueue(client: KeepAliveClient, port: number, name: string): Promise<string> {
  const answer = await call(client, callOf(port, 'CreateQueue'), json({ QueueName: name }));
  return (JSON.parse(answer.toString()) as { QueueUrl: string }).QueueUrl;
}

const json = (value: unknown): Buffer => Buffer.from(JSON.stringify(value));

async function queueRates(): Promise<readonly Measure[]> {
  await using daemon = await DaemonUnderTest.start();
  const floor = spawn(process.execPath, [fileURLToPath(new URL('floor/echo.mjs', import.meta.url))]);
  const [line] = (await once(floor.stdout, 'data')) as [Buffer];
  const echo = Number(line.toString());
  using client = new KeepAliveClient();
  const QueueUrl = await createQueue(client, daemon.port, 'bench');
  const send = json({ QueueUrl, MessageBody: JSON.stringify({ order: 4711, items: ['a', 'b', 'c'] }) });
  const receive = json({ QueueUrl, MaxNumberOfMessages: 1, AttributeNames: ['All'] });
  await call(client, callOf(daemon.port, 'SendMessage'), send);
  // The floor of each call moves as many bytes back as its answer has.
  const received = await call(client, callOf(daemon.port, 'ReceiveMessage'), receive);
  const sendRates = { ours: [] as number[], floor: [] as number[] };
  const receiveRates = { ours: [] as number[], floor: [] as number[] };
  for (let round = -2; round < rounds; round += 1) {
    const floorOfSend = await together(callOf(echo, 'SendMessage'), send);
    const oursOfSend = await together(callOf(daemon.port, 'SendMessage'), send);
    const floorOfReceive = await together(callOf(echo, 'ReceiveMessage'), received);
    const oursOfReceive = await together(callOf(daemon.port, 'ReceiveMessage'), receive);
    if (round < 0) continue;
    sendRates.floor.push(floorOfSend);
    sendRates.ours.push(oursOfSend);
    receiveRates.floor.push(floorOfReceive);
    receiveRates.ours.push(oursOfReceive);
  }
  floor.kill('SIGKILL');
  return [rateOf('SendMessage', sendRates), rateOf('ReceiveMessage of one message', receiveRates)];
}

const rateOf = (
  name: string,
  { ours, floor }: { readonly ours: readonly number[]; readonly floor: readonly number[] },
): Measure => ({
  name: `${name}, ${clients} clients`,
  value: median(ours),
  unit: '/s',
  floor: median(floor),
  floorName: 'raw node:http echo of as many bytes',
  reach: { at: 'least', ratio: 0.6 },
});

/** @returns calls per second of all clients together */
async function together(target: Target, body: Buffer): Promise<number> {
  const began = performance.now();
  await Promise.all(
    Array.from({ length: clients }, async () => {
      using client = new KeepAliveClient();
      for (let n = 0; n < callsOfEach; n += 1) await call(client, target, body);
    }),
  );
  return (clients * callsOfEach * 1000) / (performance.now() - began);
}

async function firstCall(): Promise<Measure> {
  const times: number[] = [];
  for (let start = 0; start < starts; start += 1) {
    await using daemon = await DaemonUnderTest.start();
    using client = new KeepAliveClient();
    const began = performance.now();
    await createQueue(client, daemon.port, 'first');
    times.push(performance.now() - began);
  }
  return {
    name: 'first call of a service beside Lambda',
    value: median(times),
    unit: 'ms',
    floor: undefined,
    floorName: 'CreateQueue in a new daemon',
    reach: { at: 'most', value: 500 },
  };
}
