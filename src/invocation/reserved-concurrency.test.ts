import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sampleVersion } from '../../test/kit/sample-version.ts';
import type { ConcurrencyShare } from '../lambda/concurrency/concurrency-shares.ts';
import type { FunctionName } from '../lambda/function/function-version.ts';
import { Admission } from './admission.ts';

const versionOf = (name: string) => sampleVersion({ functionName: name as FunctionName });

function open(limit: number) {
  const shares = new Map<string, ConcurrencyShare>();
  const scopeShares = { setAside: 0, of: (name: string) => shares.get(name) };
  const admission = new Admission({ concurrentExecutions: limit }, { in: () => scopeShares });
  return {
    set(name: string, reserved: number | undefined, allocated = 0): void {
      shares.set(name, { reserved, provisioned: allocated, allocated });
      scopeShares.setAside = [...shares.values()].reduce(
        (sum, share) => sum + (share.reserved ?? share.provisioned),
        0,
      );
    },
    clear(name: string): void {
      shares.delete(name);
      scopeShares.setAside = 0;
    },
    enter(name: string): Disposable | string {
      const admitted = admission.enter(versionOf(name));
      return admitted.kind === 'admitted' ? admitted.slot : admitted.reason;
    },
  };
}

const reservedLimit = 'ReservedFunctionConcurrentInvocationLimitExceeded';
const accountLimit = 'ConcurrentInvocationLimitExceeded';

const leave = (slot: Disposable | string): void => {
  if (typeof slot === 'string') assert.fail(slot);
  slot[Symbol.dispose]();
};

test('a function with reserved concurrency runs as many as that and no more, all versions together', () => {
  const it = open(10);
  it.set('f', 2);
  const slots = [it.enter('f'), it.enter('f')];
  assert.equal(it.enter('f'), reservedLimit);
  for (const slot of slots) leave(slot);
  leave(it.enter('f'));
});

test('nothing reserved stops the function', () => {
  const it = open(10);
  it.set('f', 0);
  assert.equal(it.enter('f'), reservedLimit);
  leave(it.enter('g'));
});

test('what is reserved or provisioned is not there for the others', () => {
  const it = open(10);
  it.set('f', 6);
  it.set('g', undefined, 3);
  leave(it.enter('h'));
  const one = it.enter('h');
  assert.equal(it.enter('h'), accountLimit);
  assert.equal(it.enter('g'), accountLimit, 'beyond what it has provisioned it shares with all');
  leave(it.enter('f'));
  leave(one);
});

test('on demand a function has what it reserved without what it has provisioned', () => {
  const it = open(10);
  it.set('f', 3, 2);
  const slot = it.enter('f');
  assert.equal(it.enter('f'), reservedLimit);
  leave(slot);
});

test('invocations that run when concurrency is reserved count at once, and leave the counts as they found them', () => {
  const it = open(2);
  const slots = [it.enter('f'), it.enter('f')];
  it.set('f', 1);
  assert.equal(it.enter('f'), reservedLimit);
  for (const slot of slots) leave(slot);
  const reserved = it.enter('f');
  it.clear('f');
  leave(reserved);
  for (const slot of [it.enter('g'), it.enter('f')]) assert.ok(typeof slot !== 'string');
  assert.equal(it.enter('g'), accountLimit);
});
