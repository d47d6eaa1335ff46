/** What to do with the rest of a body that was refused. */
import type { IncomingMessage } from 'node:http';
import type { Clock } from '../kernel/clock.ts';
import { milliseconds } from '../kernel/quantity.ts';

/** Long enough for a client on this machine to finish sending and read the answer. */
const patience = milliseconds(2000);

/**
 * Reads on for a while so that the client gets to see the answer, then closes whatever still comes. The answer must not
 * say `Connection: close`: the connection would end with it, under the hands of a client that sends all before it reads.
 */
export function discardBody(request: IncomingMessage, clock: Clock): void {
  if (request.destroyed) return;
  const { headers } = request;
  if (headers['transfer-encoding'] === undefined && Number(headers['content-length'] ?? 0) === 0) return;
  request.removeAllListeners('data');
  request.resume();
  const timer = clock.timer(patience, () => request.destroy());
  request.once('close', () => timer[Symbol.dispose]());
}
