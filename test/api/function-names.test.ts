/**
 * Names, ARNs and qualifiers of every kind, as get, delete, invoke and create answer them.
 * Source: answers of AWS, recorded 2022 to 2026.
 */
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { type ApiAnswer, apiRequest } from '../kit/api-request.ts';
import { role } from '../kit/role.ts';
import { echo } from '../kit/sample-code.ts';
import { TestDaemon } from '../kit/test-daemon.ts';
import { zipOf } from '../kit/zip-of.ts';

const account = '000000000000';
const arnOf = (name: string): string => `arn:aws:lambda:us-east-1:${account}:function:${name}`;
const optional = String.raw`(arn:(aws[a-zA-Z-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:)?(\d{12}:)?(function:)?`;
const namePattern = String.raw`${optional}([a-zA-Z0-9-_\.]+)(:(\$LATEST(\.PUBLISHED)?|[a-zA-Z0-9-_]+))?`;
const newNamePattern = String.raw`${optional}([a-zA-Z0-9-_]+)(:(\$LATEST|[a-zA-Z0-9-_]+))?`;
const qualifierPattern = String.raw`\$(LATEST(\.PUBLISHED)?)|[a-zA-Z0-9-_$]+`;

const at = (value: string, member: string, rule: string): string =>
  `Value '${value}' at '${member}' failed to satisfy constraint: Member must ${rule}`;
const one = (violation: string): string => `1 validation error detected: ${violation}`;
const pattern = (text: string): string => `satisfy regular expression pattern: ${text}`;
const atMost = (length: number): string => `have length less than or equal to ${length}`;

type Verb = 'get' | 'delete' | 'invoke' | 'create';

suite('Function names and qualifiers', { concurrency: true }, () => {
  let lambdad: TestDaemon;
  let package_: string;
  before(async () => {
    package_ = (await zipOf(echo)).toString('base64');
    lambdad = await TestDaemon.start();
    await lambdad.function({ FunctionName: 'present', code: echo });
  });
  after(() => lambdad[Symbol.asyncDispose]());

  function ask(verb: Verb, name: string, qualifier?: string): Promise<ApiAnswer> {
    if (verb === 'create') {
      const code = { ZipFile: package_ };
      const body = { FunctionName: name, Runtime: 'nodejs24.x', Handler: 'index.handler', Role: role, Code: code };
      return apiRequest(lambdad.endpoint, { method: 'POST', path: '/2015-03-31/functions', body });
    }
    const query = qualifier === undefined ? '' : `?Qualifier=${encodeURIComponent(qualifier)}`;
    const path = `/2015-03-31/functions/${encodeURIComponent(name)}${verb === 'invoke' ? '/invocations' : ''}${query}`;
    const method = { get: 'GET', delete: 'DELETE', invoke: 'POST' }[verb];
    return apiRequest(lambdad.endpoint, { method, path, ...(verb === 'invoke' ? { body: '{}' } : {}) });
  }

  async function refused(answer: Promise<ApiAnswer>, status: number, code: string, message: string): Promise<void> {
    const { json, ...got } = await answer;
    assert.equal(got.errorType, code, got.text);
    assert.equal(got.status, status);
    const { message: small, Message: large, Type } = json as Record<string, string>;
    assert.equal(small ?? large, message);
    assert.equal(Type, code === 'ValidationException' ? undefined : 'User');
  }
  const validation = (answer: Promise<ApiAnswer>, message: string): Promise<void> =>
    refused(answer, 400, 'ValidationException', message);
  const invalid = (answer: Promise<ApiAnswer>, message: string): Promise<void> =>
    refused(answer, 400, 'InvalidParameterValueException', message);
  const notFound = (answer: Promise<ApiAnswer>, what: string): Promise<void> =>
    refused(answer, 404, 'ResourceNotFoundException', what);

  const malformed = {
    'a star': '*',
    'an exclamation mark': 'my-function!',
    'the ARN of a bucket': 'arn:aws:s3:::bucket',
    'a region of the wrong form': `arn:aws:lambda:invalid-region:${account}:function:my-function`,
    'no region': `arn:aws:lambda:${account}:function:my-function:extra:extra`,
    'no account': 'arn:aws:lambda:us-east-1::function:my-function',
    'two qualifiers': `${arnOf('my-function')}:$LATEST:extra`,
    'a misspelt $LATEST': `${arnOf('my-function')}:$LATES`,
  };
  for (const [what, name] of Object.entries(malformed)) {
    test(`${what} is a ValidationException on functionName everywhere`, async () => {
      for (const verb of ['get', 'delete', 'invoke'] as const) {
        await validation(ask(verb, name), one(at(name, 'functionName', pattern(namePattern))));
      }
      await validation(ask('create', name), one(at(name, 'functionName', pattern(newNamePattern))));
    });
  }

  test('a qualifier with an exclamation mark is a ValidationException on qualifier', async () => {
    for (const verb of ['get', 'delete', 'invoke'] as const) {
      await validation(ask(verb, 'present', 'invalid!'), one(at('invalid!', 'qualifier', pattern(qualifierPattern))));
    }
    const name = 'present:invalid!';
    await validation(ask('create', name), one(at(name, 'functionName', pattern(newNamePattern))));
  });

  test('a qualifier of 129 characters is too long', async () => {
    const long = 'a'.repeat(129);
    for (const verb of ['get', 'delete', 'invoke'] as const) {
      await validation(ask(verb, 'present', long), one(at(long, 'qualifier', atMost(128))));
    }
    const name = `fn-that-is-new:${long}`;
    await validation(ask('create', name), one(at(name, 'functionName', atMost(140))));
  });

  test('a name of 65 characters is not found, and cannot be created', async () => {
    const name = 'a'.repeat(65);
    await notFound(ask('get', name), `Function not found: ${arnOf(name)}`);
    await notFound(ask('delete', name), `Function not found: ${arnOf(name)}`);
    await notFound(ask('invoke', name), `Function not found: ${arnOf(name)}:$LATEST`);
    await invalid(ask('create', name), one(at(name, 'functionName', atMost(64))));
  });

  test('a name of 64 characters is the longest that can be created', async () => {
    assert.equal((await ask('create', 'b'.repeat(64))).status, 201);
  });

  test('an ARN that is too long and has a bad region breaks one rule for reads and two for create', async () => {
    const name = `arn:aws:lambda:invalid-region:${account}:function:${'a'.repeat(100)}`;
    for (const verb of ['get', 'delete', 'invoke'] as const) {
      await validation(ask(verb, name), one(at(name, 'functionName', pattern(namePattern))));
    }
    const both = [at(name, 'functionName', atMost(140)), at(name, 'functionName', pattern(newNamePattern))];
    await validation(ask('create', name), `2 validation errors detected: ${both.join('; ')}`);
  });

  test('with a qualifier of 129 characters the same ARN breaks two rules, the qualifier first', async () => {
    const name = `arn:aws:lambda:invalid-region:${account}:function:${'a'.repeat(100)}`;
    const long = 'b'.repeat(129);
    const both = [at(long, 'qualifier', atMost(128)), at(name, 'functionName', pattern(namePattern))];
    for (const verb of ['get', 'delete', 'invoke'] as const) {
      await validation(ask(verb, name, long), `2 validation errors detected: ${both.join('; ')}`);
    }
  });

  test('an ARN that ends with function names a function called "function"', async () => {
    const name = `arn:aws:lambda:us-east-1:${account}:function`;
    await notFound(ask('get', name), `Function not found: ${arnOf('function')}`);
    await notFound(ask('invoke', name), `Function not found: ${arnOf('function')}:$LATEST`);
    const created = await ask('create', name);
    assert.equal(created.status, 201);
    assert.partialDeepStrictEqual(created.json, { FunctionName: 'function', FunctionArn: arnOf('function') });
  });

  test('two qualifiers that differ are refused', async () => {
    const text = 'The derived qualifier from the function name does not match the specified qualifier.';
    for (const verb of ['get', 'delete', 'invoke'] as const) {
      await invalid(ask(verb, `${arnOf('present')}:$LATEST`, '1'), text);
    }
  });

  test('two qualifiers that agree are one', async () => {
    assert.equal((await ask('get', `${arnOf('present')}:$LATEST`, '$LATEST')).status, 200);
  });

  test('$latest in small letters is a qualifier that does not exist', async () => {
    await notFound(ask('get', 'present', '$latest'), `Function not found: ${arnOf('present')}:$latest`);
    await notFound(ask('invoke', 'present', '$latest'), `Function not found: ${arnOf('present')}:$latest`);
    await notFound(ask('delete', 'present', '$latest'), `Function not found: ${arnOf('present')}`);
  });

  test('an alias cannot be deleted this way, nor can $LATEST', async () => {
    await invalid(ask('delete', 'present', 'live'), 'Deletion of aliases is not currently supported.');
    const text = '$LATEST version cannot be deleted without deleting the function.';
    await invalid(ask('delete', 'present', '$LATEST'), text);
  });

  test('a region other than the endpoint is not reachable', async () => {
    const name = `arn:aws:lambda:eu-west-1:${account}:function:present`;
    const text = "Functions from 'eu-west-1' are not reachable in this region ('us-east-1')";
    for (const verb of ['get', 'delete', 'invoke'] as const) await notFound(ask(verb, name), text);
  });

  test('another account is denied with an error that says nothing', async () => {
    const name = 'arn:aws:lambda:us-east-1:111122223333:function:present';
    const { status, errorType, json } = await ask('get', name);
    assert.deepEqual([status, errorType], [403, 'AccessDeniedException']);
    const { message, Message } = json as Record<string, unknown>;
    assert.equal(message ?? Message ?? null, null);
  });

  for (const form of ['present', `${account}:present`, `${account}:function:present`, 'function:present']) {
    test(`${form} names the function`, async () => {
      const got = await ask('get', form);
      assert.equal(got.status, 200, got.text);
      assert.partialDeepStrictEqual(got.json, { Configuration: { FunctionArn: arnOf('present') } });
      assert.equal((await ask('invoke', form)).status, 200);
    });
  }

  test('an ARN names the function, with and without a qualifier', async () => {
    assert.equal((await ask('invoke', arnOf('present'))).status, 200);
    const latest = await ask('get', `${arnOf('present')}:$LATEST`);
    assert.partialDeepStrictEqual(latest.json, { Configuration: { FunctionArn: `${arnOf('present')}:$LATEST` } });
    assert.equal((await ask('invoke', 'present:$LATEST')).status, 200);
  });
});
