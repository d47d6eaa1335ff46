/** Which process is at the other end of a connection on this machine, as Linux tells through /proc. */
import { closeSync, openSync, readdirSync, readlinkSync, readSync } from 'node:fs';

/** The ends of a TCP connection over loopback, as the accepting side has them. */
export interface LoopbackConnection {
  readonly localPort: number;
  readonly remotePort: number;
}

export type ConnectionEnd =
  /** The socket of the connecting side, by the number that its owner's file descriptors show. */
  | { readonly kind: 'socket'; readonly inode: string }
  | { readonly kind: 'gone' }
  /** There is no /proc here. */
  | { readonly kind: 'unknown' };

/** Column of a line of /proc/net/tcp. */
const inodeColumn = 9;
const pageSize = 64 * 1024;

/** 127.0.0.1 in the kernel's tables: of IPv4's sockets, and of IPv6's that speak IPv4, which is what Java opens. */
const tables = [
  { file: '/proc/net/tcp', loopback: '0100007F' },
  { file: '/proc/net/tcp6', loopback: '0000000000000000FFFF00000100007F' },
] as const;

/** Costs a millisecond at most, as long as the machine does not hold very many connections. */
export function connectingEnd({ localPort, remotePort }: LoopbackConnection): ConnectionEnd {
  let end: ConnectionEnd = { kind: 'unknown' };
  for (const { file, loopback } of tables) {
    try {
      // The connecting side's own address stands first in its line.
      const line = lineWith(file, `:${hexadecimal(remotePort)} ${loopback}:${hexadecimal(localPort)} `);
      const inode = line?.trim().split(/\s+/)[inodeColumn];
      if (inode !== undefined) return { kind: 'socket', inode };
      end = { kind: 'gone' };
    } catch {
      // No /proc, or no IPv6.
    }
  }
  return end;
}

/** The kernel makes a page of the table at each read, and goes through all its buckets for the last: so it stops early. */
function lineWith(file: string, part: string): string | undefined {
  const descriptor = openSync(file, 'r');
  try {
    const page = Buffer.allocUnsafe(pageSize);
    let text = '';
    for (;;) {
      const length = readSync(descriptor, page, 0, pageSize, null);
      if (length === 0) return undefined;
      text += page.toString('latin1', 0, length);
      const at = text.indexOf(part);
      const end = at < 0 ? -1 : text.indexOf('\n', at);
      if (end >= 0) return text.slice(text.lastIndexOf('\n', at) + 1, end);
      if (at < 0) text = text.slice(text.lastIndexOf('\n') + 1);
    }
  } finally {
    closeSync(descriptor);
  }
}

/** Whether one of the process's open files is that socket. */
export function holdsSocket(processId: number, inode: string): boolean {
  const folder = `/proc/${processId}/fd`;
  const socket = `socket:[${inode}]`;
  try {
    return readdirSync(folder).some((name) => linkOf(`${folder}/${name}`) === socket);
  } catch {
    return false; // Gone, or somebody else's.
  }
}

/** Names the namespace of process ids that a process is in; no two sandboxes share one. */
export const processNamespace = (processId: number): string | undefined => linkOf(`/proc/${processId}/ns/pid`);

function linkOf(path: string): string | undefined {
  try {
    return readlinkSync(path);
  } catch {
    return undefined;
  }
}

const hexadecimal = (port: number): string => port.toString(16).toUpperCase().padStart(4, '0');
