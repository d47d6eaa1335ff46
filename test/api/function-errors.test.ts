/** What the operations on functions refuse, byte by byte as AWS says it. Source: answers of AWS, recorded 2022 to 2026. */
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { apiRequest } from '../kit/api-request.ts';
import {
  assertRefused,
  conflict,
  entityTooLarge,
  invalidParameter,
  notFound,
  type Refusal,
  validation,
  violation,
} from '../kit/refusal.ts';
import { role } from '../kit/role.ts';
import { echo } from '../kit/sample-code.ts';
import { TestDaemon } from '../kit/test-daemon.ts';
import { zipOf } from '../kit/zip-of.ts';

const layer = (n: number, region = 'us-east-1') => `arn:aws:lambda:${region}:000000000000:layer:shared:${n}`;
const runtimes =
  '[nodejs20.x, python3.14, provided.al2023, python3.12, python3.13, nodejs24.x, nodejs22.x, java25, python3.10, python3.11, java21, ruby3.3, ruby3.4, ruby3.2, python3.8, python3.9, java17, nodejs16.x, dotnet10, dotnet8, java11, dotnet6, nodejs18.x, provided.al2, java8.al2]';
const big = { Variables: { BIG: 'x'.repeat(4096) } };
const notZip = Buffer.from('no zip at all').toString('base64');
const rolePattern = String.raw`arn:(aws[a-zA-Z-]*)?:iam::\d{12}:role/?[a-zA-Z_0-9+=,.@\-_/]+`;
const subnetRules =
  'satisfy constraint: [Member must have length less than or equal to 1024, Member must have length greater than or equal to 0, Member must satisfy regular expression pattern: subnet-[0-9a-z]*]';

/** So many files that a request or two come before it is unpacked. */
const slowPackage = async (): Promise<string> => {
  const files = Array.from({ length: 3000 }, (_, n) => [`folder-${n}/file.js`, `// ${Math.imul(n, 7)}`] as const);
  return (await zipOf({ ...Object.fromEntries(files), ...echo })).toString('base64');
};

/** Members of a CreateFunction that is fine otherwise, and what AWS answers. */
const creations: Readonly<Record<string, readonly [object, Refusal]>> = {
  'a role that is no ARN': [
    { Role: 'r1' },
    validation(violation('r1', 'role', `satisfy regular expression pattern: ${rolePattern}`)),
  ],
  'a runtime that is not there': [
    { Runtime: 'nodejs99.x' },
    invalidParameter(
      `Value nodejs99.x at 'runtime' failed to satisfy constraint: Member must satisfy enum value set: ${runtimes} or be a valid ARN`,
    ),
  ],
  'two architectures': [
    { Architectures: ['x86_64', 'arm64'] },
    validation(violation('[x86_64, arm64]', 'architectures', 'have length less than or equal to 1')),
  ],
  'an architecture in capitals': [
    { Architectures: ['X86_64'] },
    validation(
      violation(
        '[X86_64]',
        'architectures',
        'satisfy constraint: [Member must satisfy enum value set: [x86_64, arm64], Member must not be null]',
      ),
    ),
  ],
  'variables of more than 4 KB': [
    { Environment: big },
    invalidParameter(
      `Lambda was unable to configure your environment variables because the environment variables you have provided exceeded the 4KB limit. String measured: ${JSON.stringify(big.Variables)}`,
    ),
  ],
  'a package that is no zip': [
    { Code: { ZipFile: notZip } },
    invalidParameter('Could not unzip uploaded file. Please check your file, then try to upload again.'),
  ],
  'code in a bucket that does not exist': [
    { Code: { S3Bucket: 'no-such-bucket', S3Key: 'code.zip' } },
    invalidParameter(
      'Error occurred while GetObject. S3 Error Code: NoSuchBucket. S3 Error Message: The specified bucket does not exist',
    ),
  ],
  'six layers': [
    { Layers: [1, 2, 3, 4, 5, 6].map((n) => layer(n)) },
    invalidParameter('Cannot reference more than 5 layers.'),
  ],
  'a layer of another region': [
    { Layers: [layer(1, 'eu-west-1')] },
    invalidParameter(
      'Layers are not in the same region as the function. Layers are expected to be in region us-east-1.',
    ),
  ],
  'two versions of one layer': [
    { Layers: [layer(1), layer(2)] },
    invalidParameter(
      `Two different versions of the same layer are not allowed to be referenced in the same function. ${layer(1)} and ${layer(2)} are versions of the same layer.`,
    ),
  ],
  'a layer that does not exist': [
    { Layers: [layer(7)] },
    invalidParameter(`Layer version ${layer(7)} does not exist.`),
  ],
  'SnapStart that applies to something else': [
    { SnapStart: { ApplyOn: 'invalid' } },
    validation(violation('invalid', 'snapStart.applyOn', 'satisfy enum value set: [PublishedVersions, None]')),
  ],
  'SnapStart with a runtime that has none': [
    { SnapStart: { ApplyOn: 'PublishedVersions' } },
    invalidParameter('nodejs24.x is not supported for SnapStart enabled functions.'),
  ],
  'a code signing configuration that does not exist': [
    { CodeSigningConfigArn: 'arn:aws:lambda:us-east-1:000000000000:code-signing-config:csc-0123456789abcdef0' },
    {
      status: 404,
      code: 'CodeSigningConfigNotFoundException',
      body: {
        Message:
          'The code signing configuration cannot be found. Check that the provided configuration is not deleted: arn:aws:lambda:us-east-1:000000000000:code-signing-config:csc-0123456789abcdef0.',
      },
    },
  ],
  'subnet ids of the wrong form': [
    { VpcConfig: { SubnetIds: ['bad-subnet-id'], SecurityGroupIds: ['sg-1'] } },
    validation(violation('[bad-subnet-id]', 'vpcConfig.subnetIds', subnetRules)),
  ],
  'more than fifty tags': [
    { Tags: Object.fromEntries(Array.from({ length: 51 }, (_, n) => [`t${n}`, ''])) },
    invalidParameter('Number of tags exceeds resource tag limit.'),
  ],
  'a name that is taken': [{ FunctionName: 'present' }, conflict('Function already exist: present')],
};

suite('Refusals of the operations on functions', { concurrency: true }, () => {
  let lambdad: TestDaemon;
  let package_: string;
  before(async () => {
    package_ = (await zipOf(echo)).toString('base64');
    lambdad = await TestDaemon.start();
    await lambdad.function({ FunctionName: 'present', code: echo });
  });
  after(() => lambdad[Symbol.asyncDispose]());

  const send = (method: string, path: string, body?: unknown) =>
    apiRequest(lambdad.endpoint, { method, path: `/2015-03-31/functions${path}`, ...(body ? { body } : {}) });
  const create = (members: object) =>
    send('POST', '', {
      FunctionName: 'refused',
      Runtime: 'nodejs24.x',
      Handler: 'index.handler',
      Role: role,
      Code: { ZipFile: package_ },
      ...members,
    });
  const arn = (name: string): string => `arn:aws:lambda:us-east-1:000000000000:function:${name}`;

  for (const [what, [members, refusal]] of Object.entries(creations)) {
    test(`CreateFunction refuses ${what}`, async () => assertRefused(await create(members), refusal));
  }

  test('each operation says that a function is not there', async () => {
    const gone = notFound(`Function not found: ${arn('gone')}`);
    assertRefused(await send('GET', '/gone'), gone);
    assertRefused(await send('GET', '/gone/configuration'), gone);
    assertRefused(await send('PUT', '/gone/code', { ZipFile: package_ }), gone);
    assertRefused(await send('PUT', '/gone/configuration', {}), gone);
    assertRefused(await send('DELETE', '/gone'), gone);
    assertRefused(await send('GET', '/gone?Qualifier=1'), notFound(`Function not found: ${arn('gone')}:1`));
    assertRefused(await send('POST', '/gone/invocations', {}), notFound(`Function not found: ${arn('gone')}:$LATEST`));
  });

  test('another RevisionId is refused by both updates', async () => {
    const refusal: Refusal = {
      status: 412,
      code: 'PreconditionFailedException',
      body: {
        Type: 'User',
        message:
          'The Revision Id provided does not match the latest Revision Id. Call the GetFunction/GetAlias API to retrieve the latest Revision Id',
      },
    };
    assertRefused(await send('PUT', '/present/configuration', { RevisionId: 'another' }), refusal);
    assertRefused(await send('PUT', '/present/code', { ZipFile: package_, RevisionId: 'another' }), refusal);
  });

  test('a function with a zip takes no image', async () => {
    const body = { ImageUri: '000000000000.dkr.ecr.us-east-1.amazonaws.com/repo:latest' };
    const refusal = invalidParameter("Please don't provide ImageUri when updating a function with packageType Zip.");
    assertRefused(await send('PUT', '/present/code', body), refusal);
  });

  test('an unknown FunctionVersion is refused', async () => {
    assertRefused(
      await send('GET', '/?FunctionVersion=invalid'),
      validation(violation('invalid', 'functionVersion', 'satisfy enum value set: [ALL]')),
    );
  });

  test('a function that is Pending can be neither invoked nor changed', async () => {
    assert.equal((await create({ FunctionName: 'slow', Code: { ZipFile: await slowPackage() } })).status, 201);
    const text =
      'The operation cannot be performed at this time. The function is currently in the following state: Pending';
    assertRefused(await send('POST', '/slow/invocations', {}), conflict(text));
    assertRefused(await send('PUT', '/slow/configuration', {}), conflict(text));
  });

  test('a second update while one is in progress is a conflict, named by the unqualified ARN', async () => {
    const fn = await lambdad.function({ code: echo });
    assert.equal((await send('PUT', `/${fn.name}/code`, { ZipFile: await slowPackage() })).status, 200);
    const text = 'The operation cannot be performed at this time. An update is in progress for resource:';
    assertRefused(await send('PUT', `/${fn.name}/configuration`, {}), conflict(`${text} ${arn(fn.name)}`));
    assertRefused(await send('PUT', `/${fn.name}/code`, { ZipFile: package_ }), conflict(`${text} ${arn(fn.name)}`));
  });

  test('a body of more than 70,167,211 bytes is too large for CreateFunction', async () => {
    const body = Buffer.alloc(70_167_212, 0x20);
    const refusal = entityTooLarge('Request must be smaller than 70167211 bytes for the CreateFunction operation');
    assertRefused(await send('POST', '', body), refusal);
  });

  test('an operation that is not there yet answers 501 and names itself', async () => {
    const answer = await apiRequest(lambdad.endpoint, { path: '/2025-12-01/functions/present/durable-executions' });
    assert.equal(answer.status, 501);
    assert.match(answer.text, /ListDurableExecutionsByFunction/);
  });

  test('a path that is no operation is unknown', async () => {
    const answer = await apiRequest(lambdad.endpoint, { path: '/2015-03-31/nothing' });
    assert.deepEqual([answer.status, answer.errorType], [404, 'UnknownOperationException']);
  });

  test('a body that is not JSON is a SerializationException', async () => {
    const answer = await send('POST', '', '{"FunctionName": ');
    assert.deepEqual([answer.status, answer.errorType], [400, 'SerializationException']);
  });
});
