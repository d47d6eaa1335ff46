/** Tags of functions. Source: answers of AWS, recorded 2022 to 2026. */
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import {
  GetFunctionCommand,
  GetFunctionConfigurationCommand,
  ListTagsCommand,
  TagResourceCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-lambda';
import { type ApiRequest, apiRequest } from '../kit/api-request.ts';
import { assertRefused, invalidParameter, notFound, validation, violation } from '../kit/refusal.ts';
import { echo } from '../kit/sample-code.ts';
import { TestDaemon } from '../kit/test-daemon.ts';

const arnOf = (name: string): string => `arn:aws:lambda:us-east-1:000000000000:function:${name}`;
const uuid = '[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}';
const resourcePattern = String.raw`arn:(aws[a-zA-Z-]*):lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:\d{12}:(function:[a-zA-Z0-9-_]+(:(\$LATEST|[a-zA-Z0-9-_]+))?|layer:([a-zA-Z0-9-_]+)|code-signing-config:csc-[a-z0-9]{17}|event-source-mapping:${uuid}|capacity-provider:[a-zA-Z0-9-_]+)`;
const tags = (count: number, from = 0): Record<string, string> =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`key-${from + index}`, 'value']));

suite('Tags', { concurrency: true }, () => {
  let lambdad: TestDaemon;
  before(async () => {
    lambdad = await TestDaemon.start();
  });
  after(() => lambdad[Symbol.asyncDispose]());

  const raw = (arn: string, request: Omit<ApiRequest, 'path'> = {}, query = '') =>
    apiRequest(lambdad.endpoint, { ...request, path: `/2017-03-31/tags/${encodeURIComponent(arn)}${query}` });
  const tag = (arn: string, Tags: unknown) => raw(arn, { method: 'POST', body: { Tags } });
  const untag = (arn: string) => raw(arn, { method: 'DELETE' }, '?tagKeys=a');
  const list = async (Resource: string) => (await lambdad.lambda.send(new ListTagsCommand({ Resource }))).Tags;

  test('tags are added, changed, listed and taken away', async () => {
    const fn = await lambdad.function({ code: echo, Tags: { a: '1' } });
    const Resource = arnOf(fn.name);
    const tagged = await lambdad.lambda.send(new TagResourceCommand({ Resource, Tags: { a: '2', 'b/c d': '' } }));
    assert.equal(tagged.$metadata.httpStatusCode, 204);
    const { $metadata, ...listed } = await lambdad.lambda.send(new ListTagsCommand({ Resource }));
    assert.equal($metadata.httpStatusCode, 200);
    assert.deepEqual(listed, { Tags: { a: '2', 'b/c d': '' } });
    const untagged = await lambdad.lambda.send(
      new UntagResourceCommand({ Resource, TagKeys: ['b/c d', 'never there'] }),
    );
    assert.equal(untagged.$metadata.httpStatusCode, 204);
    assert.deepEqual(await list(Resource), { a: '2' });
    await lambdad.lambda.send(new UntagResourceCommand({ Resource, TagKeys: ['a'] }));
    assert.deepEqual((await raw(Resource)).json, { Tags: {} });
  });

  test('GetFunction has Tags while there are some, and every change gives the function a new RevisionId', async () => {
    const fn = await lambdad.function({ code: echo });
    const Resource = arnOf(fn.name);
    const shown = async () => (await lambdad.lambda.send(new GetFunctionCommand({ FunctionName: fn.name }))).Tags;
    const revision = async () =>
      (await lambdad.lambda.send(new GetFunctionConfigurationCommand({ FunctionName: fn.name }))).RevisionId;
    const revisions = [await revision()];
    assert.equal(await shown(), undefined);
    await lambdad.lambda.send(new TagResourceCommand({ Resource, Tags: { a: '1' } }));
    revisions.push(await revision());
    assert.deepEqual(await shown(), { a: '1' });
    await lambdad.lambda.send(new UntagResourceCommand({ Resource, TagKeys: ['a'] }));
    revisions.push(await revision());
    assert.equal(await shown(), undefined);
    assert.equal(new Set(revisions).size, 3);
  });

  test('a resource has at most 50 tags', async () => {
    const fn = await lambdad.function({ code: echo });
    const Resource = arnOf(fn.name);
    const limit = invalidParameter('Number of tags exceeds resource tag limit.');
    assertRefused(await tag(Resource, tags(51)), limit);
    await lambdad.lambda.send(new TagResourceCommand({ Resource, Tags: tags(50) }));
    assertRefused(await tag(Resource, tags(1, 50)), limit);
    await lambdad.lambda.send(new TagResourceCommand({ Resource, Tags: { 'key-0': 'changed' } }));
    assert.equal((await list(Resource))?.['key-0'], 'changed');
  });

  test('tags that are none, or that belong to AWS, are refused', async () => {
    const fn = await lambdad.function({ code: echo });
    const Resource = arnOf(fn.name);
    const nothing = invalidParameter('An error occurred and the request cannot be processed.');
    assertRefused(await tag(Resource, {}), nothing);
    assertRefused(await tag(Resource, undefined), nothing);
    assertRefused(
      await tag(Resource, { 'aws:mine': 'x' }),
      invalidParameter('System tags cannot be added/updated by requester.'),
    );
    assertRefused(
      await raw(Resource, { method: 'DELETE' }),
      validation(
        "1 validation error detected: Value null at 'tagKeys' failed to satisfy constraint: Member must not be null",
      ),
    );
    assert.deepEqual(await list(Resource), {});
  });

  test('aliases, versions and layers have no tags', async () => {
    const fn = await lambdad.function({ code: echo });
    const refusal = invalidParameter(
      'Tags on function aliases and versions are not supported. Please specify a function ARN.',
    );
    for (const qualifier of ['$LATEST', '1', 'live']) {
      const arn = `${arnOf(fn.name)}:${qualifier}`;
      for (const answer of [await raw(arn), await tag(arn, { a: 'b' }), await untag(arn)])
        assertRefused(answer, refusal);
    }
    const layer = 'arn:aws:lambda:us-east-1:000000000000:layer:tools';
    assertRefused(await raw(layer), invalidParameter(`Unsupported resource type for tagging or invalid arn: ${layer}`));
  });

  test('what is not there, not here or not mine is refused', async () => {
    const fn = await lambdad.function({ code: echo });
    const unknown = notFound(`Function not found: ${arnOf('nobody')}`);
    const arn = arnOf('nobody');
    for (const answer of [await raw(arn), await tag(arn, { a: 'b' }), await untag(arn)]) assertRefused(answer, unknown);
    assertRefused(await raw(arnOf(fn.name), { account: '111111111111' }), {
      status: 403,
      code: 'AccessDeniedException',
      body: { Message: null },
    });
    assertRefused(
      await raw(arnOf(fn.name), { region: 'eu-west-1' }),
      notFound("Functions from 'us-east-1' are not reachable in this region ('eu-west-1')"),
    );
    assertRefused(
      await raw('arn:aws:s3:::bucket'),
      validation(
        violation('arn:aws:s3:::bucket', 'resource', `satisfy regular expression pattern: ${resourcePattern}`),
      ),
    );
  });
});
