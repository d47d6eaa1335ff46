/** The places beside the API that existing tools ask: health, info, the list of runtimes. */
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { apiRequest } from '../kit/api-request.ts';
import { TestDaemon } from '../kit/test-daemon.ts';

suite('Internal endpoints', { concurrency: true }, () => {
  let lambdad: TestDaemon;
  before(async () => {
    lambdad = await TestDaemon.start();
  });
  after(() => lambdad[Symbol.asyncDispose]());

  const get = (path: string) => apiRequest(lambdad.endpoint, { path });
  async function runtimes(query = ''): Promise<readonly string[]> {
    const { status, json } = await get(`/_aws/lambda/runtimes${query}`);
    assert.equal(status, 200);
    assert.deepEqual(Object.keys(json as object), ['Runtimes']);
    return (json as { Runtimes: string[] }).Runtimes;
  }

  test('health names the services that are there', async () => {
    const { status, json } = await get('/_localstack/health');
    assert.equal(status, 200);
    const { services, version } = json as { services: Record<string, string>; version: string };
    assert.equal(services['lambda'], 'running');
    assert.match(version, /^\d+\.\d+\.\d+/);
    const head = await lambdad.fetch('/_localstack/health', { method: 'HEAD' });
    assert.deepEqual([head.status, await head.text()], [200, '']);
  });

  test('info says which version answers', async () => {
    const { status, json } = await get('/_localstack/info');
    assert.equal(status, 200);
    assert.partialDeepStrictEqual(json, { is_license_activated: false });
  });

  test('the list of runtimes holds what AWS supports', async () => {
    const supported = await runtimes();
    for (const id of ['nodejs24.x', 'python3.14', 'java25', 'provided.al2023']) assert.ok(supported.includes(id), id);
    for (const id of ['nodejs12.x', 'go1.x', 'provided']) assert.ok(!supported.includes(id), id);
    assert.deepEqual((await runtimes('?filter=supported')).toSorted(), supported.toSorted());
  });

  test('the withdrawn ones come with their own filter, and all of them with another', async () => {
    const deprecated = await runtimes('?filter=deprecated');
    assert.ok(deprecated.includes('nodejs12.x') && !deprecated.includes('nodejs24.x'));
    const all = [...(await runtimes()), ...deprecated].toSorted();
    assert.deepEqual((await runtimes('?filter=all')).toSorted(), all);
    assert.deepEqual((await runtimes('?filter=deprecated&filter=supported')).toSorted(), all);
  });

  test('a place that is none of them is a 404', async () => {
    assert.equal((await get('/_localstack/nothing')).status, 404);
  });
});
