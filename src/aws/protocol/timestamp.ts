/** Timestamps in the three forms in which AWS protocols write them; reads no clock. */
import { unreachable } from '../../kernel/invariant.ts';
import type { TimestampFormat } from '../service-table.ts';

const dateTime = /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:?\d\d)$/;
const httpDate = /^[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d(\.\d+)? GMT$/;

/** @returns Nothing for what is not a time in that form. */
export function parseTimestamp(value: string | number, format: TimestampFormat): Date | undefined {
  const milliseconds = toMilliseconds(value, format);
  // oxlint-disable-next-line no-restricted-globals -- converts a value, does not ask for the time
  const date = new Date(milliseconds);
  return Number.isNaN(date.getTime()) ? undefined : date;
}

function toMilliseconds(value: string | number, format: TimestampFormat): number {
  switch (format) {
    case 'epoch-seconds': {
      const seconds = typeof value === 'number' || /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : Number.NaN;
      return Math.round(seconds * 1000);
    }
    case 'date-time':
      return typeof value === 'string' && dateTime.test(value) ? parse(value) : Number.NaN;
    case 'http-date':
      return typeof value === 'string' && httpDate.test(value) ? parse(value) : Number.NaN;
    default:
      return unreachable(format);
  }
}

// oxlint-disable-next-line no-restricted-globals -- converts a value, does not ask for the time
const parse = (text: string): number => Date.parse(text);

/** @returns A number for epoch seconds, with milliseconds as the fraction; text for the other two. */
export function formatTimestamp(date: Date, format: TimestampFormat): string | number {
  switch (format) {
    case 'epoch-seconds':
      return date.getTime() / 1000;
    case 'date-time':
      return date.toISOString().replace('.000Z', 'Z');
    case 'http-date':
      return date.toUTCString();
    default:
      return unreachable(format);
  }
}
