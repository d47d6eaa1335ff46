import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { lambda } from '../generated/lambda.ts';
import type { LambdaOperations } from '../generated/lambda-operations.ts';
import { ServiceError } from '../service-error.ts';
import type { ServiceTable } from '../service-table.ts';
import { compileValidator } from './compile-validator.ts';

/** The message for an input that no type checks, or nothing for one that is valid. */
function messageOf(operation: keyof LambdaOperations, input: object, table: ServiceTable = lambda): string | undefined {
  const validate = compileValidator(table, table.operations[operation]?.input ?? '');
  try {
    validate(input);
    return undefined;
  } catch (error) {
    assert.ok(error instanceof ServiceError);
    assert.equal(error.code, 'ValidationException');
    assert.equal(error.options.type, null);
    return error.message;
  }
}

const one = (value: string, path: string, constraint: string): string =>
  `1 validation error detected: Value '${value}' at '${path}' failed to satisfy constraint: ${constraint}`;

const pattern = (text: string): string => `Member must satisfy regular expression pattern: ${text}`;
const valueSet = (...values: readonly string[]): string => `Member must satisfy enum value set: [${values.join(', ')}]`;

const role = 'arn:aws:iam::123456789012:role/r';
const creation = { FunctionName: 'f', Role: role, Code: {} };
const alias = { FunctionName: 'f', Name: 'a', FunctionVersion: '1' };
const latest = { FunctionName: 'f', Qualifier: '$LATEST' };
const regionPattern = '((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:)?';
const namePattern =
  `(arn:(aws[a-zA-Z-]*)?:lambda:)?${regionPattern}(\\d{12}:)?(function:)?([a-zA-Z0-9-_\\.]+)` +
  '(:(\\$LATEST(\\.PUBLISHED)?|[a-zA-Z0-9-_]+))?';
const qualifierPattern = '\\$(LATEST(\\.PUBLISHED)?)|[a-zA-Z0-9-_$]+';

/** Texts recorded from the live service. */
const recorded: readonly (readonly [string, keyof LambdaOperations, object, string])[] = [
  [
    'a role that is no ARN',
    'CreateFunction',
    { ...creation, Role: 'role' },
    one('role', 'role', pattern('arn:(aws[a-zA-Z-]*)?:iam::\\d{12}:role/?[a-zA-Z_0-9+=,.@\\-_/]+')),
  ],
  [
    'two architectures',
    'CreateFunction',
    { ...creation, Architectures: ['x86_64', 'arm64'] },
    one('[x86_64, arm64]', 'architectures', 'Member must have length less than or equal to 1'),
  ],
  [
    'an unknown architecture',
    'UpdateFunctionCode',
    { FunctionName: 'f', Architectures: ['X86_64'] },
    one(
      '[X86_64]',
      'architectures',
      `Member must satisfy constraint: [${valueSet('x86_64', 'arm64')}, Member must not be null]`,
    ),
  ],
  [
    'a name of 141 characters at creation',
    'CreateFunction',
    { ...creation, FunctionName: 'a'.repeat(141) },
    one('a'.repeat(141), 'functionName', 'Member must have length less than or equal to 140'),
  ],
  [
    'a weight beyond 1',
    'UpdateAlias',
    { ...alias, RoutingConfig: { AdditionalVersionWeights: { 2: 2 } } },
    one(
      '{2=2.0}',
      'routingConfig.additionalVersionWeights',
      'Map value must satisfy constraint: [Member must have value less than or equal to 1.0, ' +
        'Member must have value greater than or equal to 0.0, Member must not be null]',
    ),
  ],
  [
    'a weight for a version that is no number',
    'CreateAlias',
    { ...alias, RoutingConfig: { AdditionalVersionWeights: { $LATEST: 0.5 } } },
    one(
      '{$LATEST=0.5}',
      'routingConfig.additionalVersionWeights',
      'Map keys must satisfy constraint: [Member must have length less than or equal to 1024, ' +
        `Member must have length greater than or equal to 1, ${pattern('[0-9]+')}]`,
    ),
  ],
  [
    'an alias of digits',
    'CreateAlias',
    { ...alias, Name: '2024' },
    one('2024', 'name', pattern('(?!^[0-9]+$)([a-zA-Z0-9-_]+)')),
  ],
  [
    'a statement id with a blank',
    'AddPermission',
    { FunctionName: 'f', StatementId: 'a b', Action: 'lambda:InvokeFunction', Principal: '*' },
    one('a b', 'statementId', pattern('([a-zA-Z0-9-_]+)')),
  ],
  [
    'an odd qualifier',
    'GetFunction',
    { ...latest, Qualifier: 'invalid!' },
    one('invalid!', 'qualifier', pattern(qualifierPattern)),
  ],
  [
    'a version as the qualifier of a URL',
    'GetFunctionUrlConfig',
    { FunctionName: 'f', Qualifier: '1' },
    one('1', 'qualifier', pattern('((?!^\\d+$)^[0-9a-zA-Z-_]+$)')),
  ],
  [
    'an unknown invoke mode',
    'CreateFunctionUrlConfig',
    { FunctionName: 'f', AuthType: 'NONE', InvokeMode: 'x' },
    one('x', 'invokeMode', valueSet('RESPONSE_STREAM', 'BUFFERED')),
  ],
  [
    'no provisioned concurrency',
    'PutProvisionedConcurrencyConfig',
    { FunctionName: 'f', Qualifier: '1', ProvisionedConcurrentExecutions: 0 },
    one('0', 'provisionedConcurrentExecutions', 'Member must have value greater than or equal to 1'),
  ],
  [
    'a destination that is no ARN',
    'PutFunctionEventInvokeConfig',
    { FunctionName: 'f', DestinationConfig: { OnFailure: { Destination: 'x' } } },
    one(
      'x',
      'destinationConfig.onFailure.destination',
      pattern(
        '$|kafka://([^.]([a-zA-Z0-9\\-_.]{0,248}))|arn:(aws[a-zA-Z0-9-]*):([a-zA-Z0-9\\-])+:' +
          '((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1})?:(\\d{12})?:(.*)',
      ),
    ),
  ],
  [
    'another action on a layer',
    'AddLayerVersionPermission',
    { LayerName: 'l', VersionNumber: 1, StatementId: 's', Action: 'lambda:Invoke', Principal: '*' },
    one('lambda:Invoke', 'action', pattern('lambda:GetLayerVersion')),
  ],
  [
    'an unknown architecture of a layer',
    'ListLayers',
    { CompatibleArchitecture: 'x' },
    one('x', 'compatibleArchitecture', valueSet('x86_64', 'arm64')),
  ],
  [
    'no tag keys',
    'UntagResource',
    { Resource: 'arn:aws:lambda:us-east-1:123456789012:function:f' },
    "1 validation error detected: Value null at 'tagKeys' failed to satisfy constraint: Member must not be null",
  ],
  [
    'an unknown recursion',
    'PutFunctionRecursionConfig',
    { FunctionName: 'f', RecursiveLoop: 'x' },
    one('x', 'recursiveLoop', valueSet('Terminate', 'Allow')),
  ],
  [
    'an unknown SnapStart',
    'UpdateFunctionConfiguration',
    { FunctionName: 'f', SnapStart: { ApplyOn: 'x' } },
    one('x', 'snapStart.applyOn', valueSet('PublishedVersions', 'None')),
  ],
  [
    'a subnet that is none',
    'CreateFunction',
    { ...creation, VpcConfig: { SubnetIds: ['bad'] } },
    one(
      '[bad]',
      'vpcConfig.subnetIds',
      'Member must satisfy constraint: [Member must have length less than or equal to 1024, ' +
        `Member must have length greater than or equal to 0, ${pattern('subnet-[0-9a-z]*')}]`,
    ),
  ],
  ['another function version', 'ListFunctions', { FunctionVersion: 'x' }, one('x', 'functionVersion', valueSet('ALL'))],
  [
    'an unknown starting position',
    'CreateEventSourceMapping',
    { FunctionName: 'f', StartingPosition: 'x' },
    one('x', 'startingPosition', valueSet('LATEST', 'AT_TIMESTAMP', 'TRIM_HORIZON')),
  ],
  [
    'a variable whose name is too short: the values are secret',
    'UpdateFunctionConfiguration',
    { FunctionName: 'f', Environment: { Variables: { a: 'secret' } } },
    "1 validation error detected: Value at 'environment.variables' failed to satisfy constraint: " +
      `Map keys must satisfy constraint: [${pattern('[a-zA-Z]([a-zA-Z0-9_])+')}]`,
  ],
  [
    'a KMS key that is no ARN',
    'UpdateFunctionConfiguration',
    { FunctionName: 'f', KMSKeyArn: 'x' },
    one('x', 'kMSKeyArn', pattern('(arn:(aws[a-zA-Z-]*)?:[a-z0-9-.]+:.*)|()')),
  ],
];

suite('the validator words it as the live service', () => {
  for (const [title, operation, input, message] of recorded) {
    test(title, () => assert.equal(messageOf(operation, input), message));
  }

  test('a resource that cannot be tagged', () => {
    const message = messageOf('ListTags', { Resource: 'arn:aws:lambda:us-east-1:123456789012:something' });
    assert.match(
      message ?? '',
      /^1 validation error detected: Value '.*' at 'resource' .*\|layer:\(\[a-zA-Z0-9-_\]\+\)\|code-/,
    );
  });
});

suite('several violations', () => {
  const tooLong = 'q'.repeat(129);

  test('the qualifier is named before the function, each with its place', () => {
    assert.equal(
      messageOf('GetFunction', { FunctionName: 'f!', Qualifier: tooLong }),
      `2 validation errors detected: Value '${tooLong}' at 'qualifier' failed to satisfy constraint: ` +
        "Member must have length less than or equal to 128; Value 'f!' at 'functionName' failed to satisfy constraint: " +
        pattern(namePattern),
    );
  });

  test('of one value, its length is named before its pattern', () => {
    const message = messageOf('CreateFunction', { ...creation, FunctionName: `${'a'.repeat(140)}!` });
    assert.match(message ?? '', /^2 validation errors detected: .* equal to 140; .* regular expression pattern: /);
  });

  test('every missing member is named', () => {
    assert.equal(
      messageOf('AddPermission', { FunctionName: 'f' }),
      '3 validation errors detected: ' +
        ['statementId', 'action', 'principal']
          .map((path) => `Value null at '${path}' failed to satisfy constraint: Member must not be null`)
          .join('; '),
    );
  });
});

suite('places', () => {
  test('an element that is a structure is named by its position, from 1', () => {
    const message = messageOf('CreateEventSourceMapping', {
      FunctionName: 'f',
      FilterCriteria: { Filters: [{ Pattern: '{}' }, { Pattern: 'x'.repeat(4097) }, null] },
    });
    assert.match(message ?? '', /^2 validation errors detected: /);
    assert.match(message ?? '', /at 'filterCriteria\.filters\.2\.member\.pattern' failed/);
    assert.match(message ?? '', /Value null at 'filterCriteria\.filters\.3\.member' failed/);
  });

  test('a list in a map is checked as part of the map', () => {
    const message = messageOf('CreateEventSourceMapping', {
      FunctionName: 'f',
      SelfManagedEventSource: { Endpoints: { KAFKA_BOOTSTRAP_SERVERS: ['no port'] } },
    });
    assert.match(
      message ?? '',
      /Value '\{KAFKA_BOOTSTRAP_SERVERS=\[no port\]\}' at 'selfManagedEventSource\.endpoints'/,
    );
    assert.match(message ?? '', /Map value must satisfy constraint: \[.*Member must satisfy constraint: \[/);
  });

  test('a null in a list or a map is a violation', () => {
    assert.match(messageOf('CreateFunction', { ...creation, Layers: [null] }) ?? '', /'\[null\]' at 'layers'/);
    assert.match(messageOf('TagResource', { Resource: 'x', Tags: { a: null } }) ?? '', /Map value must satisfy/);
  });
});

suite('what is valid passes', () => {
  const arn = 'arn:aws:lambda:us-east-1:123456789012:function';
  const valid: readonly (readonly [keyof LambdaOperations, object])[] = [
    ['GetFunction', latest],
    ['GetFunction', { FunctionName: arn }],
    ['GetFunction', { FunctionName: `${arn}:f:$LATEST` }],
    ['GetFunction', { FunctionName: 'a'.repeat(65) }],
    [
      'CreateFunction',
      { ...creation, FunctionName: 'a'.repeat(65), Runtime: 'nodejs99.x', Handler: 'i.h', Timeout: 5400 },
    ],
    ['CreateFunction', { ...creation, Tags: { Grüße: 'ä b' }, MemorySize: 32_768, Architectures: ['arm64'] }],
    ['CreateFunction', { ...creation, Code: { S3Bucket: 'hot-reload', S3Key: '/home/me/code' } }],
    ['TagResource', { Resource: `${arn}:f` }],
    ['PutFunctionEventInvokeConfig', { FunctionName: 'f', DestinationConfig: { OnFailure: { Destination: '' } } }],
  ];
  for (const [operation, input] of valid) {
    test(`${operation} ${JSON.stringify(input).slice(0, 60)}`, () =>
      assert.equal(messageOf(operation, input), undefined));
  }
});

test('an absurdly long value is refused by its length, without trying a slow pattern', () => {
  const endpoints = { KAFKA_BOOTSTRAP_SERVERS: ['a'.repeat(5_000_000)] };
  const message = messageOf('CreateEventSourceMapping', {
    FunctionName: 'f',
    SelfManagedEventSource: { Endpoints: endpoints },
  });
  assert.match(message ?? '', /^1 validation error detected/);
});

test('a structure that holds itself is checked as deep as its value goes', () => {
  const shapes: ServiceTable['shapes'] = {
    Tree: { kind: 'structure', members: { Name: { shape: 'Name', required: true }, Branches: 'Trees' } },
    Trees: { kind: 'list', member: 'Tree' },
    Name: { kind: 'string', min: 1 },
  };
  const validate = compileValidator({ ...lambda, shapes }, 'Tree');
  validate({ Name: 'a', Branches: [{ Name: 'b', Branches: [] }] });
  assert.throws(() => validate({ Name: 'a', Branches: [{ Name: 'b', Branches: [{ Name: '' }] }] }), {
    message: one('', 'branches.1.member.branches.1.member.name', 'Member must have length greater than or equal to 1'),
  });
});
