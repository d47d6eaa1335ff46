/**
 * Which bucket and which object a request is for: by its path, or by its host and path.
 * @see Amazon S3 user guide, "Virtual hosting of general purpose buckets"
 */
import type { IncomingHttpHeaders } from 'node:http';
import { ServiceError } from '../../../aws/service-error.ts';

export interface ObjectAddress {
  readonly bucket: string | undefined;
  readonly key: string | undefined;
}

/** `photos.s3.eu-west-1.amazonaws.com`: what stands before the service's own name is a bucket. */
const virtualHost = /^(.+?)\.s3(?:-[a-z0-9-]+)?\../;

/** @param path as sent, without the query. @throws ServiceError InvalidURI */
export function objectAddress(path: string, headers: IncomingHttpHeaders): ObjectAddress {
  const bucket = bucketOfHost(headers.host ?? '');
  // A proxy's client sends the whole URL.
  const rest = path.startsWith('/') ? path.slice(1) : path.replace(/^[a-z]+:\/\/[^/]*\/?/i, '');
  if (bucket !== undefined) return { bucket, key: rest === '' ? undefined : decoded(rest) };
  const slash = rest.indexOf('/');
  const name = decoded(slash < 0 ? rest : rest.slice(0, slash));
  const key = slash < 0 ? '' : rest.slice(slash + 1);
  return { bucket: name === '' ? undefined : name, key: name === '' || key === '' ? undefined : decoded(key) };
}

function bucketOfHost(host: string): string | undefined {
  const name = host.toLowerCase().replace(/:\d+$/, '');
  return virtualHost.exec(name)?.[1];
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (cause) {
    throw new ServiceError('InvalidURI', "Couldn't parse the specified URI.", {
      status: 400,
      members: { URI: text },
      cause,
    });
  }
}
