import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  DeleteLogGroupCommand,
  DescribeLogGroupsCommand,
  DescribeLogStreamsCommand,
  FilterLogEventsCommand,
  GetLogEventsCommand,
  PutLogEventsCommand,
  PutRetentionPolicyCommand,
  PutSubscriptionFilterCommand,
  StartLiveTailCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { eventuallyAnswered } from '../kit/eventually.ts';
import { runProgram } from '../kit/run-program.ts';
import { clientOptions } from '../kit/service-client.ts';
import { TestDaemon } from '../kit/test-daemon.ts';

const logGroupName = 'group';
const logStreamName = 'stream';

async function start() {
  const daemon = await TestDaemon.start();
  // The host that the SDK would put a prefix before is an address.
  const logs = new CloudWatchLogsClient({ ...clientOptions(daemon.endpoint), disableHostPrefix: true });
  return {
    daemon,
    logs,
    async stream(name = logStreamName) {
      await logs.send(new CreateLogStreamCommand({ logGroupName, logStreamName: name }));
    },
    put: (messages: readonly string[], name = logStreamName, timestamp = Date.now()) => {
      const logEvents = messages.map((message, at) => ({ message, timestamp: timestamp + at }));
      return logs.send(new PutLogEventsCommand({ logGroupName, logStreamName: name, logEvents }));
    },
    async [Symbol.asyncDispose]() {
      logs.destroy();
      await daemon[Symbol.asyncDispose]();
    },
  };
}

test('groups and streams are created once, described, and deleted with what is in them', async () => {
  await using here = await start();
  const { logs } = here;
  await logs.send(new CreateLogGroupCommand({ logGroupName, tags: { a: 'b' } }));
  await assert.rejects(logs.send(new CreateLogGroupCommand({ logGroupName })), {
    name: 'ResourceAlreadyExistsException',
    message: 'The specified log group already exists',
  });
  await logs.send(new PutRetentionPolicyCommand({ logGroupName, retentionInDays: 7 }));
  await assert.rejects(logs.send(new PutRetentionPolicyCommand({ logGroupName, retentionInDays: 2 })), {
    name: 'InvalidParameterException',
  });
  const { logGroups } = await logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: 'gr' }));
  assert.deepEqual(
    logGroups?.map((group) => [group.logGroupName, group.retentionInDays, group.arn]),
    [['group', 7, 'arn:aws:logs:us-east-1:000000000000:log-group:group:*']],
  );
  await here.stream();
  await here.put(['one']);
  const { logStreams } = await logs.send(new DescribeLogStreamsCommand({ logGroupName, orderBy: 'LastEventTime' }));
  assert.equal(logStreams?.[0]?.logStreamName, logStreamName);
  assert.equal(logStreams?.[0]?.firstEventTimestamp, logStreams?.[0]?.lastEventTimestamp);
  await logs.send(new DeleteLogGroupCommand({ logGroupName }));
  await assert.rejects(here.put(['two']), {
    name: 'ResourceNotFoundException',
    message: 'The specified log group does not exist.',
  });
});

test('events are read page by page, forward and backward, and filtered over all streams', async () => {
  await using here = await start();
  const { logs } = here;
  await logs.send(new CreateLogGroupCommand({ logGroupName }));
  for (const name of ['a', 'b']) await here.stream(name);
  const now = Date.now();
  await here.put(['1 ERROR', '2 INFO', '3 ERROR'], 'a', now - 1000);
  await here.put(['{"level":"ERROR","n":4}', '{"level":"INFO","n":5}'], 'b', now);
  const get = (input: object) =>
    logs.send(new GetLogEventsCommand({ logGroupName, logStreamName: 'a', limit: 2, ...input }));
  const texts = (events: readonly { readonly message?: string | undefined }[] = []) =>
    events.map(({ message }) => message);
  const newest = await get({});
  assert.deepEqual(texts(newest.events), ['2 INFO', '3 ERROR']);
  assert.deepEqual(texts((await get({ nextToken: newest.nextBackwardToken })).events), ['1 ERROR']);
  const first = await get({ startFromHead: true });
  const second = await get({ nextToken: first.nextForwardToken });
  const third = await get({ nextToken: second.nextForwardToken });
  assert.deepEqual([texts(first.events), texts(second.events)], [['1 ERROR', '2 INFO'], ['3 ERROR']]);
  assert.deepEqual([third.events, third.nextForwardToken], [[], second.nextForwardToken]);

  const filter = async (input: object) =>
    texts((await logs.send(new FilterLogEventsCommand({ logGroupName, ...input }))).events);
  assert.deepEqual(await filter({ filterPattern: 'ERROR' }), ['1 ERROR', '3 ERROR', '{"level":"ERROR","n":4}']);
  assert.deepEqual(await filter({ filterPattern: '{ $.n > 4 }' }), ['{"level":"INFO","n":5}']);
  assert.deepEqual(await filter({ startTime: now, logStreamNamePrefix: 'b' }), [
    '{"level":"ERROR","n":4}',
    '{"level":"INFO","n":5}',
  ]);
  const page = await logs.send(new FilterLogEventsCommand({ logGroupName, limit: 4 }));
  const rest = await logs.send(new FilterLogEventsCommand({ logGroupName, limit: 4, nextToken: page.nextToken }));
  assert.deepEqual([page.events?.length, rest.events?.length, rest.nextToken], [4, 1, undefined]);
  await assert.rejects(filter({ filterPattern: '{ $.n }' }), { name: 'InvalidParameterException' });
});

test('a batch is refused out of order, and too old or too new events are named', async () => {
  await using here = await start();
  const { logs } = here;
  await logs.send(new CreateLogGroupCommand({ logGroupName }));
  await here.stream();
  const put = (timestamps: readonly number[]) => {
    const logEvents = timestamps.map((timestamp) => ({ timestamp, message: String(timestamp) }));
    return logs.send(new PutLogEventsCommand({ logGroupName, logStreamName, logEvents }));
  };
  const now = Date.now();
  await assert.rejects(put([now, now - 1]), {
    message: 'Log events in a single PutLogEvents request must be in chronological order.',
  });
  const hour = 3_600_000;
  assert.deepEqual((await put([now, now + 3 * hour])).rejectedLogEventsInfo, { tooNewLogEventStartIndex: 1 });
  assert.deepEqual((await put([now - 15 * 24 * hour])).rejectedLogEventsInfo, { tooOldLogEventEndIndex: 1 });
});

test('what functions write is in their group, a stream for each environment, and the CLI reads it', async () => {
  await using here = await start();
  const { daemon, logs } = here;
  const code = {
    'index.js':
      'exports.handler = async (event) => { console.log("hello", event.n); return process.env.AWS_LAMBDA_LOG_STREAM_NAME; };',
  };
  const fn = await daemon.function({ code });
  const { payload: stream } = await fn.invoke({ n: 1 });
  const group = `/aws/lambda/${fn.name}`;
  const { events } = await logs.send(new FilterLogEventsCommand({ logGroupName: group, filterPattern: 'hello' }));
  assert.deepEqual([events?.length, events?.[0]?.logStreamName], [1, stream]);
  assert.match(events?.[0]?.message ?? '', /hello 1/);
  // What `aws logs tail` of version 2 asks for, again and again.
  const env = { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test', AWS_DEFAULT_REGION: 'us-east-1' };
  const command = [
    'aws',
    '--endpoint-url',
    daemon.endpoint,
    'logs',
    'filter-log-events',
    '--log-group-name',
    group,
  ] as const;
  const { code: exit, stdout, stderr } = await runProgram(command, { env });
  assert.equal(exit, 0, stderr);
  assert.match(stdout, /START RequestId[\s\S]*hello 1[\s\S]*REPORT RequestId/);
});

test('a live tail shows what comes from now on and fits', async () => {
  await using here = await start();
  const { logs } = here;
  await logs.send(new CreateLogGroupCommand({ logGroupName }));
  await here.stream();
  await here.put(['before ERROR']);
  const logGroupIdentifiers = [`arn:aws:logs:us-east-1:000000000000:log-group:${logGroupName}`];
  const stop = new AbortController();
  const command = new StartLiveTailCommand({ logGroupIdentifiers, logEventFilterPattern: 'ERROR' });
  const { responseStream } = await logs.send(command, { abortSignal: stop.signal });
  const seen: (string | undefined)[] = [];
  for await (const { sessionStart, sessionUpdate } of responseStream ?? []) {
    if (sessionStart !== undefined) {
      assert.deepEqual(sessionStart.logGroupIdentifiers, logGroupIdentifiers);
      await here.put(['an ERROR', 'an INFO']);
    }
    for (const { message } of sessionUpdate?.sessionResults ?? []) seen.push(message);
    if (seen.length > 0) break;
  }
  stop.abort();
  assert.deepEqual(seen, ['an ERROR']);
});

test('a subscribed function gets what fits, compressed', async () => {
  await using here = await start();
  const { daemon, logs } = here;
  const code = { 'index.js': 'exports.handler = async (event) => { console.log("got", event.awslogs.data); };' };
  const fn = await daemon.function({ code });
  await logs.send(new CreateLogGroupCommand({ logGroupName }));
  await here.stream();
  const destinationArn = `arn:aws:lambda:us-east-1:000000000000:function:${fn.name}`;
  const subscribe = (arn: string) =>
    logs.send(
      new PutSubscriptionFilterCommand({ logGroupName, filterName: 'f', filterPattern: 'ERROR', destinationArn: arn }),
    );
  await assert.rejects(subscribe(`${destinationArn}-none`), { name: 'InvalidParameterException' });
  await subscribe(destinationArn);
  await here.put(['an ERROR', 'an INFO', 'one more ERROR']);
  let data = '';
  await eventuallyAnswered(async () => {
    const found = await logs
      .send(new FilterLogEventsCommand({ logGroupName: `/aws/lambda/${fn.name}`, filterPattern: 'got' }))
      .catch(() => undefined);
    data = /got (\S+)/.exec(found?.events?.[0]?.message ?? '')?.[1] ?? '';
    return data !== '';
  }, 'the function is invoked');
  const document = JSON.parse(gunzipSync(Buffer.from(data, 'base64')).toString()) as Record<string, unknown>;
  const { logEvents, ...about } = document;
  assert.deepEqual(about, {
    messageType: 'DATA_MESSAGE',
    owner: '000000000000',
    logGroup: logGroupName,
    logStream: logStreamName,
    subscriptionFilters: ['f'],
  });
  assert.deepEqual(
    (logEvents as { message: string }[]).map(({ message }) => message),
    ['an ERROR', 'one more ERROR'],
  );
});
