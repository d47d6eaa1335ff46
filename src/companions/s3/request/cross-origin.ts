/**
 * What pages may do with a bucket, as its configuration says: answers to preflights, and headers of other answers.
 * @see Amazon S3 user guide, "Using cross-origin resource sharing"
 */
import type { IncomingHttpHeaders } from 'node:http';
import { ServiceError } from '../../../aws/service-error.ts';
import type { Bucket } from '../bucket/bucket.ts';
import type { BucketSettings } from '../bucket/bucket-settings.ts';

type Rule = NonNullable<BucketSettings['cors']>[number];
type Headers = Readonly<Record<string, string>>;

const vary = 'Origin, Access-Control-Request-Headers, Access-Control-Request-Method';

/** @returns the headers of the answer. @throws ServiceError AccessForbidden, BadRequest */
export function preflightHeaders(bucket: Bucket | undefined, headers: IncomingHttpHeaders, resource: string): Headers {
  const { origin, 'access-control-request-method': method } = headers;
  if (origin === undefined) {
    throw new ServiceError('BadRequest', 'Insufficient information. Origin request header needed.', { status: 400 });
  }
  if (method === undefined) {
    const text = 'Invalid Access-Control-Request-Method: null';
    throw new ServiceError('BadRequest', text, { status: 400 });
  }
  const asked = namesIn(headers['access-control-request-headers']);
  if (bucket?.settings.cors === undefined) throw forbidden('CORS is not enabled for this bucket.', method, resource);
  const rule = bucket.settings.cors.find(
    (candidate) => allows(candidate, origin, method) && asked.every((name) => isListed(candidate.AllowedHeaders, name)),
  );
  if (rule === undefined) {
    throw forbidden(
      "This CORS request is not allowed. This is usually because the evalution of Origin, request method / Access-Control-Request-Method or Access-Control-Request-Headers are not whitelisted by the resource's CORS spec.",
      method,
      resource,
    );
  }
  const allowed = asked.length === 0 ? {} : { 'access-control-allow-headers': asked.join(', ') };
  return { ...allowedHeaders(rule, origin), ...allowed };
}

/** Nothing where no rule is for the page. */
export function crossOriginHeaders(bucket: Bucket | undefined, method: string, headers: IncomingHttpHeaders): Headers {
  const { origin } = headers;
  const rule = origin === undefined ? undefined : bucket?.settings.cors?.find((one) => allows(one, origin, method));
  return rule === undefined || origin === undefined ? {} : allowedHeaders(rule, origin);
}

function allowedHeaders(rule: Rule, origin: string): Headers {
  const { AllowedMethods, ExposeHeaders = [], MaxAgeSeconds } = rule;
  const isForAll = rule.AllowedOrigins.includes('*');
  return {
    'access-control-allow-origin': isForAll ? '*' : origin,
    ...(isForAll ? {} : { 'access-control-allow-credentials': 'true' }),
    'access-control-allow-methods': AllowedMethods.join(', '),
    ...(ExposeHeaders.length === 0 ? {} : { 'access-control-expose-headers': ExposeHeaders.join(', ') }),
    ...(MaxAgeSeconds === undefined ? {} : { 'access-control-max-age': String(MaxAgeSeconds) }),
    vary,
  };
}

const allows = ({ AllowedMethods, AllowedOrigins }: Rule, origin: string, method: string): boolean =>
  AllowedMethods.includes(method) && isListed(AllowedOrigins, origin);

/** A pattern has at most one star, for any text. */
function isListed(patterns: readonly string[] | undefined, value: string): boolean {
  return (patterns ?? []).some((pattern) => {
    const [before = '', after] = pattern.toLowerCase().split('*', 2);
    const text = value.toLowerCase();
    if (after === undefined) return text === before;
    return text.length >= before.length + after.length && text.startsWith(before) && text.endsWith(after);
  });
}

const namesIn = (header: string | undefined): readonly string[] =>
  (header ?? '')
    .split(',')
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== '');

const forbidden = (text: string, method: string, resource: string): ServiceError =>
  new ServiceError('AccessForbidden', `CORSResponse: ${text}`, {
    status: 403,
    members: { Method: method, ResourceType: resource },
  });
