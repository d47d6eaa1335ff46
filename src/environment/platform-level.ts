/** How serious an event of the platform is. Source: Lambda developer guide, "System log level event mapping". */
import type { PlatformEvent } from './platform-event.ts';

export type SystemLevel = 'DEBUG' | 'INFO' | 'WARN';

const severity: Readonly<Record<SystemLevel, number>> = { DEBUG: 1, INFO: 2, WARN: 3 };

/** Whether an event is among those that a function's log is to have. */
export const isLogged = (event: PlatformEvent, least: SystemLevel): boolean =>
  severity[levelOf(event)] >= severity[least];

function levelOf(event: PlatformEvent): SystemLevel {
  switch (event.type) {
    case 'platform.initStart':
    case 'platform.restoreStart':
      return event.record.runtimeVersion === undefined ? 'DEBUG' : 'INFO';
    case 'platform.start':
    case 'platform.extension':
    case 'platform.telemetrySubscription':
    case 'platform.logsSubscription':
      return 'INFO';
    case 'platform.initRuntimeDone':
    case 'platform.restoreRuntimeDone':
    case 'platform.runtimeDone':
      return event.record.status === 'success' ? 'DEBUG' : 'WARN';
    case 'platform.initReport':
      if (event.record.status !== 'success') return 'WARN';
      return event.record.initializationType === 'on-demand' ? 'DEBUG' : 'INFO';
    case 'platform.restoreReport':
    case 'platform.report':
      return event.record.status === 'success' ? 'INFO' : 'WARN';
  }
}
