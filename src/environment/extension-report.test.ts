import assert from 'node:assert/strict';
import { test } from 'node:test';
import { milliseconds } from '../kernel/quantity.ts';
import { Extension } from '../runtime-api/extensions/extension.ts';
import { extensionReport } from './extension-report.ts';
import type { PlatformEvent } from './platform-event.ts';
import { platformLine } from './platform-line.ts';

const text = (event: PlatformEvent): string | undefined => platformLine(event, { format: 'Text' }, milliseconds(0));

test('the log says of each extension what became of it in the init phase', () => {
  const extension = new Extension('watcher', 'external');
  assert.equal(text(extensionReport(extension)), 'EXTENSION\tName: watcher\tState: Started\tEvents: []');
  extension.register('id', ['INVOKE', 'SHUTDOWN']);
  assert.equal(
    text(extensionReport(extension)),
    'EXTENSION\tName: watcher\tState: Registered\tEvents: [INVOKE,SHUTDOWN]',
  );
  extension.report('init-error', 'Fatal.Test');
  assert.equal(
    text(extensionReport(extension)),
    'EXTENSION\tName: watcher\tState: InitError\tEvents: [INVOKE,SHUTDOWN]\tError Type: Fatal.Test',
  );
});

test('the log says who subscribed to what', () => {
  const record = { name: 'watcher', state: 'Subscribed', types: ['platform', 'function'] } as const;
  const fields = 'Name: watcher\tState: Subscribed\tTypes: [Platform, Function]';
  assert.equal(text({ type: 'platform.telemetrySubscription', record }), `TELEMETRY\t${fields}`);
  assert.equal(text({ type: 'platform.logsSubscription', record }), `LOGS\t${fields}`);
});
