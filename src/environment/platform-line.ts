/** What an event of the platform is in the function's log: a line of text, a JSON document, or nothing. */
import type { Milliseconds } from '../kernel/quantity.ts';
import { isoTimestamp } from '../kernel/timestamp.ts';
import type { LogConfiguration } from '../lambda/function/function-version.ts';
import type { PlatformEvent } from './platform-event.ts';
import { isLogged } from './platform-level.ts';
import { platformText } from './platform-text.ts';

export function platformLine(event: PlatformEvent, logging: LogConfiguration, now: Milliseconds): string | undefined {
  if (logging.format === 'Text') return platformText(event);
  if (!isLogged(event, logging.systemLevel)) return undefined;
  const { type, record } = event;
  return JSON.stringify({ time: isoTimestamp(now), type, record }, thousandths);
}

/** Durations are exact to the microsecond. */
const thousandths = (_name: string, value: unknown): unknown =>
  typeof value === 'number' ? Math.round(value * 1000) / 1000 : value;
