/** Turns what travels as text (labels, query parameters, headers) into the typed values of a model. */
import { invariant } from '../../../kernel/invariant.ts';
import type { MemberLocation, Shape, TimestampFormat } from '../../service-table.ts';
import { serializationException } from '../serialization-exception.ts';
import { parseTimestamp } from '../timestamp.ts';

/** @throws ServiceError SerializationException for text that is not of the type. */
export type TextDecoder = (text: string) => unknown;

/** @param place Decides the form of a timestamp that the model leaves open. */
export function textDecoder(shape: Shape, place: MemberLocation): TextDecoder {
  switch (shape.kind) {
    case 'string':
      return (text) => text;
    case 'boolean':
      return (text) => (text === 'true' ? true : text === 'false' ? false : refuse(text, 'a Boolean'));
    case 'integer':
    case 'long': {
      const name = shape.kind === 'integer' ? 'an Integer' : 'a Long';
      return (text) => (/^[+-]?\d{1,15}$/.test(text) ? Number(text) : refuse(text, name));
    }
    case 'double':
      return (text) => (/^[+-]?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(text) ? Number(text) : refuse(text, 'a Double'));
    case 'timestamp': {
      const format: TimestampFormat = shape.format ?? (place === 'header' ? 'http-date' : 'date-time');
      return (text) => parseTimestamp(text, format) ?? refuse(text, 'a Timestamp');
    }
    default:
      invariant(false, `a ${shape.kind} can not travel as a ${place}`);
  }
}

function refuse(text: string, wanted: string): never {
  throw serializationException(`'${text}' can not be converted to ${wanted}`);
}
