import assert from 'node:assert/strict';
import test from 'node:test';
import { arn, fails, openTestControlPlane } from '../control-plane.fixture.ts';
import { settle } from '../pretended-data-plane.fixture.ts';
import type { EventSourceExistence } from './event-source-existence.ts';

const of = (rest: string): string => `arn:aws:${rest.replace('@', ':us-east-1:000000000000:')}`;
const queue = of('sqs@q');
const fifo = of('sqs@q.fifo');
const stream = of('kinesis@stream/s');
const table = of('dynamodb@table/t/stream/1');
const cluster = of('kafka@cluster/c/1');
const selfManaged = {
  SelfManagedEventSource: { Endpoints: { KAFKA_BOOTSTRAP_SERVERS: ['a:9092', 'b:9092'] } },
  SourceAccessConfigurations: [{ Type: 'VPC_SUBNET', URI: 'subnet:subnet-1' }],
  Topics: ['t1'],
} as const;
const broker = {
  EventSourceArn: of('mq@broker:b:1'),
  Queues: ['q'],
  SourceAccessConfigurations: [{ Type: 'BASIC_AUTH', URI: 'arn:aws:secretsmanager:us-east-1:000000000000:secret:s' }],
} as const;
const latest = { StartingPosition: 'LATEST' } as const;

async function open(sourceExistence?: EventSourceExistence) {
  const it = openTestControlPlane(sourceExistence ? { sourceExistence } : {});
  await it.create('f');
  const create = (more: object) => it.operations.CreateEventSourceMapping({ FunctionName: 'f', ...more });
  const refuses = async (more: object, message: string, code = 'InvalidParameterValueException') =>
    assert.rejects(create(more), fails(code, message), JSON.stringify(more));
  return { ...it, create, refuses };
}

test('a setting that the kind of source does not have is refused by name', async () => {
  await using it = await open();
  const unsupported = (name: string) => `Unsupported ${name} parameter for given event source mapping type.`;
  const onFailure = { DestinationConfig: { OnFailure: { Destination: queue } } };
  const cases: [object, object, string][] = [
    [{ EventSourceArn: queue }, onFailure, 'DestinationConfig'],
    [{ EventSourceArn: queue }, { ParallelizationFactor: 2 }, "'parallelizationFactor'"],
    [{ EventSourceArn: queue }, { Topics: ['t1'] }, "'topics'"],
    [{ EventSourceArn: stream, ...latest }, { ScalingConfig: { MaximumConcurrency: 2 } }, "'scalingConfig'"],
    [{ EventSourceArn: stream, ...latest }, { Queues: ['q'] }, "'queues'"],
    [
      { EventSourceArn: stream, ...latest },
      { DestinationConfig: { OnSuccess: { Destination: queue } } },
      'DestinationConfig',
    ],
    [broker, { FunctionResponseTypes: ['ReportBatchItemFailures'] }, "'functionResponseTypes'"],
    [{ EventSourceArn: cluster, Topics: ['t1'] }, { TumblingWindowInSeconds: 1 }, "'tumblingWindowInSeconds'"],
  ];
  for (const [source, more, name] of cases) await it.refuses({ ...source, ...more }, unsupported(name));
  await it.refuses(
    { EventSourceArn: queue, ...latest },
    'Unsupported StartingPosition parameter for given event source mapping type.',
  );
  const shared = { ...selfManaged, SelfManagedKafkaEventSourceConfig: { ConsumptionMode: 'Queue' } };
  await it.refuses({ ...shared, ...latest }, unsupported("'startingPosition'"));
  await it.refuses({ ...shared, MaximumBatchingWindowInSeconds: 1 }, unsupported("'maximumBatchingWindowInSeconds'"));
});

test('what a source cannot be read without is asked for', async () => {
  await using it = await open();
  const missing = (name: string) => `Required '${name}' parameter is missing.`;
  const { SourceAccessConfigurations: _, ...open_ } = selfManaged;
  await it.refuses(open_, missing('sourceAccessConfigurations'));
  await it.refuses({ ...open_, SourceAccessConfigurations: [] }, missing('sourceAccessConfigurations'));
  await it.refuses({ EventSourceArn: cluster }, missing('topics'));
  await it.refuses({ ...broker, Queues: undefined }, missing('queues'));
});

test('where to begin in a stream must be said, and be possible', async () => {
  await using it = await open();
  const atTimestamp = { StartingPosition: 'AT_TIMESTAMP' } as const;
  for (const EventSourceArn of [stream, table]) {
    await it.refuses(
      { EventSourceArn },
      "1 validation error detected: Value null at 'startingPosition' failed to satisfy constraint: Member must not be null.",
    );
  }
  await it.refuses({ EventSourceArn: table, ...atTimestamp }, `Unsupported starting position for arn type: ${table}`);
  await it.refuses({ EventSourceArn: stream, ...atTimestamp }, 'Need to specify a timestamp');
  const at = (seconds: number) => ({ StartingPositionTimestamp: new Date(it.clock.now() + seconds * 1000) });
  await it.refuses(
    { EventSourceArn: stream, ...atTimestamp, ...at(1) },
    'StartingPositionTimestamp cannot be in the future.',
  );
  const { StartingPosition } = await it.create({ EventSourceArn: stream, ...atTimestamp, ...at(-1) });
  assert.equal(StartingPosition, 'AT_TIMESTAMP');
});

test('batches of queues have their bounds', async () => {
  await using it = await open();
  const window = 'Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than 10';
  await it.refuses({ EventSourceArn: queue, BatchSize: 11 }, window);
  await it.refuses({ EventSourceArn: fifo, BatchSize: 11 }, 'Maximum batch size must be between 1 and 10 inclusive');
  await it.refuses(
    { EventSourceArn: fifo, MaximumBatchingWindowInSeconds: 1 },
    'Batching window is not supported for FIFO queues',
  );
  const { UUID = '' } = await it.create({ EventSourceArn: queue, BatchSize: 11, MaximumBatchingWindowInSeconds: 1 });
  await settle();
  await assert.rejects(
    it.operations.UpdateEventSourceMapping({ UUID, MaximumBatchingWindowInSeconds: 0 }),
    fails('InvalidParameterValueException', window),
  );
  const pollers = (MinimumPollers: number, MaximumPollers: number) => ({
    EventSourceArn: queue,
    ProvisionedPollerConfig: { MinimumPollers, MaximumPollers },
  });
  await it.refuses(pollers(1, 5), 'MinimumPollers must be at least 2.');
  await it.refuses(pollers(6, 5), 'MinimumPollers must not be greater than MaximumPollers.');
  await it.refuses(
    { EventSourceArn: stream, ...latest, MaximumRecordAgeInSeconds: 59 },
    'MaximumRecordAgeInSeconds must be -1 or at least 60.',
  );
});

test('a source that its service says is missing is refused', async () => {
  await using it = await open({ check: () => Promise.resolve('missing') });
  await it.refuses(
    { EventSourceArn: queue },
    'Error occurred while ReceiveMessage. SQS Error Code: AWS.SimpleQueueService.NonExistentQueue. SQS Error Message: The specified queue does not exist.',
  );
  for (const EventSourceArn of [stream, table]) {
    await it.refuses({ EventSourceArn, ...latest }, `Stream not found: ${EventSourceArn}`);
  }
  assert.deepEqual((await it.operations.ListEventSourceMappings({})).EventSourceMappings, []);
});

test('two calls at once do not make the same mapping twice', async () => {
  await using it = await open();
  const made = await Promise.allSettled([it.create({ EventSourceArn: queue }), it.create({ EventSourceArn: queue })]);
  assert.deepEqual(made.map(({ status }) => status).sort(), ['fulfilled', 'rejected']);
});

test('one source and one function are joined once, in the words of the source', async () => {
  await using it = await open();
  const uuids = new Map<string, string>();
  const sources = {
    queue: { EventSourceArn: queue },
    stream: { EventSourceArn: stream, ...latest },
    table: { EventSourceArn: table, ...latest },
    broker,
    brokers: selfManaged,
    cluster: { EventSourceArn: cluster, Topics: ['t1'] },
  };
  for (const [name, input] of Object.entries(sources)) uuids.set(name, (await it.create(input)).UUID ?? '');
  const advice = (name: string) =>
    `already exists. Please update or delete the existing mapping with UUID ${uuids.get(name)}`;
  const refuses = (name: keyof typeof sources, message: string) =>
    it.refuses(sources[name], `${message} ${advice(name)}`, 'ResourceConflictException');
  await refuses('queue', `An event source mapping with SQS arn (" ${queue} ") and function (" f ")`);
  await refuses('stream', `The event source arn (" ${stream} ") and function (" f ") provided mapping`);
  await refuses('table', `The event source arn (" ${table} ") and function (" f ") provided mapping`);
  await refuses('broker', `The event source arn (" ${broker.EventSourceArn} ") and function (" f ") provided mapping`);
  await refuses(
    'brokers',
    `An event source mapping with event source ("a:9092,b:9092"), function ("${arn('f')}"), topics ("t1")`,
  );
  await refuses(
    'cluster',
    `An event source mapping with event source ("${cluster}"), function ("${arn('f')}"), topics ("t1")`,
  );
  await it.create({ EventSourceArn: cluster, Topics: ['t2'] });
  await it.create({ EventSourceArn: fifo });
  await settle();
  await assert.rejects(
    it.operations.UpdateEventSourceMapping({ UUID: uuids.get('queue') ?? '', FunctionName: 'g' }),
    fails('InvalidParameterValueException', 'Function does not exist'),
  );
  await it
    .create({ ...sources.queue, FunctionName: 'f:$LATEST' })
    .catch((error: unknown) => assert.ok(fails('ResourceConflictException', /SQS arn/)(error)));
});

test('the function is shown as the request names it', async () => {
  await using it = await open();
  await it.operations.PublishVersion({ FunctionName: 'f' });
  await it.operations.CreateAlias({ FunctionName: 'f', Name: 'live', FunctionVersion: '1' });
  const shown: [string, string][] = [
    ['f', arn('f')],
    ['f:$LATEST', arn('f:$LATEST')],
    ['000000000000:function:f:$LATEST', arn('f:$LATEST')],
    [arn('f:$LATEST'), arn('f')],
    ['f:1', arn('f:1')],
    [arn('f:live'), arn('f:live')],
  ];
  for (const [FunctionName, expected] of shown) {
    const { UUID = '', FunctionArn } = await it.create({ FunctionName, EventSourceArn: queue });
    assert.equal(FunctionArn, expected);
    await settle();
    const listed = await it.operations.ListEventSourceMappings({ FunctionName });
    assert.deepEqual(
      listed.EventSourceMappings?.map((mapping) => mapping.UUID),
      [UUID],
    );
    await it.operations.DeleteEventSourceMapping({ UUID });
    await settle();
  }
  for (const FunctionName of ['g', 'f:2', 'f:dev']) {
    await it.refuses({ FunctionName, EventSourceArn: queue }, 'Function does not exist');
  }
});

test('what is emptied goes away, and what is not named stays', async () => {
  await using it = await open();
  const filters = { Filters: [{ Pattern: '{"body":["a"]}' }] };
  const created = await it.create({
    EventSourceArn: queue,
    FilterCriteria: filters,
    KMSKeyArn: 'arn:aws:kms:us-east-1:000000000000:key/k',
    ScalingConfig: { MaximumConcurrency: 5 },
    MetricsConfig: { Metrics: ['EventCount'] },
    FunctionResponseTypes: ['ReportBatchItemFailures'],
  });
  const UUID = created.UUID ?? '';
  await settle();
  assert.equal((await it.operations.ListEventSourceMappings({})).EventSourceMappings?.[0]?.FilterCriteria, undefined);
  const kept = await it.operations.UpdateEventSourceMapping({ UUID, BatchSize: 5 });
  assert.deepEqual(
    [kept.BatchSize, kept.FilterCriteria, kept.ScalingConfig, kept.FunctionResponseTypes],
    [5, filters, { MaximumConcurrency: 5 }, ['ReportBatchItemFailures']],
  );
  await settle();
  const emptied = await it.operations.UpdateEventSourceMapping({
    UUID,
    FilterCriteria: { Filters: [] },
    KMSKeyArn: '',
    ScalingConfig: {},
    MetricsConfig: { Metrics: [] },
    FunctionResponseTypes: [],
  });
  assert.deepEqual(
    [emptied.FilterCriteria, emptied.KMSKeyArn, emptied.ScalingConfig, emptied.MetricsConfig],
    [undefined, undefined, undefined, undefined],
  );
  assert.deepEqual(emptied.FunctionResponseTypes, []);
});

test('the consumer group of a mapping stays when the rest of its configuration changes', async () => {
  await using it = await open();
  const { UUID = '', SelfManagedKafkaEventSourceConfig: first } = await it.create(selfManaged);
  assert.deepEqual(first, { ConsumerGroupId: UUID });
  await settle();
  const changed = await it.operations.UpdateEventSourceMapping({
    UUID,
    SelfManagedKafkaEventSourceConfig: { ConsumptionMode: 'Queue' },
  });
  assert.deepEqual(changed.SelfManagedKafkaEventSourceConfig, { ConsumerGroupId: UUID, ConsumptionMode: 'Queue' });
});
