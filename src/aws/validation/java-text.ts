/** Prints a value as Java's `toString` does, which is how AWS shows it in a validation message. */
import { unreachable } from '../../kernel/invariant.ts';
import { membersOf, type ServiceTable, type Shape, shapeNamed } from '../service-table.ts';

/** `[a, b]` for a list, `{k=v}` for a map, `2.0` for a double; what the model calls sensitive is not shown. */
export function javaText(table: ServiceTable, shape: Shape, value: unknown): string {
  if (value === null || value === undefined) return 'null';
  if ('sensitive' in shape && shape.sensitive === true) return '*** Sensitive Data Redacted ***';
  switch (shape.kind) {
    case 'list': {
      const member = shapeNamed(table, shape.member);
      return `[${(value as readonly unknown[]).map((item) => javaText(table, member, item)).join(', ')}]`;
    }
    case 'map': {
      const member = shapeNamed(table, shape.value);
      const entries = Object.entries(value).map(([key, item]) => `${key}=${javaText(table, member, item)}`);
      return `{${entries.join(', ')}}`;
    }
    case 'structure': {
      const source = value as Readonly<Record<string, unknown>>;
      const fields = membersOf(shape).map(
        ([name, member]) => `${name}=${javaText(table, shapeNamed(table, member.shape), source[name])}`,
      );
      return `{${fields.join(', ')}}`;
    }
    case 'double':
      return Number.isInteger(value) ? `${value as number}.0` : `${value as number}`;
    case 'blob':
      return `${(value as Uint8Array).length} bytes`;
    case 'timestamp':
      return (value as Date).toISOString();
    case 'string':
      return value as string;
    case 'integer':
    case 'long':
      return `${value as number}`;
    case 'boolean':
      return `${value as boolean}`;
    default:
      return unreachable(shape);
  }
}
