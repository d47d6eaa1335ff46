/** The resolvers of this machine. */
import { readFile } from 'node:fs/promises';
import { isIP } from 'node:net';

export interface ResolverAddress {
  readonly host: string;
  readonly port: number;
}

export const dnsPort = 53;

/** None when the file cannot be read: names that are not ours then fail to resolve, as they do for the machine. */
export async function machineResolvers(path = '/etc/resolv.conf'): Promise<readonly ResolverAddress[]> {
  try {
    return nameserversOf(await readFile(path, 'utf8'));
  } catch {
    return [];
  }
}

/** @see resolv.conf(5): one address in each line that begins with `nameserver`; only three of them count */
export function nameserversOf(text: string): readonly ResolverAddress[] {
  const addresses = text.split('\n').flatMap((line) => /^nameserver[ \t]+(\S+)/.exec(line)?.[1] ?? []);
  return addresses
    .filter((address) => isIP(address.split('%', 1)[0] ?? '') !== 0)
    .slice(0, 3)
    .map((host) => ({ host, port: dnsPort }));
}
