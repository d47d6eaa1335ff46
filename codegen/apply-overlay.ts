/** Lays recorded deviations over a generated table. */
import type { ErrorRow, Member, OperationRow, ServiceTable, Shape } from '../src/aws/service-table.ts';

export interface ServiceOverlay {
  readonly operations: Readonly<Record<string, Partial<OperationRow>>>;
  /** Replaces the whole shape. */
  readonly shapes: Readonly<Record<string, Shape>>;
  /** By structure and member. */
  readonly members: Readonly<Record<string, Readonly<Record<string, Member>>>>;
  /** Added to those of the model. */
  readonly errors: Readonly<Record<string, ErrorRow>>;
}

/** @throws Error where the overlay names what the model no longer has, so that it cannot rot. */
export function applyOverlay(table: ServiceTable, overlay: ServiceOverlay): ServiceTable {
  const operations = { ...table.operations };
  for (const [name, change] of Object.entries(overlay.operations)) {
    operations[name] = { ...existing(operations, name), ...change };
  }
  const shapes = { ...table.shapes };
  for (const [name, shape] of Object.entries(overlay.shapes)) {
    existing(shapes, name);
    shapes[name] = shape;
  }
  for (const [name, changes] of Object.entries(overlay.members)) {
    const shape = existing(shapes, name);
    if (shape.kind !== 'structure') throw new Error(`the overlay takes ${name} for a structure`);
    for (const member of Object.keys(changes)) existing(shape.members, member);
    shapes[name] = { ...shape, members: { ...shape.members, ...changes } };
  }
  return { ...table, operations, shapes, errors: { ...table.errors, ...overlay.errors } };
}

function existing<Row>(rows: Readonly<Record<string, Row>>, name: string): Row {
  const row = rows[name];
  if (row === undefined) throw new Error(`the overlay names ${name}, which the model does not have`);
  return row;
}
