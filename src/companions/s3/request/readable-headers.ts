/** Headers as S3 reads them: a date that is none is as good as not there. */
import type { IncomingHttpHeaders } from 'node:http';
import { parseTimestamp } from '../../../aws/protocol/timestamp.ts';

const dates = [
  'expires',
  'if-modified-since',
  'if-unmodified-since',
  'x-amz-copy-source-if-modified-since',
  'x-amz-copy-source-if-unmodified-since',
  'x-amz-if-match-initiated-time',
  'x-amz-if-match-last-modified-time',
];

export function readableHeaders(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  const unreadable = dates.filter((name) => {
    const value = headers[name];
    return value !== undefined && (typeof value !== 'string' || parseTimestamp(value, 'http-date') === undefined);
  });
  if (unreadable.length === 0) return headers;
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !unreadable.includes(name)));
}
