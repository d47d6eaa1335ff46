/** What is refused of layers, in AWS's words, as it is on the wire. */
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { CreateFunctionCommand, PublishLayerVersionCommand } from '@aws-sdk/client-lambda';
import { apiRequest } from '../kit/api-request.ts';
import {
  assertRefused,
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

const arnOf = (name: string): string => `arn:aws:lambda:us-east-1:000000000000:layer:${name}`;

suite('refusals of layers', { concurrency: true }, () => {
  let lambdad: TestDaemon;
  let archive: Buffer;
  before(async () => {
    archive = await zipOf({ 'python/util.py': 'answer = 42' });
    lambdad = await TestDaemon.start();
  });
  after(() => lambdad[Symbol.asyncDispose]());

  const publish = (LayerName: string) =>
    lambdad.lambda.send(new PublishLayerVersionCommand({ LayerName, Content: { ZipFile: archive } }));

  const content = () => ({ Content: { ZipFile: archive.toString('base64') } });
  const rows: readonly (readonly [
    what: string,
    method: string,
    path: string,
    body: () => unknown,
    refusal: Refusal,
  ])[] = [
    [
      'a version that is not there',
      'GET',
      '/2018-10-31/layers/nothing/versions/1',
      () => undefined,
      notFound('The resource you requested does not exist.'),
    ],
    [
      'a version that is not there, by ARN',
      'GET',
      `/2018-10-31/layers?find=LayerVersion&Arn=${arnOf('nothing')}:1`,
      () => undefined,
      notFound('The resource you requested does not exist.'),
    ],
    ...(['GET', 'DELETE'] as const).flatMap((method) =>
      ['0', '-1'].map(
        (number) =>
          [
            `${method} of version ${number}`,
            method,
            `/2018-10-31/layers/nothing/versions/${number}`,
            () => undefined,
            invalidParameter('Layer Version Cannot be less than 1'),
          ] as const,
      ),
    ),
    [
      'an ARN that is none',
      'GET',
      '/2018-10-31/layers?find=LayerVersion&Arn=nonsense',
      () => undefined,
      validation(
        violation(
          'nonsense',
          'arn',
          'satisfy regular expression pattern: ((arn:(aws[a-zA-Z-]*)?:lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:\\d{12}:layer:[a-zA-Z0-9-_]+:[0-9]+)|(arn:[a-zA-Z0-9-]+:lambda:::awslayer:[a-zA-Z0-9-_]+))',
        ),
      ),
    ],
    [
      'an architecture that is none',
      'GET',
      '/2018-10-31/layers?CompatibleArchitecture=arm',
      () => undefined,
      validation(violation('arm', 'compatibleArchitecture', 'satisfy enum value set: [x86_64, arm64]')),
    ],
    [
      'a page of more than fifty',
      'GET',
      '/2018-10-31/layers?MaxItems=51',
      () => undefined,
      validation(violation('51', 'maxItems', 'have value less than or equal to 50')),
    ],
    [
      'architectures that are none',
      'POST',
      '/2018-10-31/layers/refused/versions',
      () => ({ ...content(), CompatibleArchitectures: ['arm32'] }),
      validation(
        violation(
          '[arm32]',
          'compatibleArchitectures',
          'satisfy constraint: [Member must satisfy enum value set: [x86_64, arm64], Member must not be null]',
        ),
      ),
    ],
    [
      'what is no archive',
      'POST',
      '/2018-10-31/layers/refused/versions',
      () => ({ Content: { ZipFile: Buffer.from('no zip').toString('base64') } }),
      invalidParameter('Could not unzip uploaded file. Please check your file, then try to upload again.'),
    ],
    [
      'code in a bucket',
      'POST',
      '/2018-10-31/layers/refused/versions',
      () => ({ Content: { S3Bucket: 'bucket', S3Key: 'key' } }),
      invalidParameter(
        'Error occurred while GetObject. S3 Error Code: NoSuchBucket. S3 Error Message: The specified bucket does not exist',
      ),
    ],
    [
      'an archive that is too large',
      'POST',
      '/2018-10-31/layers/refused/versions',
      () => ({ Content: { ZipFile: Buffer.alloc(52_428_801).toString('base64') } }),
      entityTooLarge('Zipped size must be smaller than 52428800 bytes'),
    ],
  ];
  for (const [what, method, path, body, refusal] of rows) {
    test(what, async () => {
      assertRefused(await apiRequest(lambdad.endpoint, { method, path, body: body() }), refusal);
    });
  }

  test('a runtime that is none', async () => {
    const post = { method: 'POST', path: '/2018-10-31/layers/refused/versions' };
    const published = await apiRequest(lambdad.endpoint, {
      ...post,
      body: { ...content(), CompatibleRuntimes: ['cobol'] },
    });
    const listed = await apiRequest(lambdad.endpoint, { path: '/2018-10-31/layers?CompatibleRuntime=cobol' });
    const start =
      "1 validation error detected: Value '[cobol]' at 'compatibleRuntimes' failed to satisfy constraint: Member must satisfy constraint: [Member must satisfy enum value set: [";
    assert.deepEqual([published.status, published.errorType], [400, 'ValidationException']);
    assert.ok((published.json as { message: string }).message.startsWith(start), published.text);
    assert.deepEqual([listed.status, listed.errorType], [400, 'ValidationException']);
    assert.match(
      listed.text,
      /Value 'cobol' at 'compatibleRuntime' failed to satisfy constraint: Member must satisfy enum value set: \[.*nodejs24\.x/,
    );
  });

  test('sets of layers that a function cannot have are refused', async () => {
    const layer = (await publish('attached')).LayerVersionArn ?? '';
    const newer = (await publish('attached')).LayerVersionArn ?? '';
    const refusals: readonly (readonly [layers: readonly string[], refusal: Refusal])[] = [
      [
        Array.from({ length: 6 }, (_, n) => `${arnOf(`l${n}`)}:1`),
        invalidParameter('Cannot reference more than 5 layers.'),
      ],
      [
        ['arn:aws:lambda:eu-west-1:000000000000:layer:attached:1'],
        invalidParameter(
          'Layers are not in the same region as the function. Layers are expected to be in region us-east-1.',
        ),
      ],
      [
        [layer, newer],
        invalidParameter(
          `Two different versions of the same layer are not allowed to be referenced in the same function. ${layer} and ${newer} are versions of the same layer.`,
        ),
      ],
      [[`${arnOf('nothing')}:1`], invalidParameter(`Layer version ${arnOf('nothing')}:1 does not exist.`)],
    ];
    const zip = await zipOf(echo);
    for (const [Layers, refusal] of refusals) {
      const body = {
        FunctionName: 'refused',
        Runtime: 'nodejs24.x',
        Handler: 'index.handler',
        Role: role,
        Code: { ZipFile: zip.toString('base64') },
        Layers,
      };
      const answer = await apiRequest(lambdad.endpoint, { method: 'POST', path: '/2015-03-31/functions', body });
      assertRefused(answer, refusal);
    }
    await assert.rejects(
      lambdad.lambda.send(
        new CreateFunctionCommand({
          FunctionName: 'image',
          PackageType: 'Image',
          Role: role,
          Code: { ImageUri: '000000000000.dkr.ecr.us-east-1.amazonaws.com/i:1' },
          Layers: [layer],
        }),
      ),
      { name: 'InvalidParameterValueException' },
    );
  });
});
