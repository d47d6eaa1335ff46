/** The five operations on event source mappings. Source: answers of AWS, recorded 2022 to 2026. */
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import {
  CreateEventSourceMappingCommand,
  type CreateEventSourceMappingCommandInput,
  DeleteEventSourceMappingCommand,
  DeleteFunctionCommand,
  type EventSourceMappingConfiguration,
  GetEventSourceMappingCommand,
  ListEventSourceMappingsCommand,
  ListTagsCommand,
  paginateListEventSourceMappings,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateEventSourceMappingCommand,
} from '@aws-sdk/client-lambda';
import { type ApiRequest, apiRequest } from '../kit/api-request.ts';
import { assertRefused, conflict, invalidParameter, notFound, validation } from '../kit/refusal.ts';
import { echo } from '../kit/sample-code.ts';
import { TestDaemon } from '../kit/test-daemon.ts';

const arnOf = (name: string): string => `arn:aws:lambda:us-east-1:000000000000:function:${name}`;
const sourceOf = (service: string, resource: string): string => `arn:aws:${service}:us-east-1:000000000000:${resource}`;
const nobody = '11111111-1111-4111-8111-111111111111';
const disabled = 'lambdad does not poll event sources yet, so this mapping stays disabled.';
const absent = notFound('The resource you requested does not exist.');
const secret = sourceOf('secretsmanager', 'secret:s');

type Input = Omit<CreateEventSourceMappingCommandInput, 'FunctionName'>;

suite('Event source mappings', { concurrency: true }, () => {
  let lambdad: TestDaemon;
  let shared: string;
  before(async () => {
    lambdad = await TestDaemon.start();
    shared = (await lambdad.function({ code: echo })).name;
  });
  after(() => lambdad[Symbol.asyncDispose]());

  async function create(input: Input, FunctionName = shared): Promise<EventSourceMappingConfiguration> {
    const command = new CreateEventSourceMappingCommand({ FunctionName, ...input });
    const { $metadata, ...mapping } = await lambdad.lambda.send(command);
    assert.equal($metadata.httpStatusCode, 202);
    return mapping;
  }
  const raw = (request: Omit<ApiRequest, 'path'>, rest = '') =>
    apiRequest(lambdad.endpoint, { ...request, path: `/2015-03-31/event-source-mappings${rest}` });
  const asked = (body: object) => raw({ method: 'POST', body: { FunctionName: shared, ...body } });

  test('a mapping is created, shown, changed and deleted with exactly the members that AWS sends', async () => {
    const EventSourceArn = sourceOf('sqs', 'whole-life');
    const created = await create({ EventSourceArn, Tags: { a: 'b' } });
    const { UUID = '', LastModified } = created;
    assert.match(UUID, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    assert.ok(LastModified instanceof Date);
    const common = {
      UUID,
      EventSourceMappingArn: `arn:aws:lambda:us-east-1:000000000000:event-source-mapping:${UUID}`,
      EventSourceArn,
      FunctionArn: arnOf(shared),
      BatchSize: 10,
      MaximumBatchingWindowInSeconds: 0,
      FunctionResponseTypes: [],
    };
    const byUser = { StateTransitionReason: 'USER_INITIATED' };
    assert.deepEqual(created, { ...common, ...byUser, State: 'Creating', LastModified });
    const wire = await raw({}, `/${UUID}`);
    const shown = wire.json as { LastModified: number };
    assert.equal(typeof shown.LastModified, 'number', 'seconds since the epoch');
    assert.deepEqual(
      [wire.status, wire.json],
      [200, { ...common, State: 'Disabled', StateTransitionReason: disabled, LastModified: shown.LastModified }],
    );
    const update = new UpdateEventSourceMappingCommand({
      UUID,
      Enabled: false,
      BatchSize: 100,
      MaximumBatchingWindowInSeconds: 3,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
    });
    const { $metadata, ...updated } = await lambdad.lambda.send(update);
    assert.equal($metadata.httpStatusCode, 202);
    const changed = {
      ...common,
      ...byUser,
      BatchSize: 100,
      MaximumBatchingWindowInSeconds: 3,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
    };
    assert.deepEqual(updated, { ...changed, State: 'Updating', LastModified: updated.LastModified });
    const { $metadata: _, ...settled } = await lambdad.lambda.send(new GetEventSourceMappingCommand({ UUID }));
    assert.deepEqual(settled, { ...changed, State: 'Disabled', LastModified: settled.LastModified });
    const { $metadata: answered, ...deleted } = await lambdad.lambda.send(
      new DeleteEventSourceMappingCommand({ UUID }),
    );
    assert.equal(answered.httpStatusCode, 202);
    assert.deepEqual(deleted, { ...changed, State: 'Deleting', LastModified: deleted.LastModified });
    assertRefused(await raw({}, `/${UUID}`), absent);
  });

  test('each kind of source has its own defaults and members', async () => {
    const stream = {
      BatchSize: 100,
      MaximumBatchingWindowInSeconds: 0,
      ParallelizationFactor: 1,
      TumblingWindowInSeconds: 0,
      BisectBatchOnFunctionError: false,
      DestinationConfig: { OnFailure: {} },
      MaximumRecordAgeInSeconds: -1,
      MaximumRetryAttempts: -1,
      FunctionResponseTypes: [],
      LastProcessingResult: 'No records processed',
      StateTransitionReason: 'User action',
    };
    const other = {
      BatchSize: 100,
      LastProcessingResult: 'No records processed',
      StateTransitionReason: 'USER_INITIATED',
    };
    const Endpoints = { KAFKA_BOOTSTRAP_SERVERS: ['kinds.example.org:9092'] };
    const kafka = { Topics: ['topic'], StartingPosition: 'TRIM_HORIZON' as const };
    const SourceAccessConfigurations = [{ Type: 'BASIC_AUTH' as const, URI: secret }];
    const latest = { StartingPosition: 'LATEST' } as const;
    const kinds: [Input, object, ((uuid: string) => object)?][] = [
      [{ EventSourceArn: sourceOf('kinesis', 'stream/kinds'), ...latest }, stream],
      [{ EventSourceArn: sourceOf('kinesis', 'stream/kinds/consumer/c:1700000000'), ...latest }, stream],
      [{ EventSourceArn: sourceOf('dynamodb', 'table/kinds/stream/2026-01-01T00:00:00.000'), ...latest }, stream],
      [
        { EventSourceArn: sourceOf('kafka', 'cluster/kinds/1'), ...kafka },
        other,
        (uuid) => ({ AmazonManagedKafkaEventSourceConfig: { ConsumerGroupId: uuid } }),
      ],
      [
        { SelfManagedEventSource: { Endpoints }, SourceAccessConfigurations, ...kafka },
        other,
        (uuid) => ({ SelfManagedKafkaEventSourceConfig: { ConsumerGroupId: uuid } }),
      ],
      [{ EventSourceArn: sourceOf('mq', 'broker:kinds:b-1'), Queues: ['queue'], SourceAccessConfigurations }, other],
      [
        {
          EventSourceArn: sourceOf('rds', 'cluster:kinds'),
          SourceAccessConfigurations,
          DocumentDBEventSourceConfig: { DatabaseName: 'db', FullDocument: 'UpdateLookup' },
          ...latest,
        },
        other,
      ],
    ];
    for (const [input, defaults, own = () => ({})] of kinds) {
      const mapping = await create(input);
      const { UUID = '', LastModified } = mapping;
      assert.deepEqual(mapping, {
        ...input,
        ...defaults,
        ...own(UUID),
        UUID,
        EventSourceMappingArn: `arn:aws:lambda:us-east-1:000000000000:event-source-mapping:${UUID}`,
        FunctionArn: arnOf(shared),
        State: 'Creating',
        LastModified,
      });
    }
  });

  test('what AWS refuses is refused in its words', async () => {
    const queue = sourceOf('sqs', 'refused');
    const table = sourceOf('dynamodb', 'table/refused/stream/1');
    const Endpoints = { KAFKA_BOOTSTRAP_SERVERS: ['refused.example.org:9092'] };
    const pattern = (Pattern: string) => ({ EventSourceArn: queue, FilterCriteria: { Filters: [{ Pattern }] } });
    const cases: [object, string][] = [
      [{}, 'Unrecognized event source.'],
      [{ EventSourceArn: 'arn:aws:s3:::bucket' }, 'Unrecognized event source.'],
      [{ EventSourceArn: queue, FunctionName: 'nobody' }, 'Function does not exist'],
      [
        { EventSourceArn: queue, DestinationConfig: { OnFailure: { Destination: queue } } },
        'Unsupported DestinationConfig parameter for given event source mapping type.',
      ],
      [
        { EventSourceArn: table, StartingPosition: 'AT_TIMESTAMP', StartingPositionTimestamp: 1 },
        `Unsupported starting position for arn type: ${table}`,
      ],
      [
        { EventSourceArn: table },
        "1 validation error detected: Value null at 'startingPosition' failed to satisfy constraint: Member must not be null.",
      ],
      [
        { EventSourceArn: queue, BatchSize: 11 },
        'Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than 10',
      ],
      ...['null', 'text', '{"eventSource":"aws:sqs"}', '{"eventSource":[]}', '{"a'].map((text): [object, string] => [
        pattern(text),
        'Invalid filter pattern definition.',
      ]),
      [
        { SelfManagedEventSource: { Endpoints }, Topics: ['topic'] },
        "Required 'sourceAccessConfigurations' parameter is missing.",
      ],
    ];
    for (const [body, message] of cases) assertRefused(await asked(body), invalidParameter(message));
    assertRefused(
      await asked({ EventSourceArn: table, StartingPosition: 'NOWHERE' }),
      validation(
        "1 validation error detected: Value 'NOWHERE' at 'startingPosition' failed to satisfy constraint: Member must satisfy enum value set: [LATEST, AT_TIMESTAMP, TRIM_HORIZON]",
      ),
    );
    assert.deepEqual((await raw({}, `?EventSourceArn=${encodeURIComponent(queue)}`)).json, { EventSourceMappings: [] });
  });

  test('a second mapping between the two is a conflict that names the first', async () => {
    const advice = (uuid?: string) => `already exists. Please update or delete the existing mapping with UUID ${uuid}`;
    const queue = sourceOf('sqs', 'twice');
    const first = await create({ EventSourceArn: queue });
    assertRefused(
      await asked({ EventSourceArn: queue }),
      conflict(
        `An event source mapping with SQS arn (" ${queue} ") and function (" ${shared} ") ${advice(first.UUID)}`,
      ),
    );
    const stream = { EventSourceArn: sourceOf('kinesis', 'stream/twice'), StartingPosition: 'LATEST' } as const;
    const second = await create(stream);
    assertRefused(
      await asked(stream),
      conflict(
        `The event source arn (" ${stream.EventSourceArn} ") and function (" ${shared} ") provided mapping ${advice(second.UUID)}`,
      ),
    );
    const kafka: Input = {
      SelfManagedEventSource: { Endpoints: { KAFKA_BOOTSTRAP_SERVERS: ['one:9092', 'two:9092'] } },
      SourceAccessConfigurations: [{ Type: 'BASIC_AUTH', URI: secret }],
      Topics: ['topic'],
    };
    const third = await create(kafka);
    assertRefused(
      await asked(kafka),
      conflict(
        `An event source mapping with event source ("one:9092,two:9092"), function ("${arnOf(shared)}"), topics ("topic") ${advice(third.UUID)}`,
      ),
    );
  });

  test('mappings are listed by function and by source, page by page, with a marker that says nothing', async () => {
    const { name } = await lambdad.function({ code: echo });
    const uuids: string[] = [];
    for (let n = 0; n < 52; n += 1) {
      uuids.push((await create({ EventSourceArn: sourceOf('sqs', `page-${n}`) }, name)).UUID ?? '');
    }
    uuids.sort();
    const list = new ListEventSourceMappingsCommand({ FunctionName: name });
    const { EventSourceMappings: page = [], NextMarker = '' } = await lambdad.lambda.send(list);
    assert.deepEqual(
      page.map(({ UUID }) => UUID),
      uuids.slice(0, 50),
    );
    assert.ok(uuids.every((uuid) => !NextMarker.includes(uuid)));
    const seen: (string | undefined)[] = [];
    const pages = paginateListEventSourceMappings({ client: lambdad.lambda, pageSize: 9 }, { FunctionName: name });
    for await (const { EventSourceMappings = [] } of pages) seen.push(...EventSourceMappings.map(({ UUID }) => UUID));
    assert.deepEqual(seen, uuids);
    const EventSourceArn = sourceOf('sqs', 'page-7');
    const one = await lambdad.lambda.send(new ListEventSourceMappingsCommand({ EventSourceArn }));
    assert.deepEqual(
      one.EventSourceMappings?.map((mapping) => mapping.EventSourceArn),
      [EventSourceArn],
    );
    assertRefused(await raw({}, '?Marker=unheard'), invalidParameter('Invalid Marker.'));
  });

  test('a mapping outlives its function', async () => {
    const { name } = await lambdad.function({ code: echo });
    const { UUID } = await create({ EventSourceArn: sourceOf('sqs', 'outlives') }, name);
    await lambdad.lambda.send(new DeleteFunctionCommand({ FunctionName: name }));
    const { FunctionArn } = await lambdad.lambda.send(new GetEventSourceMappingCommand({ UUID }));
    assert.equal(FunctionArn, arnOf(name));
    await lambdad.lambda.send(new DeleteEventSourceMappingCommand({ UUID }));
  });

  test('an unknown mapping, or one of another account or region, does not exist', async () => {
    const { UUID } = await create({ EventSourceArn: sourceOf('sqs', 'elsewhere') });
    assertRefused(await raw({}, `/${nobody}`), absent);
    assertRefused(await raw({ method: 'PUT', body: { BatchSize: 1 } }, `/${nobody}`), absent);
    assertRefused(await raw({ method: 'DELETE' }, `/${nobody}`), absent);
    for (const from of [{ account: '111122223333' }, { region: 'eu-west-1' }]) {
      assertRefused(await raw(from, `/${UUID}`), absent);
    }
    const foreign = { method: 'POST', body: { FunctionName: arnOf(shared), EventSourceArn: sourceOf('sqs', 'e') } };
    assertRefused(
      await raw({ ...foreign, region: 'eu-west-1' }),
      notFound("Functions from 'us-east-1' are not reachable in this region ('eu-west-1')"),
    );
    const denied = await raw({ ...foreign, account: '111122223333' });
    assert.deepEqual([denied.status, denied.errorType], [403, 'AccessDeniedException']);
  });

  test('a mapping has tags', async () => {
    const { EventSourceMappingArn: Resource = '' } = await create({
      EventSourceArn: sourceOf('sqs', 'tagged'),
      Tags: { first: '1' },
    });
    const tags = async () => (await lambdad.lambda.send(new ListTagsCommand({ Resource }))).Tags;
    await lambdad.lambda.send(new TagResourceCommand({ Resource, Tags: { second: '2' } }));
    assert.deepEqual(await tags(), { first: '1', second: '2' });
    await lambdad.lambda.send(new UntagResourceCommand({ Resource, TagKeys: ['first'] }));
    assert.deepEqual(await tags(), { second: '2' });
    const unknown = `arn:aws:lambda:us-east-1:000000000000:event-source-mapping:${nobody}`;
    assertRefused(
      await apiRequest(lambdad.endpoint, { path: `/2017-03-31/tags/${encodeURIComponent(unknown)}` }),
      notFound(`Event source mapping not found: ${unknown}`),
    );
  });
});
