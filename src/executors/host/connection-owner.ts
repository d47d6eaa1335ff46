/** Which process is at the other end of a connection on this machine, as Linux tells through /proc. */
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

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

/** 127.0.0.1 in the kernel's tables: of IPv4's sockets, and of IPv6's that speak IPv4, which is what Java opens. */
const tables = [
  { file: '/proc/net/tcp', loopback: '0100007F' },
  { file: '/proc/net/tcp6', loopback: '0000000000000000FFFF00000100007F' },
] as const;

/** Costs a fraction of a millisecond, more when the machine holds very many connections. */
export function connectingEnd(connection: LoopbackConnection): ConnectionEnd {
  let end: ConnectionEnd = { kind: 'unknown' };
  for (const { file, loopback } of tables) {
    let table: string;
    try {
      table = readFileSync(file, 'latin1');
    } catch {
      continue; // No /proc, or no IPv6.
    }
    end = endIn(table, loopback, connection);
    if (end.kind === 'socket') return end;
  }
  return end;
}

function endIn(table: string, loopback: string, { localPort, remotePort }: LoopbackConnection): ConnectionEnd {
  // The connecting side's own address stands first in its line.
  const ends = `:${hexadecimal(remotePort)} ${loopback}:${hexadecimal(localPort)} `;
  const at = table.indexOf(ends);
  if (at < 0) return { kind: 'gone' };
  const line = table.slice(table.lastIndexOf('\n', at) + 1, table.indexOf('\n', at)).trim();
  const inode = line.split(/\s+/)[inodeColumn];
  return inode === undefined ? { kind: 'gone' } : { kind: 'socket', inode };
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
