/**
 * The headers that let web pages of other origins use a URL, as its Cors says.
 * Source: Lambda developer guide, "Creating and managing Lambda function URLs", "Cross-origin resource sharing (CORS)";
 * the meaning of the headers: Fetch standard, "CORS protocol".
 */
import type { IncomingMessage } from 'node:http';
import type { UrlCors } from './url-target.ts';

/**
 * Whether the service answers a request by itself. It takes all of OPTIONS: Cors cannot even name that method.
 */
export const isPreflight = (cors: UrlCors | undefined, { method }: IncomingMessage): cors is UrlCors =>
  method === 'OPTIONS' && isSet(cors);

/** Headers of the answer to a preflight, names and values in turn. */
export function preflightHeaders(cors: UrlCors, { headers }: IncomingMessage): readonly string[] {
  const { origin } = headers;
  const shared = originHeaders(cors, origin);
  if (!allows(cors, origin)) return shared;
  const { AllowMethods, AllowHeaders, MaxAge } = cors;
  return [
    ...shared,
    ...listHeader('Access-Control-Allow-Methods', AllowMethods, cors, headers['access-control-request-method']),
    ...listHeader('Access-Control-Allow-Headers', AllowHeaders, cors, headers['access-control-request-headers']),
    ...(MaxAge === undefined ? [] : ['Access-Control-Max-Age', String(MaxAge)]),
  ];
}

/** Headers that every other answer of the URL has, beside those of the function. */
export function corsHeaders(cors: UrlCors | undefined, { headers }: IncomingMessage): readonly string[] {
  if (!isSet(cors)) return [];
  const shared = originHeaders(cors, headers.origin);
  if (!allows(cors, headers.origin) || !cors.ExposeHeaders?.length) return shared;
  return [...shared, 'Access-Control-Expose-Headers', cors.ExposeHeaders.join(',')];
}

/** Cors without members is how it is taken away. */
const isSet = (cors: UrlCors | undefined): cors is UrlCors =>
  cors !== undefined && Object.values(cors).some((member) => member !== undefined);

/** With credentials a browser accepts no wildcard, only its own origin. */
function originHeaders(cors: UrlCors, origin: string | undefined): readonly string[] {
  const { AllowOrigins = [], AllowCredentials = false } = cors;
  const same = AllowOrigins.includes('*') && !AllowCredentials;
  const vary = same ? [] : ['Vary', 'Origin'];
  if (origin === undefined || !allows(cors, origin)) return vary;
  return [
    'Access-Control-Allow-Origin',
    same ? '*' : origin,
    ...(AllowCredentials ? ['Access-Control-Allow-Credentials', 'true'] : []),
    ...vary,
  ];
}

/** With credentials `*` would be a name like others to the browser: what it asked for stands in its place. */
function listHeader(
  name: string,
  list: readonly string[] | undefined,
  { AllowCredentials }: UrlCors,
  asked: string | undefined,
): readonly string[] {
  if (!list?.length) return [];
  if (!list.includes('*')) return [name, list.join(',')];
  if (!AllowCredentials) return [name, '*'];
  return asked === undefined ? [] : [name, asked];
}

function allows({ AllowOrigins = [] }: UrlCors, origin: string | undefined): boolean {
  return origin !== undefined && AllowOrigins.some((pattern) => matches(pattern.toLowerCase(), origin.toLowerCase()));
}

/** An origin as browsers send it; in anything else a wildcard could stand for too much. */
const wellFormed = /^[a-z][a-z0-9+.-]*:\/\/[^\s/?#@\\]+$/;

/** Each `*` stands for any characters, so that `https://*.example.com` names every subdomain. */
function matches(pattern: string, origin: string): boolean {
  if (pattern === '*' || pattern === origin) return true;
  const [first = '', ...rest] = pattern.split('*');
  const last = rest.pop();
  if (last === undefined || !wellFormed.test(origin) || !origin.startsWith(first)) return false;
  let at = first.length;
  for (const part of rest) {
    const found = origin.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return origin.endsWith(last) && origin.length - last.length >= at;
}
