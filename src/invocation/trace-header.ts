/** The X-Ray trace header of an invocation. Source: AWS X-Ray developer guide, "Tracing header". */
import { crc32 } from 'node:zlib';
import type { Milliseconds } from '../kernel/quantity.ts';
import type { Random } from '../kernel/random.ts';

const longestTraceHeader = 1000;
const printable = /^[\x20-\x7e]+$/;

/** What a caller says of the trace that its invocation belongs to. */
export interface TraceContext {
  readonly root: string;
  /** The segment of the caller. */
  readonly parent: string | undefined;
  /** Whether the trace is recorded; `undefined` leaves it to whoever takes the invocation. */
  readonly sampled: boolean | undefined;
  readonly lineage: string | undefined;
}

/** `undefined` for a header without a root that X-Ray would take. */
export function readTraceHeader(given: string | undefined): TraceContext | undefined {
  if (given === undefined || !usable(given)) return undefined;
  const root = /(?:^|;) *Root=(1-[0-9a-f]{8}-[0-9a-f]{24})(?:;|$)/.exec(given)?.[1];
  if (root === undefined) return undefined;
  const sampled = /(?:^|;) *Sampled=([01])(?:;|$)/.exec(given)?.[1];
  return {
    root,
    parent: /(?:^|;) *Parent=([0-9a-f]{16})(?:;|$)/.exec(given)?.[1],
    sampled: sampled === undefined ? undefined : sampled === '1',
    lineage: lineageIn.exec(given)?.[0],
  };
}

/** `1-<second of its begin>-<96 random bits>`, in hexadecimal. */
export const newRoot = (now: Milliseconds, random: Random): string => rootOf(now, random.hex(12));

/** What a front door passes on: the caller's header when it has a root, else the root of a new trace. */
export const rootHeaderOf = (given: string | undefined, now: Milliseconds, random: Random): string =>
  given !== undefined && usable(given) ? given : `Root=${newRoot(now, random)}`;

/** For an invocation that is recorded: what the function does is a part of the segment `parent`. */
export const sampledHeader = (root: string, parent: string, lineage: string): string =>
  `Root=${root};Parent=${parent};Sampled=1;Lineage=${lineage}`;

/**
 * For an invocation that is not recorded: the caller's header when it sent a usable one with a root, else a new trace;
 * where nobody has decided, it is not sampled.
 */
export function traceHeaderOf(
  given: string | undefined,
  functionArn: string,
  now: Milliseconds,
  random: Random,
): string {
  if (given === undefined || !usable(given)) {
    const digits = random.hex(20);
    const root = rootOf(now, digits.slice(0, 24));
    return `Root=${root};Parent=${digits.slice(24)};Sampled=0;Lineage=${lineageOf(undefined, functionArn)}`;
  }
  let header = given;
  if (!given.includes('Sampled=')) {
    header += given.includes('Parent=') ? ';Sampled=0' : `;Parent=${random.hex(8)};Sampled=0`;
  }
  if (!given.includes('Lineage=')) return `${header};Lineage=${lineageOf(undefined, functionArn)}`;
  return header.replace(lineageIn, (lineage) => lineageOf(lineage, functionArn));
}

/** In the form of three parts; older ones name every function, and are left as they are. */
const lineageIn = /(?<=Lineage=)\d{1,5}:[0-9a-f]{8}:\d{1,3}(?=;|$)/;

/**
 * `<functions so far>:<hash of the first>:<times that it was called again>`: what a chain of invocations can be told
 * by. AWS does not publish how it counts; the form is the one that its tracing libraries accept.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-recursion.html
 */
export function lineageOf(before: string | undefined, functionArn: string): string {
  const own = crc32(functionArn).toString(16).padStart(8, '0');
  if (before === undefined) return `1:${own}:0`;
  const [hops = '0', first = own, repeats = '0'] = before.split(':');
  return `${Math.min(Number(hops) + 1, 32_767)}:${first}:${Math.min(Number(repeats) + (first === own ? 1 : 0), 255)}`;
}

const usable = (header: string): boolean =>
  header.includes('Root=') && header.length <= longestTraceHeader && printable.test(header);

const rootOf = (now: Milliseconds, digits: string): string => `1-${Math.floor(now / 1000).toString(16)}-${digits}`;
