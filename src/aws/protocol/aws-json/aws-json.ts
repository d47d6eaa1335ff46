/**
 * The protocols awsJson1_0 and awsJson1_1, which differ in their content type alone: `X-Amz-Target` names the operation,
 * the body is its input.
 * @see Smithy, "AWS JSON 1.0 protocol"
 */
import { ServiceError } from '../../service-error.ts';
import { type ErrorRow, membersOf, type ServiceTable, shapeNamed, structureNamed } from '../../service-table.ts';
import type { EncodedResponse } from '../encoded-response.ts';
import {
  compileEventStreamEncoder,
  type EventPayloads,
  eventStreamType,
  initialResponse,
} from '../event-stream/encode-event-stream.ts';
import { jsonDecoders } from '../json/decode-json.ts';
import { jsonEncoders } from '../json/encode-json.ts';
import { parseBody } from '../json/parse-body.ts';
import { operationRow } from '../operation-row.ts';
import type { ServiceProtocol } from '../service-protocol.ts';

export type AwsJsonVersion = '1.0' | '1.1';

/** Errors that no model holds: the caller's fault unless they say otherwise. */
const unmodelled: ErrorRow = { status: 400, message: 'message' };

/**
 * @param hadQueryProtocol The service once spoke awsQuery, and tells its clients the older names of errors.
 *   See Smithy, "awsQueryCompatible trait".
 */
export function compileAwsJson(
  table: ServiceTable,
  version: AwsJsonVersion,
  hadQueryProtocol = false,
): ServiceProtocol {
  const decoderOf = jsonDecoders(table);
  const encoderOf = jsonEncoders(table);
  const contentType = `application/x-amz-json-${version}`;
  const prefix = `${table.target ?? ''}.`;
  const answer = (status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): EncodedResponse => ({
    status,
    headers: { 'content-type': contentType, ...headers },
    body: Buffer.from(JSON.stringify(body)),
  });
  const streams = streamEncoders(table, encoderOf);
  return {
    operationOf({ headers }) {
      const target = headers['x-amz-target'];
      return typeof target === 'string' && target.startsWith(prefix) ? target.slice(prefix.length) : undefined;
    },
    decode(operation, { body }) {
      const { input } = operationRow(table, operation);
      return input === undefined ? {} : decoderOf(input)(parseBody(body));
    },
    unknownOperation: (operation) =>
      new ServiceError('UnknownOperationException', `${table.service} has no operation ${operation}.`, { status: 400 }),
    encode(operation, output) {
      const structure = operationRow(table, operation).output;
      if (structure === undefined) return { ...answer(200, {}), body: Buffer.alloc(0) };
      return streams(structure, output) ?? answer(200, encoderOf(structure)(output ?? {}));
    },
    encodeError(error) {
      const row = table.errors[error.code] ?? unmodelled;
      const { status = row.status, headers = {}, type = 'User', members = {} } = error.options;
      const body = {
        __type: nameOf(table, error),
        ...(error.message === '' ? {} : { [row.message]: error.message }),
        ...members,
      };
      const fault = type === 'Service' ? 'Receiver' : 'Sender';
      const { queryCode = error.code } = row;
      const older = hadQueryProtocol ? { 'x-amzn-query-error': `${queryCode};${fault}` } : {};
      return answer(status, body, { ...older, ...headers });
    },
  };
}

const nameOf = ({ errorNamespace, errors }: ServiceTable, { code }: ServiceError): string =>
  errorNamespace === undefined || errors[code] === undefined ? code : `${errorNamespace}#${code}`;

type StreamEncoder = (structure: string, output: unknown) => EncodedResponse | undefined;

/** The stream has the body to itself: what else the output holds is the first message in it. */
export function streamEncoders(
  table: ServiceTable,
  encoderOf: ReturnType<typeof jsonEncoders>,
  payloads?: EventPayloads,
): StreamEncoder {
  return (structure, output) => {
    for (const [name, { shape }] of membersOf(structureNamed(table, structure))) {
      const target = shapeNamed(table, shape);
      if (target.kind !== 'structure' || target.eventStream !== true) continue;
      const { [name]: events, ...others } = output as Readonly<Record<string, unknown>>;
      const encode = compileEventStreamEncoder(table, shape, encoderOf, payloads);
      const first = initialResponse(encoderOf(structure)(others), payloads);
      const stream = following(first, encode(events as AsyncIterable<Record<string, unknown>>));
      return { status: 200, headers: { 'content-type': eventStreamType }, body: undefined, stream };
    }
    return undefined;
  };
}

async function* following(first: Buffer, rest: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  yield first;
  yield* rest;
}
