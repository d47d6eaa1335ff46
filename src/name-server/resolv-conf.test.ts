import assert from 'node:assert/strict';
import { test } from 'node:test';
import { machineResolvers, nameserversOf } from './resolv-conf.ts';

test('the first three name servers count, comments and nonsense do not', () => {
  const text =
    '# made by hand\nsearch lan\nnameserver 127.0.0.53\n;nameserver 1.1.1.1\nnameserver nonsense\nnameserver\tfe80::1%eth0\n nameserver 9.9.9.9\nnameserver 10.0.0.2 # the router\nnameserver 10.0.0.3\n';
  assert.deepEqual(
    nameserversOf(text).map(({ host }) => host),
    ['127.0.0.53', 'fe80::1%eth0', '10.0.0.2'],
  );
});

test('a machine without the file has none', async () => {
  assert.deepEqual(await machineResolvers('/nowhere/resolv.conf'), []);
});
