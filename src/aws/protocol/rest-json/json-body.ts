/** Bodies of restJson1: documents in JSON. */
import type { ServiceTable } from '../../service-table.ts';
import { jsonDecoders } from '../json/decode-json.ts';
import { jsonEncoders } from '../json/encode-json.ts';
import { parseBody } from '../json/parse-body.ts';
import type { BodyReader } from '../rest/decode-request.ts';
import type { BodyWriter } from '../rest/encode-response.ts';

export function jsonBodyReader(table: ServiceTable): BodyReader {
  const decoderOf = jsonDecoders(table);
  return {
    members(structure) {
      const decode = decoderOf(structure);
      return (body) => {
        const value = parseBody(body);
        return value === null ? undefined : (decode(value) as object);
      };
    },
    payload({ shape }) {
      const decode = decoderOf(shape);
      return (body) => decode(parseBody(body));
    },
  };
}

export function jsonBodyWriter(table: ServiceTable): BodyWriter {
  const encoderOf = jsonEncoders(table);
  return {
    contentType: 'application/json',
    members(structure) {
      if (structure === undefined) return () => Buffer.from('{}');
      const encode = encoderOf(structure);
      return (output) => Buffer.from(JSON.stringify(encode(output)));
    },
    payload({ shape }) {
      const encode = encoderOf(shape);
      return (value) => Buffer.from(JSON.stringify(encode(value)));
    },
    events: encoderOf,
  };
}
