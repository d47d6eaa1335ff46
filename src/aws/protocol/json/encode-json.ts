/** Turns a model's typed values into plain ones that `JSON.stringify` writes as AWS does. */
import { unreachable } from '../../../kernel/invariant.ts';
import {
  membersOf,
  type ServiceTable,
  type StructureShape,
  shapeNamed,
  type TimestampFormat,
} from '../../service-table.ts';
import { asBuffer } from '../as-buffer.ts';
import { formatTimestamp } from '../timestamp.ts';
import { setOwn } from './own-property.ts';

/** Members come in the model's order; absent and null ones, and those that the model does not name, are left out. */
export type JsonEncoder = (value: unknown) => unknown;

type EncoderOf = (shape: string) => JsonEncoder;

/** The two kinds of values that JSON has no form of its own for; what is JSON in all but its bytes may have one. */
export interface ScalarEncoders {
  readonly blob: JsonEncoder;
  timestamp(format: TimestampFormat): JsonEncoder;
}

const jsonScalars: ScalarEncoders = {
  blob: (value) => asBuffer(value as Uint8Array).toString('base64'),
  timestamp: (format) => (value) => formatTimestamp(value as Date, format),
};

/** @returns The encoder of a shape by its name; each is made once, on first use. */
export function jsonEncoders(table: ServiceTable, scalars = jsonScalars): (shape: string) => JsonEncoder {
  const made = new Map<string, JsonEncoder>();
  const encoderOf = (name: string): JsonEncoder => {
    let encoder = made.get(name);
    if (encoder === undefined) {
      // A shape that holds itself asks for its encoder while that is being made.
      made.set(name, (value) => encoderOf(name)(value));
      encoder = make(table, name, encoderOf, scalars);
      made.set(name, encoder);
    }
    return encoder;
  };
  return encoderOf;
}

function make(table: ServiceTable, name: string, encoderOf: EncoderOf, scalars: ScalarEncoders): JsonEncoder {
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
        const source = value as Readonly<Record<string, unknown>>;
        const target: Record<string, unknown> = {};
        for (const key of Object.keys(source)) setOwn(target, key, encode(source[key]));
        return target;
      };
    }
    case 'blob':
      return scalars.blob;
    case 'timestamp':
      return scalars.timestamp(shape.format ?? 'epoch-seconds');
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
