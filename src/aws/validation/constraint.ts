/** The constraints that one shape puts on its own values, each with AWS's sentence for it. */
import type { Shape, StringShape } from '../service-table.ts';

export interface Constraint {
  /** What stands after "failed to satisfy constraint: ". */
  readonly sentence: string;
  holds(value: unknown): boolean;
}

export const mustNotBeNull = 'Member must not be null';

/** In the order in which AWS names them: upper limit, lower limit, pattern, enumeration. */
export function constraintsOf(shape: Shape): readonly Constraint[] {
  switch (shape.kind) {
    case 'integer':
    case 'long':
    case 'double':
      return limits(shape, 'value', (value) => value as number, shape.kind === 'double');
    case 'list':
      return limits(shape, 'length', (value) => (value as readonly unknown[]).length);
    case 'map':
      return limits(shape, 'length', (value) => Object.keys(value as object).length);
    case 'blob':
      return limits(shape, 'length', (value) => (value as Uint8Array).length);
    case 'string':
      return [...limits(shape, 'length', (value) => (value as string).length), ...patternOf(shape), ...enumOf(shape)];
    default:
      return [];
  }
}

function limits(
  { min, max }: { readonly min?: number; readonly max?: number },
  what: 'value' | 'length',
  measure: (value: unknown) => number,
  decimal = false,
): readonly Constraint[] {
  const text = (limit: number): string => (decimal && Number.isInteger(limit) ? `${limit}.0` : String(limit));
  const constraints: Constraint[] = [];
  if (max !== undefined) {
    constraints.push({
      sentence: `Member must have ${what} less than or equal to ${text(max)}`,
      holds: (value) => measure(value) <= max,
    });
  }
  if (min !== undefined) {
    constraints.push({
      sentence: `Member must have ${what} greater than or equal to ${text(min)}`,
      holds: (value) => measure(value) >= min,
    });
  }
  return constraints;
}

function patternOf({ pattern, max }: StringShape): readonly Constraint[] {
  if (pattern === undefined) return [];
  const expression = new RegExp(`^(?:${pattern})$`, pattern.includes('\\p{') ? 'u' : '');
  // Some patterns take quadratic time; what is absurdly long already fails by its length.
  const readable = 10 * (max ?? 100_000);
  return [
    {
      sentence: `Member must satisfy regular expression pattern: ${pattern}`,
      holds: (value) => (value as string).length > readable || expression.test(value as string),
    },
  ];
}

function enumOf(shape: StringShape): readonly Constraint[] {
  const values = shape.enum;
  if (values === undefined) return [];
  return [
    {
      sentence: `Member must satisfy enum value set: [${values.join(', ')}]`,
      holds: (value) => values.includes(value as string),
    },
  ];
}
