/** The X-Ray trace header of an invocation. Source: AWS X-Ray developer guide, "Tracing header". */
import type { Milliseconds } from '../kernel/quantity.ts';
import type { Random } from '../kernel/random.ts';

const longestTraceHeader = 1024;
const printable = /^[\x20-\x7e]+$/;

/** The caller's header when it sent a usable one with a root, else a new trace that is not sampled. */
export function traceHeaderOf(given: string | undefined, now: Milliseconds, random: Random): string {
  if (given?.includes('Root=') && given.length <= longestTraceHeader && printable.test(given)) return given;
  const digits = random.hex(20);
  const epoch = Math.floor(now / 1000).toString(16);
  return `Root=1-${epoch}-${digits.slice(0, 24)};Parent=${digits.slice(24)};Sampled=0`;
}
