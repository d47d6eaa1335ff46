/**
 * The protocol rpcv2Cbor: the path names the operation, CBOR holds its input.
 * @see Smithy, "Smithy RPC v2 CBOR protocol"
 */
import { ServiceError } from '../../service-error.ts';
import { type ErrorRow, type ServiceTable, shapeNamed } from '../../service-table.ts';
import type { EncodedResponse } from '../encoded-response.ts';
import { jsonDecoders } from '../json/decode-json.ts';
import { jsonEncoders } from '../json/encode-json.ts';
import { operationRow } from '../operation-row.ts';
import { serializationException } from '../serialization-exception.ts';
import type { ServiceProtocol } from '../service-protocol.ts';

const unmodelled: ErrorRow = { status: 400, message: 'message' };
const headers = { 'content-type': 'application/cbor', 'smithy-protocol': 'rpc-v2-cbor' };
/** Of the CBOR tag for times: seconds since the epoch. */
const timeTag = 1;

/** Asynchronous, since few clients speak it and its codec is loaded for them alone. */
export async function compileRpcV2Cbor(table: ServiceTable): Promise<ServiceProtocol> {
  const { cbor, tag } = await import('@smithy/core/cbor');
  const decoderOf = jsonDecoders(table);
  const encoderOf = jsonEncoders(table);
  const path = new RegExp(`/service/${table.target ?? ''}/operation/([A-Za-z0-9]+)$`);
  const answer = (status: number, body: unknown): EncodedResponse => ({
    status,
    headers,
    body: Buffer.from(cbor.serialize(body)),
  });
  const refuse = (error: ServiceError): EncodedResponse => {
    const row = table.errors[error.code] ?? unmodelled;
    const { status = row.status, members = {} } = error.options;
    const text = error.message === '' ? {} : { [row.message]: error.message };
    return answer(status, { __type: error.code, ...text, ...members });
  };
  return {
    operationOf: (request) =>
      request.headers['smithy-protocol'] === 'rpc-v2-cbor' ? path.exec(request.path)?.[1] : undefined,
    decode(operation, { body }) {
      const { input } = operationRow(table, operation);
      if (input === undefined || body.length === 0) return {};
      let value: unknown;
      try {
        value = cbor.deserialize(body);
      } catch (cause) {
        throw serializationException('The body is not CBOR', cause);
      }
      return decoderOf(input)(plain(value));
    },
    encode(operation, output) {
      const { output: structure } = operationRow(table, operation);
      if (structure === undefined) return { status: 200, headers, body: undefined };
      return answer(
        200,
        withTimes(table, structure, encoderOf(structure)(output ?? {}), (seconds) =>
          tag({ tag: timeTag, value: seconds }),
        ),
      );
    },
    encodeError: refuse,
    unknownOperation: (operation) =>
      new ServiceError('UnknownOperationException', `The operation ${operation} is not known.`, { status: 404 }),
  };
}

/** What CBOR tags is taken out of its tag: times are seconds in the model's JSON too. */
function plain(value: unknown): unknown {
  if (typeof value === 'bigint') return Number(value);
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if ('getTime' in value && typeof value.getTime === 'function') return Number(value.getTime()) / 1000;
  if ('tag' in value && 'value' in value && Object.keys(value).length === 2) return plain(value.value);
  if (Array.isArray(value)) return value.map(plain);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item)]));
}

/** Times have a tag of their own, where JSON has a number. */
function withTimes(table: ServiceTable, name: string, value: unknown, tagged: (seconds: number) => unknown): unknown {
  if (value === undefined || value === null) return value;
  const shape = shapeNamed(table, name);
  switch (shape.kind) {
    case 'timestamp':
      return tagged(value as number);
    case 'list':
      return (value as readonly unknown[]).map((item) => withTimes(table, shape.member, item, tagged));
    case 'map':
      return mapValues(value, (item) => withTimes(table, shape.value, item, tagged));
    case 'structure':
      return mapValues(value, (item, key) => {
        const member = shape.members[key];
        const target = typeof member === 'string' ? member : member?.shape;
        return target === undefined ? item : withTimes(table, target, item, tagged);
      });
    default:
      return value;
  }
}

const mapValues = (value: unknown, change: (item: unknown, key: string) => unknown): Record<string, unknown> =>
  Object.fromEntries(Object.entries(value as object).map(([key, item]) => [key, change(item, key)]));
