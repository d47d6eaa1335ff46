/** Turns a model's typed values into plain ones that `JSON.stringify` writes as AWS does. */
import { unreachable } from '../../../kernel/invariant.ts';
import { membersOf, type ServiceTable, type StructureShape, shapeNamed } from '../../service-table.ts';
import { asBuffer } from '../as-buffer.ts';
import { formatTimestamp } from '../timestamp.ts';
import { setOwn } from './own-property.ts';

/** Members come in the model's order; absent and null ones, and those that the model does not name, are left out. */
export type JsonEncoder = (value: unknown) => unknown;

type EncoderOf = (shape: string) => JsonEncoder;

/** @returns The encoder of a shape by its name; each is made once, on first use. */
export function jsonEncoders(table: ServiceTable): (shape: string) => JsonEncoder {
  const made = new Map<string, JsonEncoder>();
  const encoderOf = (name: string): JsonEncoder => {
    let encoder = made.get(name);
    if (encoder === undefined) {
      // A shape that holds itself asks for its encoder while that is being made.
      made.set(name, (value) => encoderOf(name)(value));
      encoder = make(table, name, encoderOf);
      made.set(name, encoder);
    }
    return encoder;
  };
  return encoderOf;
}

function make(table: ServiceTable, name: string, encoderOf: EncoderOf): JsonEncoder {
  const shape = shapeNamed(table, name);
  switch (shape.kind) {
    case 'structure':
      return structureEncoder(shape, encoderOf);
    case 'list': {
      const encode = encoderOf(shape.member);
      return (value) => (value as readonly unknown[]).map(encode);
    }
    case 'map': {
      const encode = encoderOf(shape.value);
      return (value) => {
        const target: Record<string, unknown> = {};
        for (const [key, item] of Object.entries(value as object)) setOwn(target, key, encode(item));
        return target;
      };
    }
    case 'blob':
      return (value) => asBuffer(value as Uint8Array).toString('base64');
    case 'timestamp': {
      const format = shape.format ?? 'epoch-seconds';
      return (value) => formatTimestamp(value as Date, format);
    }
    case 'string':
    case 'boolean':
    case 'integer':
    case 'long':
    case 'double':
      return (value) => value;
    default:
      return unreachable(shape);
  }
}

function structureEncoder(shape: StructureShape, encoderOf: EncoderOf): JsonEncoder {
  const members = membersOf(shape)
    .filter(([, member]) => member.in === undefined)
    .map(([name, member]) => [name, encoderOf(member.shape)] as const);
  return (value) => {
    const source = value as Readonly<Record<string, unknown>>;
    const target: Record<string, unknown> = {};
    for (const [name, encode] of members) {
      const member = source[name];
      if (member !== undefined && member !== null) target[name] = encode(member);
    }
    return target;
  };
}
