/** Turns parsed JSON into the typed values of a model; what the model does not name is dropped. */
import { unreachable } from '../../../kernel/invariant.ts';
import {
  type ListShape,
  type MapShape,
  membersOf,
  type NumberShape,
  type ServiceTable,
  type StructureShape,
  shapeNamed,
  type TimestampFormat,
} from '../../service-table.ts';
import { serializationException } from '../serialization-exception.ts';
import { parseTimestamp } from '../timestamp.ts';
import { setOwn } from './own-property.ts';

/**
 * From a parsed JSON value to the model's: Buffers for blobs, Dates for timestamps. It goes as deep as the model, not as
 * deep as the value. Null elements stay null, so that validation can name them.
 * @throws ServiceError SerializationException where the value has another type than the model.
 */
export type JsonDecoder = (value: unknown) => unknown;

/** The two kinds of values that JSON has no form of its own for; what is JSON in all but its bytes may have one. */
export interface ScalarDecoders {
  readonly blob: JsonDecoder;
  timestamp(format: TimestampFormat): JsonDecoder;
}

const jsonScalars: ScalarDecoders = {
  blob: (value) => (typeof value === 'string' ? decodeBase64(value) : refuse(value, 'a Blob')),
  timestamp: (format) => (value) => {
    const usable = typeof value === (format === 'epoch-seconds' ? 'number' : 'string');
    const date = usable ? parseTimestamp(value as string | number, format) : undefined;
    return date ?? refuse(value, 'a Timestamp');
  },
};

/** @returns The decoder of a shape by its name; each is made once, on first use. */
export function jsonDecoders(table: ServiceTable, scalars = jsonScalars): (shape: string) => JsonDecoder {
  const made = new Map<string, JsonDecoder>();
  const decoderOf = (name: string): JsonDecoder => {
    let decoder = made.get(name);
    if (decoder === undefined) {
      // A shape that holds itself asks for its decoder while that is being made.
      made.set(name, (value) => decoderOf(name)(value));
      decoder = make(table, name, decoderOf, scalars);
      made.set(name, decoder);
    }
    return decoder;
  };
  return decoderOf;
}

type DecoderOf = (shape: string) => JsonDecoder;

function make(table: ServiceTable, name: string, decoderOf: DecoderOf, scalars: ScalarDecoders): JsonDecoder {
  const shape = shapeNamed(table, name);
  switch (shape.kind) {
    case 'structure':
      return structureDecoder(shape, decoderOf);
    case 'list':
      return listDecoder(shape, decoderOf);
    case 'map':
      return mapDecoder(shape, decoderOf);
    case 'string':
      return (value) => (typeof value === 'string' ? value : refuse(value, 'a String'));
    case 'boolean':
      return (value) => (typeof value === 'boolean' ? value : refuse(value, 'a Boolean'));
    case 'integer':
    case 'long':
    case 'double':
      return numberDecoder(shape.kind);
    case 'blob':
      return scalars.blob;
    case 'timestamp':
      return scalars.timestamp(shape.format ?? 'epoch-seconds');
    default:
      return unreachable(shape);
  }
}

function structureDecoder(shape: StructureShape, decoderOf: DecoderOf): JsonDecoder {
  const members = membersOf(shape)
    .filter(([, member]) => member.in === undefined)
    .map(([name, member]) => [name, decoderOf(member.shape)] as const);
  return (value) => {
    const source = object(value);
    const target: Record<string, unknown> = {};
    for (const [name, decode] of members) {
      const member = source[name];
      if (member !== undefined && member !== null) target[name] = decode(member);
    }
    return target;
  };
}

function listDecoder(shape: ListShape, decoderOf: DecoderOf): JsonDecoder {
  const decode = decoderOf(shape.member);
  return (value) => {
    if (Array.isArray(value)) return value.map((item: unknown) => (item === null ? null : decode(item)));
    if (typeof value === 'object') throw serializationException(structureNotExpected);
    throw serializationException('Expected list or null');
  };
}

function mapDecoder(shape: MapShape, decoderOf: DecoderOf): JsonDecoder {
  const decode = decoderOf(shape.value);
  return (value) => {
    const target: Record<string, unknown> = {};
    for (const [key, item] of Object.entries(object(value))) setOwn(target, key, item === null ? null : decode(item));
    return target;
  };
}

function numberDecoder(kind: NumberShape['kind']): JsonDecoder {
  if (kind === 'double') {
    return (value) => (typeof value === 'number' && Number.isFinite(value) ? value : refuse(value, 'a Double'));
  }
  const name = kind === 'integer' ? 'an Integer' : 'a Long';
  return (value) => (typeof value === 'number' && Number.isInteger(value) ? value : refuse(value, name));
}

const structureNotExpected = 'Start of structure or map found where not expected.';
const listNotExpected = 'Start of list found where not expected';

function object(value: unknown): Readonly<Record<string, unknown>> {
  if (Array.isArray(value)) throw serializationException(listNotExpected);
  if (typeof value !== 'object' || value === null) throw serializationException('Expected structure or null');
  return value as Readonly<Record<string, unknown>>;
}

/** Names the token as AWS's parser does. @throws ServiceError */
export function refuse(value: unknown, wanted: string): never {
  if (Array.isArray(value)) throw serializationException(listNotExpected);
  if (typeof value === 'object') throw serializationException(structureNotExpected);
  throw serializationException(`${tokenOf(value)} can not be converted to ${wanted}`);
}

function tokenOf(value: unknown): string {
  if (typeof value === 'boolean') return value ? 'TRUE_VALUE' : 'FALSE_VALUE';
  if (typeof value !== 'number') return 'STRING_VALUE';
  return Number.isFinite(value) && !Number.isInteger(value) ? 'DECIMAL_VALUE' : 'NUMBER_VALUE';
}

/** Node's decoder skips what is not base64, so a short result tells that something was skipped. */
function decodeBase64(text: string): Buffer {
  const bytes = Buffer.from(text, 'base64');
  const digits = text.endsWith('==') ? text.length - 2 : text.endsWith('=') ? text.length - 1 : text.length;
  const padded = digits === text.length || text.length % 4 === 0;
  if (!padded || digits % 4 === 1 || bytes.length !== Math.floor((digits * 3) / 4)) {
    throw serializationException('The value of a blob is not valid base64');
  }
  return bytes;
}
