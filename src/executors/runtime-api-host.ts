/** Where the processes of an executor reach the daemon. */

export interface RuntimeApiHost {
  /** The address that the daemon binds. */
  readonly listen: string;
  /** The host under which a process finds it there. */
  readonly advertise: string;
}

export const loopback: RuntimeApiHost = { listen: '127.0.0.1', advertise: '127.0.0.1' };
