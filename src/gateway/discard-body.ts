/** What to do with the rest of a body that was refused. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock } from '../kernel/clock.ts';
import { milliseconds } from '../kernel/quantity.ts';

/** Long enough for a client on this machine to finish sending and read the answer. */
const patience = milliseconds(2000);

/**
 * Reads on for a while so that the client gets to see the answer (closing at once would reset the connection under its
 * hands), then closes whatever still comes.
 */
export function discardBody(request: IncomingMessage, response: ServerResponse, clock: Clock): void {
  if (request.destroyed) return;
  const { headers } = request;
  if (headers['transfer-encoding'] === undefined && Number(headers['content-length'] ?? 0) === 0) return;
  response.setHeader('Connection', 'close');
  request.removeAllListeners('data');
  request.resume();
  const timer = clock.timer(patience, () => request.destroy());
  request.once('close', () => timer[Symbol.dispose]());
}
