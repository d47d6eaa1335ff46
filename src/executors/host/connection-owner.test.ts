import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { test } from 'node:test';
import { connectingEnd, holdsSocket } from './connection-owner.ts';

const skip = process.platform !== 'linux' && 'only Linux tells';

for (const host of ['127.0.0.1', '::ffff:127.0.0.1']) {
  test(`a connection to ${host} is one of the process that opened it`, { skip }, async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const client = connect(port, host);
    await once(client, 'connect');
    const end = connectingEnd({ localPort: port, remotePort: client.localPort ?? 0 });
    assert.ok(end.kind === 'socket');
    assert.ok(holdsSocket(process.pid, end.inode));
    assert.equal(holdsSocket(process.ppid, end.inode), false);
    assert.deepEqual(connectingEnd({ localPort: 1, remotePort: 1 }), { kind: 'gone' });
    client.destroy();
    server.close();
    await once(server, 'close');
  });
}
