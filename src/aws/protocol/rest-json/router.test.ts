import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { lambda } from '../../generated/lambda.ts';
import { compileRouter, parseTemplate } from './router.ts';

const router = compileRouter(
  Object.entries(lambda.operations).map(([name, { method, uri }]) => parseTemplate(name, method, uri)),
);

/** The operation and its labels by name. */
function route(method: string, path: string, rawQuery = '') {
  const found = router.match(method, path, rawQuery);
  return found && [found.route.operation, ...found.labelValues];
}

suite('the router of Lambda', () => {
  for (const [operation, { method, uri }] of Object.entries(lambda.operations)) {
    test(`finds ${operation}`, () => {
      const [path = '', query] = uri.split('?');
      assert.equal(route(method, path.replaceAll(/\{\w+\}/g, 'x'), query)?.[0], operation);
    });
  }

  test('tells one resource from the list of them, with a trailing slash or without', () => {
    assert.deepEqual(route('GET', '/2015-03-31/functions'), ['ListFunctions']);
    assert.deepEqual(route('GET', '/2015-03-31/functions/'), ['ListFunctions']);
    assert.deepEqual(route('GET', '/2015-03-31/functions/f'), ['GetFunction', 'f']);
    assert.deepEqual(route('GET', '/2015-03-31/functions/f/'), ['GetFunction', 'f']);
    assert.deepEqual(route('GET', '/2015-03-31/functions/f/aliases/live'), ['GetAlias', 'f', 'live']);
    assert.deepEqual(route('GET', '/2015-03-31/functions/f/aliases'), ['ListAliases', 'f']);
  });

  test('goes by the query where the template holds one', () => {
    const concurrency = '/2019-09-30/functions/f/provisioned-concurrency';
    assert.equal(route('GET', '/2018-10-31/layers', 'find=LayerVersion&Arn=a')?.[0], 'GetLayerVersionByArn');
    assert.equal(route('GET', '/2018-10-31/layers', 'MaxItems=1')?.[0], 'ListLayers');
    assert.equal(route('GET', concurrency, 'List=ALL')?.[0], 'ListProvisionedConcurrencyConfigs');
    assert.equal(route('GET', concurrency, 'Qualifier=1')?.[0], 'GetProvisionedConcurrencyConfig');
    assert.equal(route('PUT', concurrency, 'Qualifier=1')?.[0], 'PutProvisionedConcurrencyConfig');
  });

  test('hands labels on as they were sent', () => {
    const arn = 'arn:aws:lambda:us-east-1:123456789012:function:f';
    assert.deepEqual(route('GET', `/2015-03-31/functions/${arn}`), ['GetFunction', arn]);
    assert.deepEqual(route('GET', '/2017-03-31/tags/arn%3Aaws%2Fx'), ['ListTags', 'arn%3Aaws%2Fx']);
    assert.deepEqual(route('GET', '/2015-03-31/functions//configuration'), ['GetFunctionConfiguration', '']);
  });

  test('knows nothing of other methods and paths', () => {
    for (const path of [
      '',
      '/',
      '*',
      '/2015-03-31',
      '/2015-03-31/functions/f/nothing',
      '/2015-03-31/functions/f/aliases/a/b',
    ]) {
      assert.equal(route('GET', path), undefined, path);
    }
    assert.equal(route('PATCH', '/2015-03-31/functions/f'), undefined);
  });

  test('survives any path', () => {
    const path = fc.oneof(
      fc.string(),
      fc.string().map((text) => `/2015-03-31/functions/${text}`),
    );
    fc.assert(
      fc.property(fc.constantFrom('GET', 'POST', 'x'), path, fc.string(), (...request) => void route(...request)),
    );
  });
});

test('a literal segment wins over a label, and a label is tried where the literal leads nowhere', () => {
  const other = compileRouter([
    parseTemplate('literal', 'GET', '/a/list'),
    parseTemplate('label', 'GET', '/a/{Name}'),
    parseTemplate('below', 'GET', '/a/{Name}/x'),
  ]);
  assert.equal(other.match('GET', '/a/list', '')?.route.operation, 'literal');
  assert.equal(other.match('GET', '/a/other', '')?.route.operation, 'label');
  assert.deepEqual(other.match('GET', '/a/list/x', '')?.labelValues, ['list']);
});
