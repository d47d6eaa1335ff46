/** Which AWS service a request is for, when all of them share one port. */
import type { IncomingHttpHeaders } from 'node:http';
import { type ServiceName, serviceBy } from './service-names.ts';

export interface RequestHead {
  readonly method: string;
  /** As sent, with the query. */
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
}

export type Recognised =
  | { readonly kind: 'lambda' }
  | { readonly kind: 'service'; readonly service: ServiceName }
  /** A form without a signature: its fields say it, `serviceOfForm` reads them. */
  | { readonly kind: 'form' }
  /** Signed for a service that nobody here knows. */
  | { readonly kind: 'unknown'; readonly signingName: string };

const lambda: Recognised = { kind: 'lambda' };
const form: Recognised = { kind: 'form' };

/** Every call of Lambda's API begins with the date of its version. */
const lambdaPath = /^\/20\d\d-\d\d-\d\d\//;
/** `/AKID/20260101/us-east-1/sqs/aws4_request`, in a header or percent-encoded in a query. */
const signedFor = /Credential=[^/%]+(?:\/|%2F)\d{8}(?:\/|%2F)[^/%,\s]+(?:\/|%2F)([a-z0-9-]+)(?:\/|%2F)aws4_request/i;
const rpcPath = /^\/service\/([A-Za-z0-9_]+)\/operation\//;

/**
 * The signature's scope decides, since every SDK and the CLI sign; what several services share it for is told apart by the
 * operation's target. Requests without a signature are known by their host, their form or their path.
 */
export function recognise(head: RequestHead): Recognised {
  const { headers, url } = head;
  const { authorization } = headers;
  // By far the most frequent, and on the way of every invocation.
  if (authorization?.includes('/lambda/aws4_request') === true) return lambda;
  const named = namedByTarget(head);
  if (named !== undefined) return { kind: 'service', service: named };
  const signingName = signedFor.exec(authorization ?? '')?.[1] ?? signedFor.exec(url)?.[1];
  if (signingName !== undefined) return bySigningName(signingName);
  return unsigned(head);
}

function namedByTarget({ url, headers }: RequestHead): ServiceName | undefined {
  const target = headers['x-amz-target'];
  if (typeof target === 'string') return serviceBy('target', target.slice(0, Math.max(target.lastIndexOf('.'), 0)));
  const rpc = headers['smithy-protocol'] === undefined ? undefined : rpcPath.exec(url)?.[1];
  return rpc === undefined ? undefined : serviceBy('target', rpc);
}

function bySigningName(signingName: string): Recognised {
  if (signingName === 'lambda') return lambda;
  // Signed by the older name that Amazon S3 and its extensions share.
  const service = signingName === 's3express' ? 's3' : serviceBy('signingName', signingName);
  return service === undefined ? { kind: 'unknown', signingName } : { kind: 'service', service };
}

function unsigned({ method, url, headers }: RequestHead): Recognised {
  if (lambdaPath.test(url)) return lambda;
  const byHost = serviceOfHost(headers.host ?? '');
  if (byHost !== undefined) return { kind: 'service', service: byHost };
  // Signed in the older form, in the query.
  if (/[?&]AWSAccessKeyId=[^&]*/.test(url) && /[?&]Expires=\d/.test(url)) return { kind: 'service', service: 's3' };
  if (/[?&]Action=/.test(url) || isForm(headers)) return form;
  const bucket = bucketPath.exec(url)?.[1];
  // Browsers ask beforehand for queues too, whose paths begin with an account's number.
  // The daemon's own page for Prometheus has the place of a bucket.
  if (/^\/metrics(?:\?|$)/.test(url)) return lambda;
  const isObject = bucket !== undefined && !(method === 'OPTIONS' && /^\d{12}$/.test(bucket));
  return isObject ? { kind: 'service', service: 's3' } : lambda;
}

const bucketPath = /^\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:[/?]|$)/;

const isForm = (headers: IncomingHttpHeaders): boolean =>
  headers['content-type']?.startsWith('application/x-www-form-urlencoded') === true;

/** `sqs.us-east-1.localhost`, and `<bucket>.s3.localhost` with any bucket before it. */
function serviceOfHost(host: string): ServiceName | undefined {
  const labels = host.toLowerCase().split('.');
  if (labels.length < 2) return undefined;
  if (labels.some((label, at) => label === 's3' && at < labels.length - 1)) return 's3';
  return serviceBy('host', labels[0] ?? '');
}

/** @param fields of the body and of the query, of a request that `recognise` called a form */
export function serviceOfForm(fields: URLSearchParams): ServiceName | undefined {
  const version = fields.get('Version');
  if (version !== null) return serviceBy('version', version);
  // Queues answer without a version too, at their own URL.
  return fields.has('Action') ? 'sqs' : undefined;
}
