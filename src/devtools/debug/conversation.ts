/** One client of a debugger's port: what it wants, and its conversation with the function's process. */
import { connect, type Socket } from 'node:net';
import type { DebugProtocol } from '../../executors/debugger-launch.ts';
import { greetingOf } from './greeting.ts';

/** What a client said first, and whether it is a debugger that attaches. */
export interface Opening {
  readonly kind: 'debugger' | 'question';
  readonly bytes: Buffer;
}

/** A connection to the function's process that has answered the opening; it is paused. */
export interface Reply {
  readonly socket: Socket;
  readonly bytes: Buffer;
}

/** Nothing when it says what no debugger says, or leaves. The client is paused after it. */
export function readOpening(client: Socket, protocol: DebugProtocol): Promise<Opening | undefined> {
  return new Promise((resolve) => {
    let bytes: Buffer = Buffer.alloc(0);
    const take = (chunk: Buffer): void => {
      bytes = Buffer.concat([bytes, chunk]);
      const { kind } = greetingOf(protocol, bytes);
      if (kind === 'unfinished') return;
      client.off('data', take);
      client.pause();
      resolve(kind === 'unknown' ? undefined : { kind, bytes });
    };
    client.on('data', take);
    client.once('close', () => resolve(undefined));
  });
}

/**
 * Passes the opening on. A process that listens answers whatever it hears; a port that only stands for one, as engines
 * have them, takes a connection and closes it.
 * @returns nothing when there is no answer
 */
export function put(
  { bytes }: Opening,
  { host, port }: { readonly host: string; readonly port: number },
  client: Socket,
): Promise<Reply | undefined> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, noDelay: true });
    const leave = (): void => void socket.destroy();
    client.once('close', leave);
    socket.on('error', () => {}); // the end of it is what counts
    socket.once('close', () => {
      client.off('close', leave);
      resolve(undefined);
    });
    socket.once('data', (answer) => {
      socket.pause();
      client.off('close', leave);
      resolve({ socket, bytes: answer });
    });
    socket.write(bytes);
  });
}

/** From here on each hears the other, and ends with the other. */
export function join(client: Socket, { socket, bytes }: Reply): void {
  client.once('close', () => {
    // It hears the end, not a reset: debugpy's adapter would hold on to a debugger that was cut off.
    socket.end();
    socket.resume();
  });
  socket.once('close', () => client.destroySoon());
  client.write(bytes);
  client.pipe(socket);
  socket.pipe(client);
}

/** Whether the process has taken the debugger, and does not only say why it does not. */
export function isAttached(protocol: DebugProtocol, { kind }: Opening, { bytes }: Reply): boolean {
  if (kind === 'question') return false;
  return protocol !== 'inspector' || bytes.toString('latin1', 0, 12) === 'HTTP/1.1 101';
}
