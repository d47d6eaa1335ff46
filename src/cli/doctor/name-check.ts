/** Which of the names that function URLs use lead to this machine? */
import { lookup } from 'node:dns/promises';
import type { Check, Finding } from './check.ts';

const EXAMPLE_URL_ID = 'example.lambda-url.us-east-1';

export const nameCheck: Check = async ({ config, endpoint }) => {
  const names = new Set(['localhost', `${EXAMPLE_URL_ID}.localhost`, config.publicHost.host]);
  names.add(`${EXAMPLE_URL_ID}.${config.publicHost.host}`);
  return Promise.all([...names].map((name) => findingFor(name, endpoint)));
};

async function findingFor(host: string, endpoint: URL): Promise<Finding> {
  const name = `name ${host}`;
  const addresses = await lookup(host, { all: true }).catch(() => []);
  const shown = addresses.map(({ address }) => address).join(', ');
  if (addresses.length === 0) {
    const url = host.includes('.lambda-url.');
    return {
      name,
      status: 'warn',
      detail: url
        ? 'does not resolve: send the name in the Host header, with the address of the daemon'
        : 'does not resolve: use 127.0.0.1',
      fix: url ? `curl -H 'Host: ${host}' ${endpoint.origin}/` : `echo '127.0.0.1 ${host}' | sudo tee -a /etc/hosts`,
    };
  }
  return isLoopback(addresses.map(({ address }) => address))
    ? { name, status: 'ok', detail: `resolves to ${shown}` }
    : { name, status: 'warn', detail: `resolves to ${shown}, which is not this machine's loopback` };
}

const isLoopback = (addresses: readonly string[]): boolean =>
  addresses.every((address) => address === '::1' || address.startsWith('127.') || address.startsWith('::ffff:127.'));
