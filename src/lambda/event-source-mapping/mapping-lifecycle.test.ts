import assert from 'node:assert/strict';
import test from 'node:test';
import { fails, openTestControlPlane } from '../control-plane.fixture.ts';
import { settle } from '../pretended-data-plane.fixture.ts';
import type { EventSourcePolling, PollingStart } from './event-source-polling.ts';

const queue = 'arn:aws:sqs:us-east-1:000000000000:q';
const unavailable = 'lambdad does not poll event sources yet, so this mapping stays disabled.';

/** Pollers that start and stop when the test says so, at once unless held. */
class PretendedPolling implements EventSourcePolling {
  held = false;
  outcome: PollingStart = { kind: 'polling' };
  readonly polled = new Set<string>();
  readonly #waiting: (() => void)[] = [];

  async start({ uuid }: { readonly uuid: string }): Promise<PollingStart> {
    await this.#turn();
    if (this.outcome.kind === 'polling') this.polled.add(uuid);
    return this.outcome;
  }

  async stop({ uuid }: { readonly uuid: string }): Promise<void> {
    await this.#turn();
    this.polled.delete(uuid);
  }

  async release(): Promise<void> {
    this.held = false;
    for (const go of this.#waiting.splice(0)) go();
    await settle();
  }

  #turn(): Promise<void> {
    return this.held ? new Promise((resolve) => this.#waiting.push(resolve)) : Promise.resolve();
  }
}

async function open(polling?: EventSourcePolling) {
  const it = openTestControlPlane(polling ? { polling } : {});
  await it.create('f');
  const create = async (more = {}): Promise<string> => {
    const input = { FunctionName: 'f', EventSourceArn: queue, ...more };
    return (await it.operations.CreateEventSourceMapping(input)).UUID ?? '';
  };
  const state = async (UUID: string) => {
    const { State, StateTransitionReason } = await it.operations.GetEventSourceMapping({ UUID });
    return [State, StateTransitionReason];
  };
  return { ...it, create, state };
}

test('without pollers a mapping ends disabled and says why, also when it is to be enabled later', async () => {
  await using it = await open();
  const UUID = await it.create();
  await settle();
  assert.deepEqual(await it.state(UUID), ['Disabled', unavailable]);
  const { State, StateTransitionReason } = await it.operations.UpdateEventSourceMapping({ UUID, Enabled: true });
  assert.deepEqual([State, StateTransitionReason], ['Enabling', 'USER_INITIATED']);
  await settle();
  assert.deepEqual(await it.state(UUID), ['Disabled', unavailable]);
});

test('a mapping that is not wanted is disabled by its user', async () => {
  await using it = await open();
  const UUID = await it.create({ Enabled: false });
  await settle();
  assert.deepEqual(await it.state(UUID), ['Disabled', 'USER_INITIATED']);
});

test('with pollers a mapping goes through all its states', async () => {
  const polling = new PretendedPolling();
  await using it = await open(polling);
  polling.held = true;
  const UUID = await it.create();
  const passes = async (between: string, end: string, polled: boolean) => {
    assert.equal((await it.state(UUID))[0], between);
    await polling.release();
    assert.equal((await it.state(UUID))[0], end);
    assert.equal(polling.polled.has(UUID), polled);
    polling.held = true;
  };
  await passes('Creating', 'Enabled', true);
  await it.operations.UpdateEventSourceMapping({ UUID, BatchSize: 1 });
  await passes('Updating', 'Enabled', true);
  await it.operations.UpdateEventSourceMapping({ UUID, Enabled: false });
  await passes('Disabling', 'Disabled', false);
  await it.operations.UpdateEventSourceMapping({ UUID, BatchSize: 2 });
  await passes('Updating', 'Disabled', false);
  await it.operations.UpdateEventSourceMapping({ UUID, Enabled: true });
  await passes('Enabling', 'Enabled', true);
  await it.operations.DeleteEventSourceMapping({ UUID });
  assert.equal((await it.state(UUID))[0], 'Deleting');
  await polling.release();
  assert.equal(polling.polled.has(UUID), false);
  await assert.rejects(
    it.state(UUID),
    fails('ResourceNotFoundException', 'The resource you requested does not exist.'),
  );
});

test('while a change is under way another one is refused, but tags are not', async () => {
  const polling = new PretendedPolling();
  await using it = await open(polling);
  polling.held = true;
  const UUID = await it.create();
  const inUse = (verb: string) =>
    fails('ResourceInUseException', `Cannot ${verb} the event source mapping because it is in use.`);
  await assert.rejects(it.operations.UpdateEventSourceMapping({ UUID, BatchSize: 1 }), inUse('update'));
  await assert.rejects(it.operations.DeleteEventSourceMapping({ UUID }), inUse('delete'));
  const Resource = `arn:aws:lambda:us-east-1:000000000000:event-source-mapping:${UUID}`;
  await it.operations.TagResource({ Resource, Tags: { a: 'b' } });
  await polling.release();
  assert.deepEqual((await it.operations.ListTags({ Resource })).Tags, { a: 'b' });
  assert.equal((await it.state(UUID))[0], 'Enabled');
});

test('pollers that fail leave the mapping disabled with their reason, and do not keep it from being deleted', async () => {
  await using it = await open({
    start: () => Promise.reject(new Error('no way there')),
    stop: () => Promise.reject(new Error('no way back')),
  });
  const UUID = await it.create();
  await settle();
  assert.deepEqual(await it.state(UUID), ['Disabled', 'no way there']);
  await it.operations.DeleteEventSourceMapping({ UUID });
  await settle();
  assert.deepEqual((await it.operations.ListEventSourceMappings({})).EventSourceMappings, []);
  assert.equal(it.warnings.length, 2);
});
