import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { controlGroupLayout } from './control-group-layout.ts';

const v1Mounts = [
  '31 23 0:27 / /sys/fs/cgroup/memory rw,nosuid shared:9 - cgroup cgroup rw,memory',
  '32 23 0:28 / /sys/fs/cgroup/pids rw,nosuid shared:10 - cgroup cgroup rw,pids',
  '33 23 0:29 / /sys/fs/cgroup/unified rw,nosuid - cgroup2 cgroup2 rw',
].join('\n');

test('version 1 has a folder per controller, and version 2 beside it', () => {
  assert.deepEqual(controlGroupLayout('9:memory:/a/b\n8:pids:/\n0::/c', v1Mounts), {
    memory: '/sys/fs/cgroup/memory/a/b',
    pids: '/sys/fs/cgroup/pids',
    unified: { own: '/sys/fs/cgroup/unified/c', mount: '/sys/fs/cgroup/unified' },
  });
});

test('version 2 alone has one folder', () => {
  const mounts = '30 23 0:26 / /sys/fs/cgroup rw,nosuid - cgroup2 cgroup2 rw,nsdelegate';
  assert.deepEqual(controlGroupLayout('0::/user.slice/user-1000.slice/session-3.scope\n', mounts), {
    memory: undefined,
    pids: undefined,
    unified: { own: '/sys/fs/cgroup/user.slice/user-1000.slice/session-3.scope', mount: '/sys/fs/cgroup' },
  });
});

test('a container that sees a part of the hierarchy finds itself in it', () => {
  const mounts = '40 23 0:27 /docker/123 /sys/fs/cgroup/memory ro - cgroup cgroup rw,memory';
  assert.equal(controlGroupLayout('9:memory:/docker/123/own', mounts).memory, '/sys/fs/cgroup/memory/own');
  assert.equal(controlGroupLayout('9:memory:/elsewhere', mounts).memory, undefined);
});

test('controllers that share a hierarchy and paths with odd characters are read as they are', () => {
  const mounts = '31 23 0:27 / /mnt/with\\040space rw - cgroup cgroup rw,cpu,memory';
  assert.equal(controlGroupLayout('4:cpu,memory:/a:b', mounts).memory, '/mnt/with space/a:b');
});

test('whatever the system tells, there is an answer', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (membership, mounts) => {
      const layout = controlGroupLayout(membership, mounts);
      assert.equal(typeof layout, 'object');
    }),
  );
});
