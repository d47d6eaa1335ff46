import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeAddress, type EngineAccess, engineAddresses } from './engine-address.ts';

const nothing: EngineAccess = {
  host: undefined,
  certificates: undefined,
  tlsVerify: false,
  homeDirectory: undefined,
  runtimeDirectory: undefined,
};
const described = (access: Partial<EngineAccess>): readonly string[] =>
  engineAddresses({ ...nothing, ...access }).map(describeAddress);

test('DOCKER_HOST alone counts when it is set', () => {
  assert.deepEqual(described({ host: 'unix:///a/b.sock' }), ['unix:///a/b.sock']);
  assert.deepEqual(described({ host: 'tcp://engine:1234' }), ['tcp://engine:1234']);
  assert.deepEqual(described({ host: 'tcp://engine' }), ['tcp://engine:2375']);
  assert.deepEqual(described({ host: 'http://[::1]:99/' }), ['tcp://::1:99']);
  assert.throws(() => described({ host: 'ssh://engine' }), /DOCKER_HOST is "ssh:\/\/engine"; allowed: unix:/);
});

test('without it the usual sockets are tried', () => {
  assert.deepEqual(described({ homeDirectory: '/home/u', runtimeDirectory: '/run/user/1' }), [
    'unix:///var/run/docker.sock',
    'unix:///run/user/1/docker.sock',
    'unix:///home/u/.docker/run/docker.sock',
    'unix:///home/u/.colima/docker.sock',
    'unix:///run/user/1/podman/podman.sock',
    'unix:///run/podman/podman.sock',
  ]);
});

test('TLS needs its certificates', () => {
  assert.throws(() => described({ host: 'tcp://engine', tlsVerify: true, certificates: '/nowhere' }), /ca\.pem/);
});
