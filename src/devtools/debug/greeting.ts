/** Tells by its first bytes what a client of a debugger's port wants: to debug, to look around, or nothing known. */
import type { DebugProtocol } from '../../executors/debugger-launch.ts';

export type Greeting =
  /** More has to come before it can be told. */
  | { readonly kind: 'unfinished' }
  /** From here on a debugger is attached. */
  | { readonly kind: 'debugger' }
  /** Asks which sessions there are, as debuggers do before they attach. */
  | { readonly kind: 'question' }
  | { readonly kind: 'unknown' };

/** No debugger says more than this before it waits for an answer. */
const longest = 16_384;

export function greetingOf(protocol: DebugProtocol, bytes: Buffer): Greeting {
  const greeting = readers[protocol](bytes);
  return greeting.kind === 'unfinished' && bytes.length > longest ? { kind: 'unknown' } : greeting;
}

const readers: Readonly<Record<DebugProtocol, (bytes: Buffer) => Greeting>> = {
  inspector: readHttp,
  debugpy: (bytes) => readPrefix(bytes, 'content-length:'),
  jdwp: (bytes) => readPrefix(bytes, 'jdwp-handshake'),
};

/** A session of the inspector is a WebSocket, which begins as a request to change the protocol. */
function readHttp(bytes: Buffer): Greeting {
  const text = bytes.toString('latin1');
  const begun = readPrefix(bytes, 'get /');
  if (begun.kind !== 'debugger') return begun;
  if (!/^GET \/\S* HTTP\/1\.1\r\n/.test(text) && text.includes('\n')) return { kind: 'unknown' };
  if (!text.includes('\r\n\r\n')) return { kind: 'unfinished' };
  return /\r\nupgrade: *websocket *\r\n/i.test(text) ? { kind: 'debugger' } : { kind: 'question' };
}

function readPrefix(bytes: Buffer, prefix: string): Greeting {
  const begin = bytes.toString('latin1', 0, prefix.length).toLowerCase();
  if (!prefix.startsWith(begin)) return { kind: 'unknown' };
  return begin.length < prefix.length ? { kind: 'unfinished' } : { kind: 'debugger' };
}
