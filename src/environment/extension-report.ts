/** What the log tells of an extension at the end of an init phase. Source: developer guide, "Extension logs". */
import type { Extension } from '../runtime-api/extensions/extension.ts';
import type { ExtensionState } from '../runtime-api/extensions/extension-state.ts';
import type { PlatformEvent } from './platform-event.ts';

/** As AWS writes them. */
const stateNames: Readonly<Record<ExtensionState, string>> = {
  started: 'Started',
  registered: 'Registered',
  ready: 'Ready',
  running: 'Running',
  'init-error': 'InitError',
  'exit-error': 'ExitError',
  shutdown: 'Exited',
};

export function extensionReport({ name, state, events, reported }: Extension): PlatformEvent {
  const record = { name, state: stateNames[state], events, ...(reported !== undefined && { errorType: reported }) };
  return { type: 'platform.extension', record };
}
