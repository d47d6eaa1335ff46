/** Does a daemon answer at the endpoint, and if not, can one listen there? */
import { createServer } from 'node:net';
import { formatHostAndPort, type ListenAddress } from '../../daemon/config/listen-address.ts';
import { readDaemon } from '../daemon-client.ts';
import type { Check, Finding } from './check.ts';

export const gatewayCheck: Check = async ({ config, endpoint, platform }) => {
  const answer = await readDaemon(endpoint, '/_lambdad/status').catch(() => undefined);
  if (typeof answer === 'object' && answer !== null && 'version' in answer) {
    return [
      { name: 'gateway', status: 'ok', detail: `lambdad ${String(answer.version)} answers at ${endpoint.origin}` },
    ];
  }
  return Promise.all(config.listen.map((address) => freeAddress(address, platform)));
};

async function freeAddress(address: ListenAddress, platform: NodeJS.Platform): Promise<Finding> {
  const name = 'gateway';
  const shown = formatHostAndPort(address);
  const failure = await tryToListen(address);
  switch (failure) {
    case undefined:
      return { name, status: 'ok', detail: `no daemon runs, and ${shown} is free for one` };
    case 'EADDRINUSE':
      return {
        name,
        status: 'fail',
        detail: `${shown} is taken by another program; find it with the command, or set GATEWAY_LISTEN`,
        fix: platform === 'linux' ? `ss -ltnp 'sport = :${address.port}'` : `lsof -iTCP:${address.port} -sTCP:LISTEN`,
      };
    default:
      return { name, status: 'fail', detail: `${shown} cannot be listened on (${failure}); set GATEWAY_LISTEN` };
  }
}

/** The error's code, or `undefined` when it worked. */
function tryToListen({ host, port }: ListenAddress): Promise<string | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    server.listen({ host, port, exclusive: true }, () => server.close(() => resolve(undefined)));
  });
}
