/** Binds a test's server to a free port. */
import { once } from 'node:events';
import type { Server } from 'node:net';

/** Resolves with `host:port`. */
export async function listenOnLoopback(server: Server): Promise<string> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server listens on no port');
  return `127.0.0.1:${address.port}`;
}
