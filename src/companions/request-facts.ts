/** What a request's headers say of who sent it, and by which name. */
import type { IncomingHttpHeaders } from 'node:http';

/** Scheme, host and port as the client used them; nothing for a request that came over no socket. */
export function originOf(headers: IncomingHttpHeaders): string | undefined {
  const { host } = headers;
  if (host === undefined) return undefined;
  return `${headers['x-forwarded-proto'] === 'https' ? 'https' : 'http'}://${host}`;
}

const credential = /Credential=([^/%,\s]+)/;

export const accessKeyIdOf = (authorization: string | undefined, rawQuery: string): string | undefined =>
  credential.exec(authorization ?? rawQuery)?.[1];
