/**
 * awsJson1_1 with CBOR in place of JSON, as AWS's Java SDK speaks it with Kinesis unless it is told not to. Blobs are bytes;
 * a timestamp is tagged as one, but counts milliseconds where the standard has seconds.
 * @see RFC 8949, section 3.4.2; aws-sdk-java-v2, issue 4661
 */
import { cbor, tag } from '@smithy/core/cbor';
import type { ServiceTable } from '../../service-table.ts';
import { asBuffer } from '../as-buffer.ts';
import { compileAwsJson, streamEncoders } from '../aws-json/aws-json.ts';
import type { EventPayloads } from '../event-stream/encode-event-stream.ts';
import { jsonDecoders, refuse, type ScalarDecoders } from '../json/decode-json.ts';
import { jsonEncoders, type ScalarEncoders } from '../json/encode-json.ts';
import { operationRow } from '../operation-row.ts';
import { serializationException } from '../serialization-exception.ts';
import type { ServiceProtocol } from '../service-protocol.ts';
import { parseTimestamp } from '../timestamp.ts';

const contentType = 'application/x-amz-cbor-1.1';
const payloads: EventPayloads = { contentType, write: (value) => asBuffer(cbor.serialize(value)) };

/** What of its requests and answers is not the bytes of a body is that of awsJson. */
export function compileAwsCbor(table: ServiceTable): ServiceProtocol {
  const json = compileAwsJson(table, '1.1');
  const decoderOf = jsonDecoders(table, scalarDecoders);
  const encoderOf = jsonEncoders(table, scalarEncoders);
  const streams = streamEncoders(table, encoderOf, payloads);
  const headers = { 'content-type': contentType };
  return {
    ...json,
    operationOf: (request) =>
      request.headers['content-type']?.startsWith(contentType) === true ? json.operationOf(request) : undefined,
    decode(operation, { body }) {
      const { input } = operationRow(table, operation);
      return input === undefined ? {} : decoderOf(input)(parseCbor(body));
    },
    encode(operation, output) {
      const structure = operationRow(table, operation).output;
      if (structure === undefined) return { status: 200, headers, body: Buffer.alloc(0) };
      const body = () => payloads.write(encoderOf(structure)(output ?? {}));
      return streams(structure, output) ?? { status: 200, headers, body: body() };
    },
    encodeError(error, requestId) {
      const answer = json.encodeError(error, requestId);
      const body = payloads.write(JSON.parse(String(answer.body)));
      return { ...answer, headers: { ...answer.headers, ...headers }, body };
    },
  };
}

/** An empty body is an empty object. @throws ServiceError for anything that is not CBOR */
function parseCbor(body: Buffer): unknown {
  if (body.length === 0) return {};
  try {
    return cbor.deserialize(body) as unknown;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw serializationException(`Could not parse the request body as CBOR: ${reason}`, cause);
  }
}

const scalarDecoders: ScalarDecoders = {
  blob: (value) => (value instanceof Uint8Array ? Buffer.from(value) : refuse(value, 'a Blob')),
  timestamp: () => (value) => {
    const time = isTagged(value) && value.tag === 1 ? value.value : value;
    return (typeof time === 'number' && parseTimestamp(time / 1000, 'epoch-seconds')) || refuse(value, 'a Timestamp');
  },
};

const isTagged = (value: unknown): value is { readonly tag: unknown; readonly value: unknown } =>
  typeof value === 'object' && value !== null && 'tag' in value && 'value' in value;

const scalarEncoders: ScalarEncoders = {
  blob: (value) => asBuffer(value as Uint8Array),
  timestamp: () => (value) => tag({ tag: 1, value: (value as Date).getTime() }),
};
