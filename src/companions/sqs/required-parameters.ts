/** Refuses input that lacks what the model requires, as Amazon SQS words it. */
import { type BoundMember, membersOf, type ServiceTable, shapeNamed, structureNamed } from '../../aws/service-table.ts';
import type { Validator } from '../../aws/validation/compile-validator.ts';
import { missingParameter } from './sqs-error.ts';

/** `path` is how a form names the value: `SendMessageBatchRequestEntry.1.MessageBody`. */
type Check = (value: unknown, path: string) => void;

/** @returns What throws MissingParameter for the first parameter of an operation's input that is not there. */
export function requiredParameters(table: ServiceTable, operation: string): Validator {
  const input = table.operations[operation]?.input;
  if (input === undefined) return () => {};
  const check = structureCheck(table, input);
  return (value) => check(value, '');
}

function structureCheck(table: ServiceTable, structure: string): Check {
  const members = membersOf(structureNamed(table, structure)).map(([name, member]) => ({
    name,
    field: member.name ?? name,
    isRequired: isRequired(name, member),
    check: shapeCheck(table, member.shape),
  }));
  return (value, path) => {
    const source = value as Readonly<Record<string, unknown>>;
    for (const { name, field, isRequired: required, check } of members) {
      const member = source[name];
      const at = path === '' ? field : `${path}.${field}`;
      if (required && (member === undefined || member === '')) throw missingParameter(path === '' ? name : at);
      if (member !== undefined) check(member, at);
    }
  };
}

/** A batch without entries has an error of its own. */
const isRequired = (name: string, { required }: BoundMember): boolean => required === true && name !== 'Entries';

function shapeCheck(table: ServiceTable, name: string): Check {
  const shape = shapeNamed(table, name);
  switch (shape.kind) {
    case 'structure':
      return structureCheck(table, name);
    case 'list': {
      const check = shapeCheck(table, shape.member);
      return (value, path) => {
        for (const [index, item] of (value as readonly unknown[]).entries())
          present(check, item, `${path}.${index + 1}`);
      };
    }
    case 'map': {
      const check = shapeCheck(table, shape.value);
      return (value, path) => {
        for (const [key, item] of Object.entries(value as object)) present(check, item, `${path}.${key}`);
      };
    }
    default:
      return () => {};
  }
}

/** A null among the elements of a list or a map. */
function present(check: Check, value: unknown, path: string): void {
  if (value === null || value === undefined) throw missingParameter(path);
  check(value, path);
}
