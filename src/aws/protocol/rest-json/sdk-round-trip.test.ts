/** The AWS SDK as the peer: what it sends is what is decoded, what is encoded is what it returns. */
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import {
  AddPermissionCommand,
  CreateEventSourceMappingCommand,
  CreateFunctionCommand,
  DeleteFunctionCommand,
  GetDurableExecutionHistoryCommand,
  GetEventSourceMappingCommand,
  GetFunctionCommand,
  InvokeAsyncCommand,
  InvokeCommand,
  LambdaClient,
  ListDurableExecutionsByFunctionCommand,
  ListFunctionsCommand,
  TagResourceCommand,
  TooManyRequestsException,
  UntagResourceCommand,
} from '@aws-sdk/client-lambda';
import fc from 'fast-check';
import { lambda } from '../../generated/lambda.ts';
import type { LambdaOperations } from '../../generated/lambda-operations.ts';
import { ServiceError } from '../../service-error.ts';
import { asBuffer } from '../as-buffer.ts';
import { compileRestJson } from './rest-json-service.ts';

const service = compileRestJson(lambda);

interface SentRequest {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string | readonly string[] | null>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

type Answer = (operation: string, input: unknown) => unknown;

/** A client of the SDK whose requests go straight through the codec: no socket, the SDK's own serializers. */
function clientOf(answer: Answer): LambdaClient {
  const handle = (request: SentRequest) => {
    const rawQuery = Object.entries(request.query)
      .flatMap(([name, values]) =>
        [values ?? ''].flat().map((value) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`),
      )
      .join('&');
    const match = service.match(request.method, request.path, rawQuery);
    assert.ok(match, `${request.method} ${request.path}`);
    const headers = Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [name.toLowerCase(), value]),
    );
    const encoded = respond(() => {
      const input = service.decode(match, headers, bytesOf(request.body));
      return service.encode(match.operation, answer(match.operation, input));
    });
    return Promise.resolve({
      response: { statusCode: encoded.status, headers: encoded.headers, body: encoded.body ?? Buffer.alloc(0) },
    });
  };
  return new LambdaClient({
    region: 'us-east-1',
    endpoint: 'http://localhost',
    maxAttempts: 1,
    credentials: { accessKeyId: '123456789012', secretAccessKey: 'x' },
    requestHandler: { handle } as never,
  });
}

function respond(run: () => ReturnType<typeof service.encode>): ReturnType<typeof service.encode> {
  try {
    return run();
  } catch (error) {
    if (error instanceof ServiceError) return service.encodeError(error);
    throw error;
  }
}

const bytesOf = (body: string | Uint8Array | undefined): Buffer =>
  body instanceof Uint8Array ? asBuffer(body) : Buffer.from(body ?? '');

/** A command of which only its input's type is of interest: any one stands for all of them. */
type CommandOf<Input> = new (input: Input) => object;

const plain = (value: unknown): unknown => structuredClone(value);

/** Sends the command and compares what the operation would get with what the caller gave. */
async function arrives<Input extends object>(
  Command: CommandOf<Input>,
  input: Input,
  output: object = {},
): Promise<void> {
  let received: unknown;
  const client = clientOf((_, decoded) => {
    received = decoded;
    return output;
  });
  await client.send(new Command(input) as InvokeCommand);
  const bytes = (value: unknown): unknown => (value instanceof Uint8Array ? [...value] : value);
  const comparable = (value: object): unknown =>
    JSON.parse(JSON.stringify(value, (_, item: unknown) => bytes(fromBuffer(item))));
  assert.deepEqual(comparable(received as object), comparable(input));
}

/** `JSON.stringify` has already asked a Buffer for its JSON form when a replacer sees it. */
const fromBuffer = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && 'type' in value && value.type === 'Buffer' && 'data' in value
    ? value.data
    : value;

const options: fc.RecordConstraints<never> = { noNullPrototype: true, requiredKeys: [] };
const word = fc.stringMatching(/^[a-zA-Z][a-zA-Z0-9_]{1,20}$/);
const bytes = fc.uint8Array({ maxLength: 200 });
const text = fc.string({ unit: 'binary', maxLength: 40 });
const version = fc.constantFrom('$LATEST', '1', 'live');
const role = 'arn:aws:iam::123456789012:role/r';
const functionArn = 'arn:aws:lambda:us-east-1:123456789012:function:f';
const withName = <Value extends object>(value: fc.Arbitrary<Value>) =>
  fc
    .tuple(fc.constantFrom('f', functionArn, `${functionArn}:1`, '123456789012:function:f'), value)
    .map(([FunctionName, rest]) => ({
      ...rest,
      FunctionName,
    }));

const creation = withName(
  fc
    .record(
      {
        Description: text,
        Timeout: fc.integer({ min: 1, max: 900 }),
        MemorySize: fc.integer({ min: 128, max: 10_240 }),
        Publish: fc.boolean(),
        Handler: word,
        Runtime: fc.constantFrom('nodejs24.x' as const, 'python3.13' as const),
        Architectures: fc.constantFrom('arm64' as const, 'x86_64' as const).map((architecture) => [architecture]),
        Layers: fc.array(
          word.map((name) => `arn:aws:lambda:us-east-1:123456789012:layer:${name}:1`),
          { maxLength: 5 },
        ),
        Environment: fc.record({ Variables: fc.dictionary(word, text, { noNullPrototype: true }) }, options),
        Tags: fc.dictionary(fc.constantFrom('a', 'ü', '__proto__', 'constructor', 'a b'), word, {
          noNullPrototype: true,
        }),
        VpcConfig: fc.record(
          { SubnetIds: fc.constant('subnet-1').map((id) => [id]), Ipv6AllowedForDualStack: fc.boolean() },
          options,
        ),
      },
      options,
    )
    .chain((rest) => bytes.map((ZipFile) => ({ ...rest, Role: role, Code: { ZipFile } }))),
);

const mapping = withName(
  fc.record(
    {
      EventSourceArn: word.map((name) => `arn:aws:sqs:us-east-1:123456789012:${name}`),
      BatchSize: fc.integer({ min: 1, max: 10_000 }),
      StartingPosition: fc.constantFrom('LATEST' as const, 'AT_TIMESTAMP' as const),
      StartingPositionTimestamp: fc.integer({ min: 0, max: 4_000_000_000 }).map((seconds) => new Date(seconds * 1000)),
      FilterCriteria: fc.record(
        { Filters: fc.array(fc.record({ Pattern: text }, options), { maxLength: 3 }) },
        options,
      ),
      DestinationConfig: fc.constant({ OnFailure: { Destination: 'arn:aws:sqs:us-east-1:123456789012:q' } }),
      SelfManagedEventSource: fc.constant('localhost:9092').map((endpoint) => ({
        Endpoints: { KAFKA_BOOTSTRAP_SERVERS: [endpoint, 'other:1'] },
      })),
    },
    options,
  ),
);

suite('what the SDK sends is what is decoded', () => {
  test('CreateFunction', async () => {
    await fc.assert(fc.asyncProperty(creation, (input) => arrives(CreateFunctionCommand, input)));
  });

  test('Invoke', async () => {
    const input = withName(
      fc.record(
        {
          InvocationType: fc.constantFrom('Event' as const, 'RequestResponse' as const, 'DryRun' as const),
          LogType: fc.constantFrom('Tail' as const, 'None' as const),
          ClientContext: word,
          Qualifier: version,
          Payload: fc.uint8Array({ minLength: 1, maxLength: 200 }),
        },
        options,
      ),
    );
    await fc.assert(fc.asyncProperty(input, (value) => arrives(InvokeCommand, value)));
  });

  test('ListFunctions', async () => {
    const input = fc.record(
      {
        Marker: fc.string({ unit: 'grapheme', minLength: 1 }),
        MaxItems: fc.integer({ min: 1, max: 10_000 }),
        FunctionVersion: fc.constant('ALL' as const),
        MasterRegion: fc.constant('ALL'),
      },
      options,
    );
    await fc.assert(fc.asyncProperty(input, (value) => arrives(ListFunctionsCommand, value)));
  });

  test('AddPermission', async () => {
    const input = withName(
      fc.record(
        {
          StatementId: word,
          Action: fc.constant('lambda:InvokeFunction'),
          Principal: fc.constant('s3.amazonaws.com'),
          SourceArn: fc.constant('arn:aws:s3:::bucket'),
          InvokedViaFunctionUrl: fc.boolean(),
          Qualifier: version,
        },
        { noNullPrototype: true, requiredKeys: ['StatementId', 'Action', 'Principal'] },
      ),
    );
    await fc.assert(fc.asyncProperty(input, (value) => arrives(AddPermissionCommand, value)));
  });

  test('TagResource and UntagResource', async () => {
    const tags = fc.dictionary(fc.oneof(word, fc.constantFrom('__proto__', 'a b', 'ü+/=')), word, {
      noNullPrototype: true,
    });
    await fc.assert(fc.asyncProperty(tags, (Tags) => arrives(TagResourceCommand, { Resource: functionArn, Tags })));
    const keys = fc.array(fc.oneof(word, fc.constantFrom('a b', 'a+b', 'ü')), { minLength: 1 });
    await fc.assert(
      fc.asyncProperty(keys, (TagKeys) => arrives(UntagResourceCommand, { Resource: functionArn, TagKeys })),
    );
  });

  test('CreateEventSourceMapping', async () => {
    await fc.assert(fc.asyncProperty(mapping, (input) => arrives(CreateEventSourceMappingCommand, input)));
  });

  test('a date in the query, a label with slashes, a streamed body', async () => {
    const StartedAfter = new Date('2026-01-02T03:04:05.678Z');
    await arrives(ListDurableExecutionsByFunctionCommand, {
      FunctionName: 'f',
      Statuses: ['RUNNING', 'FAILED'],
      StartedAfter,
    });
    const DurableExecutionArn = `${functionArn}:1/durable-execution/a/b`;
    await arrives(GetDurableExecutionHistoryCommand, { DurableExecutionArn, ReverseOrder: true }, { Events: [] });
    await arrives(InvokeAsyncCommand, { FunctionName: 'f', InvokeArgs: Buffer.from('{}') });
  });
});

suite('what is encoded is what the SDK returns', () => {
  test('Invoke: the payload as it is, the rest as headers', async () => {
    const output: LambdaOperations['Invoke']['output'] = {
      StatusCode: 200,
      FunctionError: 'Unhandled',
      ExecutedVersion: '$LATEST',
      LogResult: 'YQ==',
      Payload: Buffer.from('{"a":1}'),
    };
    const { $metadata, Payload, ...rest } = await clientOf(() => output).send(new InvokeCommand({ FunctionName: 'f' }));
    assert.equal($metadata.httpStatusCode, 200);
    assert.equal(Payload?.transformToString(), '{"a":1}');
    assert.deepEqual({ ...rest, Payload: output.Payload }, output);
  });

  test('Invoke: the status of an event and of a dry run', async () => {
    for (const StatusCode of [202, 204]) {
      const { $metadata } = await clientOf(() => ({ StatusCode })).send(new InvokeCommand({ FunctionName: 'f' }));
      assert.equal($metadata.httpStatusCode, StatusCode);
    }
  });

  test('GetFunction: nested structures and maps', async () => {
    const output: LambdaOperations['GetFunction']['output'] = {
      Configuration: {
        FunctionName: 'f',
        CodeSize: 2 ** 40,
        Environment: { Variables: { A: '1' } },
        Layers: [{ Arn: 'a' }],
      },
      Code: { Location: 'http://localhost/', RepositoryType: 'S3' },
      Tags: { a: 'b' },
    };
    const { $metadata, ...rest } = await clientOf(() => output).send(new GetFunctionCommand({ FunctionName: 'f' }));
    assert.equal($metadata.httpStatusCode, 200);
    assert.deepEqual(plain(rest), output);
  });

  test('GetEventSourceMapping: a date to the millisecond', async () => {
    const LastModified = new Date('2026-01-02T03:04:05.678Z');
    const output = await clientOf(() => ({ LastModified })).send(
      new GetEventSourceMappingCommand({ UUID: '0'.repeat(36) }),
    );
    assert.deepEqual(output.LastModified, LastModified);
  });

  test('an error: its class, its text, its members and its header', async () => {
    const client = clientOf(() => {
      throw new ServiceError('TooManyRequestsException', 'Rate Exceeded.', {
        members: { Reason: 'CallerRateLimitExceeded', retryAfterSeconds: 3 },
      });
    });
    await assert.rejects(client.send(new DeleteFunctionCommand({ FunctionName: 'f' })), (error) => {
      assert.ok(error instanceof TooManyRequestsException);
      assert.equal(error.message, 'Rate Exceeded.');
      assert.equal(error.Reason, 'CallerRateLimitExceeded');
      assert.equal(error.retryAfterSeconds, '3');
      assert.equal(error.Type, 'User');
      assert.equal(error.$metadata.httpStatusCode, 429);
      return true;
    });
  });

  test('a violated constraint is a ValidationException', async () => {
    await assert.rejects(clientOf(() => ({})).send(new ListFunctionsCommand({ MaxItems: 0 })), {
      name: 'ValidationException',
      message: /^1 validation error detected: Value '0' at 'maxItems' failed/,
    });
  });
});
