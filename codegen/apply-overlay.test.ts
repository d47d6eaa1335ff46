import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ServiceTable } from '../src/aws/service-table.ts';
import { applyOverlay, type ServiceOverlay } from './apply-overlay.ts';

const table: ServiceTable = {
  service: 'example',
  operations: { Delete: { method: 'DELETE', uri: '/{Name}', status: 200, input: 'DeleteRequest' } },
  errors: {},
  shapes: {
    DeleteRequest: {
      kind: 'structure',
      members: { Name: { shape: 'Name', in: 'label', required: true }, Mode: 'string' },
    },
    Name: { kind: 'string', max: 10 },
  },
};

const nothing: ServiceOverlay = { operations: {}, shapes: {}, members: {}, errors: {} };

test('an overlay changes an operation, a shape, a member and adds an error', () => {
  const changed = applyOverlay(table, {
    operations: { Delete: { status: 204 } },
    shapes: { Name: { kind: 'string', max: 20 } },
    members: { DeleteRequest: { Mode: { shape: 'string', in: 'query' } } },
    errors: { ValidationException: { status: 400, message: 'message' } },
  });
  assert.deepEqual(changed.operations['Delete'], { ...table.operations['Delete'], status: 204 });
  assert.deepEqual(changed.shapes['Name'], { kind: 'string', max: 20 });
  assert.deepEqual(changed.shapes['DeleteRequest'], {
    kind: 'structure',
    members: { Name: { shape: 'Name', in: 'label', required: true }, Mode: { shape: 'string', in: 'query' } },
  });
  assert.deepEqual(Object.keys(changed.errors), ['ValidationException']);
});

test('an overlay that names what is gone is refused', () => {
  const stale: readonly Partial<ServiceOverlay>[] = [
    { operations: { Gone: { status: 204 } } },
    { shapes: { Gone: { kind: 'string' } } },
    { members: { Gone: {} } },
    { members: { Name: {} } },
    { members: { DeleteRequest: { Gone: 'string' } } },
  ];
  for (const change of stale) assert.throws(() => applyOverlay(table, { ...nothing, ...change }), /the overlay/);
});
