/** Whatever an operation is given, it answers: never with a fault of its own, and what it refuses changes nothing. */
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import fc from 'fast-check';
import { lambda } from '../../src/aws/generated/lambda.ts';
import { anyInput, type KnownValues } from '../kit/any-input.ts';
import { type RawAnswer, RawOperations } from '../kit/raw-operation.ts';
import { readableState } from '../kit/readable-state.ts';
import { role } from '../kit/role.ts';
import { echo } from '../kit/sample-code.ts';
import { TestDaemon } from '../kit/test-daemon.ts';
import { zipOf } from '../kit/zip-of.ts';

/** Durable executions are not there yet; these answer that they are not. */
const notImplemented: ReadonlySet<string> = new Set([
  'CheckpointDurableExecution',
  'GetDurableExecution',
  'GetDurableExecutionHistory',
  'GetDurableExecutionState',
  'ListDurableExecutionsByFunction',
  'SendDurableExecutionCallbackFailure',
  'SendDurableExecutionCallbackHeartbeat',
  'SendDurableExecutionCallbackSuccess',
  'StopDurableExecution',
]);

const runsOfEach = 40;
/** Every how many runs all that can be read is compared. */
const watchedRuns = 8;
const patience = 15_000;

const prefix = 'arn:aws:lambda:us-east-1:000000000000';
const watched = { functions: ['canary', 'steady'], layers: ['layer'] };
const noMapping = '11111111-1111-4111-8111-111111111111';
const noSigning = `${prefix}:code-signing-config:csc-0123456789abcdef0`;

suite('Any input', () => {
  let lambdad: TestDaemon;
  let raw: RawOperations;
  let archive: Buffer;
  before(async () => {
    archive = await zipOf(echo);
    // Few environments at once: some inputs ask for as many as there may be.
    const settings = {
      LAMBDA_LIMITS_CONCURRENT_EXECUTIONS: '8',
      LAMBDA_LIMITS_MINIMUM_UNRESERVED_CONCURRENCY: '6',
    };
    lambdad = await TestDaemon.start({ settings });
    raw = new RawOperations(lambdad.port);
  });
  after(async () => {
    raw[Symbol.dispose]();
    await lambdad[Symbol.asyncDispose]();
  });

  const send = (operation: string, input: object) =>
    raw.send(operation, input as Readonly<Record<string, unknown>>, AbortSignal.timeout(patience));

  /** Makes what inputs name, where it is not there (any more); refusals say that it is. */
  async function seed(operation: string): Promise<KnownValues> {
    const code = { Runtime: 'nodejs24.x', Handler: 'index.handler', Role: role, Code: { ZipFile: archive } };
    const queue = { EventSourceArn: 'arn:aws:sqs:us-east-1:000000000000:queue', Enabled: false };
    for (const FunctionName of watched.functions)
      await send('CreateFunction', { FunctionName, ...code, Publish: true });
    await send('CreateAlias', { FunctionName: 'canary', Name: 'live', FunctionVersion: '1' });
    await send('PublishLayerVersion', { LayerName: 'layer', Content: { ZipFile: archive } });
    await send('CreateEventSourceMapping', { FunctionName: 'canary', ...queue });
    await send('AddPermission', { FunctionName: 'canary', ...statement('lambda:InvokeFunction') });
    await send('AddLayerVersionPermission', {
      LayerName: 'layer',
      VersionNumber: 1,
      ...statement('lambda:GetLayerVersion'),
    });
    await send('CreateFunctionUrlConfig', { FunctionName: 'canary', AuthType: 'NONE' });
    await send('PutFunctionEventInvokeConfig', { FunctionName: 'canary', MaximumRetryAttempts: 1 });
    await send('CreateCapacityProvider', {
      CapacityProviderName: 'provider',
      VpcConfig: { SubnetIds: ['subnet-0123456789abcdef0'], SecurityGroupIds: [] },
      PermissionsConfig: { CapacityProviderOperatorRoleArn: role },
    });
    const signers = { SigningProfileVersionArns: ['arn:aws:signer:us-east-1:000000000000:/signing-profiles/p/v1'] };
    const listed = await send('ListCodeSigningConfigs', {});
    const configs = jsonOf<{ CodeSigningConfigs: Arn[] }>(listed).CodeSigningConfigs;
    if (configs.length === 0) await send('CreateCodeSigningConfig', { AllowedPublishers: signers });
    return knownValues(operation, archive, {
      mapping: jsonOf<{ EventSourceMappings: { UUID: string }[] }>(await send('ListEventSourceMappings', {}))
        .EventSourceMappings[0]?.UUID,
      signing: configs[0]?.CodeSigningConfigArn,
    });
  }

  for (const operation of Object.keys(lambda.operations)) {
    test(operation, async () => {
      const known = await seed(operation);
      let run = 0;
      await fc.assert(
        fc.asyncProperty(anyInput(operation, known), async (input) => {
          run += 1;
          const state = run % watchedRuns === 0 ? await readableState(lambdad.endpoint, watched) : undefined;
          const answer = await send(operation, input);
          if (answer.status < 400) return;
          checkRefusal(operation, answer);
          if (state !== undefined) assert.deepEqual(await readableState(lambdad.endpoint, watched), state);
        }),
        { numRuns: runsOfEach },
      );
    });
  }
});

const statement = (Action: string) => ({ StatementId: 'sid', Action, Principal: '111122223333' });

interface Arn {
  readonly CodeSigningConfigArn: string;
}

const jsonOf = <Value>({ text }: RawAnswer): Value => JSON.parse(text) as Value;

function checkRefusal(operation: string, { status, errorType, contentType, text }: RawAnswer): void {
  const say = `${operation} ${status} ${errorType} ${text.slice(0, 2000)}`;
  if (status === 501) {
    assert.ok(notImplemented.has(operation), say);
    return;
  }
  assert.ok(status < 500, say);
  assert.ok(errorType !== undefined && contentType?.startsWith('application/json'), say);
  // No route: a label was empty, or held what makes another path.
  if (errorType === 'UnknownOperationException') return;
  const row = lambda.errors[errorType];
  assert.ok(row !== undefined, say);
  assert.equal(status, row.status, say);
  const { [row.message]: message, Type, ...others } = JSON.parse(text) as Readonly<Record<string, unknown>>;
  assert.ok(message === null || typeof message === 'string', say);
  assert.ok(Type === undefined || Type === 'User', say);
  assert.deepEqual(Object.keys(others), errorType === 'TooManyRequestsException' ? ['Reason'] : [], say);
}

/** Names of what is there and of what is not. Functions that are invoked are no others' to change. */
function knownValues(
  operation: string,
  archive: Buffer,
  {
    mapping = noMapping,
    signing = noSigning,
  }: { readonly mapping?: string | undefined; readonly signing?: string | undefined },
): KnownValues {
  const name = operation.startsWith('Invoke') ? 'steady' : 'canary';
  const functions = [name, name, name, `${prefix}:function:${name}`, 'fresh', 'nobody'];
  const qualifiers = ['1', 'live', '$LATEST', '9'];
  const providers = ['provider', `${prefix}:capacity-provider:provider`, 'nowhere'];
  return {
    FunctionName: operation === 'CreateFunction' ? ['fresh', 'another', 'canary'] : functions,
    NamespacedFunctionName: [...functions, `${name}:1`, `${name}:live`],
    UnqualifiedFunctionName: functions,
    FunctionUrlFunctionName: functions,
    Qualifier: qualifiers,
    NumericLatestPublishedOrAliasQualifier: qualifiers,
    PublishedFunctionQualifier: ['1', '$LATEST.PUBLISHED'],
    VersionWithLatestPublished: ['1', '$LATEST', '2'],
    FunctionUrlQualifier: ['live'],
    Alias: ['live', 'other'],
    AdditionalVersion: ['1', '2'],
    LayerName: ['layer', `${prefix}:layer:layer`, 'other'],
    LayerVersionArn: [`${prefix}:layer:layer:1`, `${prefix}:layer:layer:9`],
    UUIDString: [mapping, noMapping],
    CodeSigningConfigArn: operation === 'CreateFunction' ? [signing] : [signing, noSigning],
    CapacityProviderName: providers,
    CapacityProviderArn: [`${prefix}:capacity-provider:provider`],
    TaggableResource: [
      `${prefix}:function:canary`,
      `${prefix}:event-source-mapping:${mapping}`,
      signing,
      `${prefix}:capacity-provider:provider`,
    ],
    PolicyResourceArn: [`${prefix}:function:canary`, `${prefix}:function:canary:live`],
    ResourcePolicy: ['{"Version":"2012-10-17","Statement":[]}', '{}', 'null', '[]', '{"Statement":{}}'],
    EventSourceArn: ['arn:aws:sqs:us-east-1:000000000000:q', 'arn:aws:kinesis:us-east-1:000000000000:stream/s'],
    Pattern: ['{"body":["a"]}', '{}', 'null', '{"a":[{"numeric":[">",1]}]}'],
    RoleArn: [role],
    Runtime: ['nodejs24.x', 'python3.13', 'java21', 'ruby2.7', 'nodejs4.3'],
    Handler: ['index.handler'],
    Principal: ['s3.amazonaws.com', '*', '111122223333'],
    Action: [operation === 'AddLayerVersionPermission' ? 'lambda:GetLayerVersion' : 'lambda:InvokeFunction'],
    Tags: [{ key: 'value' }, {}],
    TagKeys: [['key']],
    StatementId: ['sid'],
    NamespacedStatementId: ['sid'],
    ZipFile: [archive],
    Payload: [Buffer.from('{}'), Buffer.from('{')],
    VersionNumber: [1, 9],
    Timeout: [3],
    MemorySize: [128, 2048],
  };
}
