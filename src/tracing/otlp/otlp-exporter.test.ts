import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventually } from '../../../test/kit/eventually.ts';
import { silentLogger } from '../../kernel/logger.ts';
import { milliseconds } from '../../kernel/quantity.ts';
import { systemRandom } from '../../kernel/random.ts';
import { VirtualClock } from '../../kernel/virtual-clock.ts';
import type { SegmentDocument } from '../segment-document.ts';
import type { PostOutcome } from './collector.ts';
import { OtlpExporter } from './otlp-exporter.ts';

interface Body {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: readonly { key: string; value: object }[] };
    readonly scopeSpans: readonly { readonly spans: readonly { readonly spanId: string; readonly name: string }[] }[];
  }[];
}

/** A collector that answers as it is told, in order; then it accepts. */
class FakeCollector implements Disposable {
  readonly bodies: Body[] = [];
  readonly answers: (PostOutcome | 'silence')[] = [];
  closed = false;

  post(body: string): Promise<PostOutcome> {
    this.bodies.push(JSON.parse(body) as Body);
    const answer = this.answers.shift() ?? { kind: 'accepted' };
    return answer === 'silence' ? new Promise(() => {}) : Promise.resolve(answer);
  }

  /** Name of the service and names of its spans, for each post. */
  get posts(): readonly (readonly string[])[] {
    return this.bodies.map(({ resourceSpans }) =>
      resourceSpans.flatMap(({ resource, scopeSpans }) => [
        JSON.stringify(resource.attributes[0]?.value),
        ...scopeSpans.flatMap(({ spans }) => spans.map(({ name }) => name)),
      ]),
    );
  }

  [Symbol.dispose](): void {
    this.closed = true;
  }
}

function exporterTo(collector: FakeCollector) {
  const clock = new VirtualClock();
  const warnings: string[] = [];
  const exporter = new OtlpExporter({
    collector,
    clock,
    random: { ...systemRandom, fraction: () => 1 },
    logger: { ...silentLogger, warn: (message) => void warnings.push(message) },
  });
  const pass = (time: number): void => clock.advance(milliseconds(time));
  return { exporter, clock, warnings, pass };
}

let ids = 0;
const segment = (name: string, more: Partial<SegmentDocument> = {}): SegmentDocument => {
  ids += 1;
  const id = ids.toString(16).padStart(16, '0');
  return { id, name, trace_id: '1-5759e988-bd862e3fe1be46a994272793', start_time: 1, end_time: 2, ...more };
};
const service = (name: string): string => JSON.stringify({ stringValue: name });

test('what was recorded within a second goes in one request, by function', async () => {
  const collector = new FakeCollector();
  const { exporter, pass, clock } = exporterTo(collector);
  const invocation = segment('Invocation');
  exporter.take(segment('query', { type: 'subsegment', parent_id: invocation.id }));
  exporter.take(segment('greeter', { origin: 'AWS::Lambda::Function', subsegments: [invocation] }));
  assert.deepEqual(collector.posts, []);
  pass(1000);
  await eventually(() => collector.posts.length === 1, 'one request');
  assert.deepEqual(collector.posts[0], [service('greeter'), 'query', 'greeter', 'Invocation']);
  await exporter[Symbol.asyncDispose]();
  assert.deepEqual([clock.waiting, collector.closed], [0, true]);
});

test('a collector that is away is tried again, more and more slowly, and the invocations go on', async () => {
  const collector = new FakeCollector();
  const { exporter, pass, warnings } = exporterTo(collector);
  const later = { kind: 'later', after: undefined, reason: 'connect ECONNREFUSED' } as const;
  collector.answers.push(later, later, { ...later, after: milliseconds(7000) });
  exporter.take(segment('one'));
  for (const [wait, posts] of [
    [1000, 1],
    [1000, 2],
    [2000, 3],
    [7000, 4],
  ] as const) {
    pass(wait - 1);
    await eventually(() => collector.posts.length === posts - 1, `not before the wait before request ${posts} is over`);
    pass(1);
    await eventually(() => collector.posts.length === posts, `request ${posts}`);
    exporter.take(segment(`meanwhile ${posts}`));
    await new Promise(setImmediate);
  }
  await exporter[Symbol.asyncDispose]();
  assert.equal(
    collector.posts
      .slice(4)
      .flat()
      .filter((name) => name.startsWith('meanwhile')).length,
    4,
  );
  assert.deepEqual(warnings, ['The OpenTelemetry collector is tried again: connect ECONNREFUSED.']);
  assert.equal(exporter.lost, 0);
});

test('the queue is bounded: what has no room is counted, and told once', async () => {
  const collector = new FakeCollector();
  collector.answers.push('silence', 'silence');
  const { exporter, pass, warnings } = exporterTo(collector);
  for (let n = 0; n < 5000; n += 1) exporter.take(segment('span'));
  assert.equal(exporter.lost, 5000 - 4096);
  pass(1000);
  await eventually(() => collector.posts.length === 1, 'the first batch goes');
  for (let n = 0; n < 1000; n += 1) exporter.take(segment('span'));
  assert.equal(exporter.lost, 6000 - 4096 - 512);
  assert.equal(warnings.length, 1);
  assert.match(warnings[0] ?? '', /the queue is full/);
  const ended = exporter[Symbol.asyncDispose]();
  pass(10_000);
  await eventually(() => collector.posts.length === 2, 'the end tries once more');
  pass(1000);
  await ended;
  assert.equal(exporter.lost, 6000);
  assert.equal(warnings.at(-1), '6000 spans did not reach the OpenTelemetry collector.');
});

test('what the collector refuses is not sent again', async () => {
  const collector = new FakeCollector();
  collector.answers.push({ kind: 'refused', reason: 'it answered 400' });
  const { exporter, pass, warnings } = exporterTo(collector);
  exporter.take(segment('bad'));
  pass(1000);
  await eventually(() => exporter.lost === 1, 'it is counted');
  exporter.take(segment('good'));
  pass(1000);
  await eventually(() => collector.posts.length === 2, 'the next goes');
  await exporter[Symbol.asyncDispose]();
  assert.match(warnings[0] ?? '', /does not get all spans: it answered 400/);
});

test('segments that have not ended are not sent, and keep no timer', async () => {
  const collector = new FakeCollector();
  const { exporter, clock } = exporterTo(collector);
  const { end_time: _end, ...begun } = segment('begun');
  exporter.take(begun);
  assert.equal(clock.waiting, 0);
  await exporter[Symbol.asyncDispose]();
  assert.deepEqual(collector.posts, []);
});
