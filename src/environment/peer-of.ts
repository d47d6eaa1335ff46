/** The two ends of a connection to the Runtime API, by which an executor tells whose it is. */
import type { Socket } from 'node:net';
import type { PeerConnection } from '../executors/executor.ts';

/** A connection that is gone already has no ends that anybody would know. */
export const peerOf = ({ localPort = 0, remoteAddress = '', remotePort = 0 }: Socket): PeerConnection => ({
  localPort,
  remoteAddress,
  remotePort,
});
