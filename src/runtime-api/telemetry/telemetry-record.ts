/** The JSON of an event as a subscriber of one API and schema version gets it. */
import { isoTimestamp } from '../../kernel/timestamp.ts';
import { categoryOf, type TelemetryEvent } from './telemetry-event.ts';
import type { TelemetrySubscription } from './telemetry-subscription.ts';

/** @returns JSON texts, one or more for each event that is to be told */
export function recordsFor(
  { api, schemaVersion, types }: Pick<TelemetrySubscription, 'api' | 'schemaVersion' | 'types'>,
  event: TelemetryEvent,
): readonly string[] {
  // What was dropped is told to whoever lost it, whatever it subscribed to.
  if (event.type !== 'platform.logsDropped' && !types.includes(categoryOf(event))) return [];
  const facts = api === 'telemetry' ? [told(event)] : logsApiFacts(schemaVersion, event);
  const time = isoTimestamp(event.time);
  return facts.map(({ type, record }) => JSON.stringify({ time, type, record }));
}

interface Told {
  readonly type: string;
  readonly record: unknown;
}

const told = ({ type, record }: TelemetryEvent): Told => ({ type, record });

/** Source: Lambda developer guide, "Logs API", "Log messages". */
function logsApiFacts(schemaVersion: string, event: TelemetryEvent): readonly Told[] {
  switch (event.type) {
    case 'function':
    case 'extension':
    case 'platform.extension':
    case 'platform.logsSubscription':
    case 'platform.logsDropped':
      return [told(event)];
    case 'platform.start': {
      const { requestId, version } = event.record;
      return [{ type: 'platform.start', record: { requestId, version } }];
    }
    case 'platform.runtimeDone': {
      const { requestId, status } = event.record;
      return schemaVersion === '2020-08-15' ? [] : [{ type: event.type, record: { requestId, status } }];
    }
    case 'platform.report': {
      const { requestId, metrics } = event.record;
      return [
        { type: 'platform.end', record: { requestId } },
        { type: event.type, record: { requestId, metrics } },
      ];
    }
    case 'platform.initStart':
    case 'platform.initRuntimeDone':
    case 'platform.initReport':
    case 'platform.restoreStart':
    case 'platform.restoreRuntimeDone':
    case 'platform.restoreReport':
    case 'platform.telemetrySubscription':
      return [];
  }
}
