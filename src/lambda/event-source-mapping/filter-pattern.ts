/** Filter patterns of event source mappings: which texts are one. What they match is the pollers' business. */

/** JSON of the form that `parseFilterPattern` accepts. */
export interface FilterPattern {
  readonly [field: string]: FilterPattern | readonly unknown[];
}

/**
 * An object whose leaves are lists of what a field may be: plain values, or objects with one comparison each.
 * @returns Nothing for what is no pattern.
 * @see AWS Lambda Developer Guide, "Filter rule syntax"
 */
export function parseFilterPattern(text: string): FilterPattern | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isPattern(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isPattern(value: unknown): value is FilterPattern {
  if (!isObject(value)) return false;
  const fields = Object.entries(value);
  return fields.length > 0 && fields.every(([name, field]) => isField(name, field));
}

function isField(name: string, value: unknown): boolean {
  if (!Array.isArray(value)) return isPattern(value);
  if (name === '$or' && value.length > 1 && value.every(isPattern)) return true;
  return value.length > 0 && value.every(isRule);
}

const isRule = (value: unknown): boolean => value === null || isLiteral(value) || isComparison(value);

const isLiteral = (value: unknown): value is string | number | boolean =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';

function isComparison(value: unknown): boolean {
  if (!isObject(value)) return false;
  const [comparison, ...others] = Object.entries(value);
  if (comparison === undefined || others.length > 0) return false;
  const [operator, operand] = comparison;
  return Object.hasOwn(operands, operator) && operands[operator]?.(operand) === true;
}

const isText = (operand: unknown): boolean => typeof operand === 'string';

/** What each operator compares with. */
const operands: Readonly<Record<string, (operand: unknown) => boolean>> = {
  exists: (operand) => typeof operand === 'boolean',
  prefix: isTextOrIgnoringCase,
  suffix: isTextOrIgnoringCase,
  'equals-ignore-case': isText,
  wildcard: isText,
  cidr: isText,
  numeric: isNumericRange,
  'anything-but': isException,
};

function isTextOrIgnoringCase(operand: unknown): boolean {
  return isText(operand) || (isObject(operand) && hasOnly(operand, ['equals-ignore-case'], isText));
}

/** `["=", 1]`, `[">", 0]` or a lower and an upper bound, `[">=", 0, "<", 10]`. */
function isNumericRange(operand: unknown): boolean {
  if (!Array.isArray(operand)) return false;
  const [first, from, second, to] = operand as readonly unknown[];
  if (typeof from !== 'number') return false;
  if (operand.length === 2) return typeof first === 'string' && ['=', '<', '<=', '>', '>='].includes(first);
  const bounds = (first === '>' || first === '>=') && (second === '<' || second === '<=');
  return operand.length === 4 && bounds && typeof to === 'number' && from < to;
}

/** A value or several, or what a text may not begin with, end with or look like. */
function isException(operand: unknown): boolean {
  if (isObject(operand)) {
    return hasOnly(operand, ['prefix', 'suffix', 'equals-ignore-case', 'wildcard'], (text) => oneOrMore(text, isText));
  }
  return oneOrMore(operand, (value) => isLiteral(value) && typeof value !== 'boolean');
}

const oneOrMore = (operand: unknown, accepts: (value: unknown) => boolean): boolean =>
  Array.isArray(operand) ? operand.length > 0 && operand.every(accepts) : accepts(operand);

function hasOnly(value: object, names: readonly string[], accepts: (operand: unknown) => boolean): boolean {
  const [member, ...others] = Object.entries(value);
  return member !== undefined && others.length === 0 && names.includes(member[0]) && accepts(member[1]);
}

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
