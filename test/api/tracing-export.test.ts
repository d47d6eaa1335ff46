/** Traces at an OpenTelemetry collector, which may be slow or away. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Collector } from '../kit/collector.ts';
import { TestDaemon } from '../kit/test-daemon.ts';

const code = { 'index.js': 'exports.handler = async () => process.env._X_AMZN_TRACE_ID;' };

interface Exported {
  readonly resource: { readonly attributes: readonly { key: string; value: { stringValue: string } }[] };
  readonly scopeSpans: readonly { readonly spans: readonly Record<string, unknown>[] }[];
}

test('a collector gets the spans of an invocation, under the name of the function', async () => {
  await using collector = await Collector.open();
  const settings = { LAMBDAD_OTLP_ENDPOINT: `http://127.0.0.1:${collector.port}` };
  await using daemon = await TestDaemon.start({ settings });
  const fn = await daemon.function({ code, FunctionName: 'exported', TracingConfig: { Mode: 'Active' } });
  const { payload } = await fn.invoke();
  const [, root = ''] = /^Root=([^;]+)/.exec(String(payload)) ?? [];
  const exported = (): readonly Exported[] => collector.all('resourceSpans').flat() as Exported[];
  const spans = () => exported().flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans));
  await collector.until(() => spans().length >= 5);
  assert.deepEqual([...new Set(spans().map(({ traceId }) => traceId))], [root.slice(2).replace('-', '')]);
  assert.deepEqual(
    spans()
      .map(({ name }) => String(name))
      .toSorted((one, other) => one.localeCompare(other, 'en')),
    ['exported', 'exported', 'Initialization', 'Invocation', 'Overhead'],
  );
  const attributes = exported().flatMap(({ resource }) => resource.attributes);
  for (const [key, value] of [
    ['service.name', 'exported'],
    ['cloud.region', 'us-east-1'],
    ['faas.name', 'exported'],
  ]) {
    assert.ok(
      attributes.some((attribute) => attribute.key === key && attribute.value.stringValue === value),
      key,
    );
  }
});

test('what is recorded last is sent when the daemon ends', async () => {
  await using collector = await Collector.open();
  {
    await using daemon = await TestDaemon.start({
      settings: { OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${collector.port}` },
    });
    const fn = await daemon.function({ code, TracingConfig: { Mode: 'Active' } });
    await fn.invoke();
  }
  assert.ok(collector.documents.length > 0);
});

test('a collector that is away costs invocations nothing, and the daemon ends at once', async () => {
  const settings = { LAMBDAD_OTLP_ENDPOINT: 'http://127.0.0.1:1' };
  await using daemon = await TestDaemon.start({ settings });
  const fn = await daemon.function({ code, TracingConfig: { Mode: 'Active' } });
  assert.match(String((await fn.invoke()).payload), /Sampled=1/);
});
