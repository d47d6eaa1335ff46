/** Opens a TCP connection. */
import { connect, type Socket } from 'node:net';

/** Rejects when nobody listens there. */
export function connectTo(host: string, port: number): Promise<Socket> {
  const socket = connect({ host, port, noDelay: true });
  return new Promise((resolve, reject) => {
    socket.on('error', reject); // Stays: a later error is for whoever reads or writes.
    socket.once('connect', () => resolve(socket));
  });
}
