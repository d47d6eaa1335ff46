/** From an operation's output to the parts of an HTTP response. */
import { invariant } from '../../../kernel/invariant.ts';
import {
  type BoundMember,
  membersOf,
  type ServiceTable,
  type Shape,
  shapeNamed,
  structureNamed,
} from '../../service-table.ts';
import { asBuffer } from '../as-buffer.ts';
import type { EncodedResponse } from '../encoded-response.ts';
import { compileEventStreamEncoder, eventStreamType } from '../event-stream/encode-event-stream.ts';
import type { JsonEncoder } from '../json/encode-json.ts';
import { formatTimestamp } from '../timestamp.ts';

type Output = Readonly<Record<string, unknown>>;

export type ResponseEncoder = (output: unknown) => EncodedResponse;

export interface ResponseEncoderSource {
  readonly table: ServiceTable;
  readonly outputStructure: string | undefined;
  /** The status when the output does not hold one. */
  readonly status: number;
  readonly body: BodyWriter;
}

/** How a protocol writes a body that is a document. */
export interface BodyWriter {
  readonly contentType: string;
  /** The members that are bound to nothing else. @param structure Absent where the operation has no output. */
  members(structure: string | undefined): (output: Output) => Buffer | undefined;
  /** A structure that is the document by itself. @param name Of the member. */
  payload(member: BoundMember, name: string): (value: unknown) => Buffer;
  /** Of what an event stream carries, where the protocol has such streams. */
  readonly events?: (shape: string) => JsonEncoder;
}

type Headers = Record<string, string>;

export function compileResponseEncoder(source: ResponseEncoderSource): ResponseEncoder {
  const { table, outputStructure, status } = source;
  const members = outputStructure === undefined ? [] : membersOf(structureNamed(table, outputStructure));
  const statusMember = members.find(([, member]) => member.in === 'status')?.[0];
  const writers = members.flatMap(([name, member]) => headerWriter(table, name, member) ?? []);
  const streamMember = members.find(([, { shape }]) => isEventStream(table, shape));
  if (streamMember !== undefined) return streamEncoder(source, streamMember, writers);
  const encodeBody = bodyEncoder(source, members);
  return (value) => {
    const output = (value ?? {}) as Output;
    const bound = statusMember === undefined ? undefined : output[statusMember];
    const actual = typeof bound === 'number' ? bound : status;
    const headers: Headers = {};
    for (const write of writers) write(output, headers);
    const body = actual === 204 ? undefined : encodeBody(output);
    if (body === undefined || body instanceof Uint8Array) {
      if (body !== undefined && body.length > 0) headers['content-type'] ??= source.body.contentType;
      return { status: actual, headers, body };
    }
    return { status: actual, headers, body: undefined, stream: body };
  };
}

const isEventStream = (table: ServiceTable, name: string): boolean => {
  const shape = shapeNamed(table, name);
  return shape.kind === 'structure' && shape.eventStream === true;
};

/** The stream has the body to itself; a content type among the output's headers is that of what it carries. */
function streamEncoder(
  { table, status, body }: ResponseEncoderSource,
  [name, { shape }]: readonly [string, BoundMember],
  writers: readonly ((output: Output, headers: Headers) => void)[],
): ResponseEncoder {
  invariant(body.events !== undefined, `${table.service} has an event stream that its protocol cannot write`);
  const encode = compileEventStreamEncoder(table, shape, body.events);
  return (value) => {
    const output = (value ?? {}) as Output;
    const headers: Headers = {};
    for (const write of writers) write(output, headers);
    const events = output[name];
    // Nothing was run: the answer is its status alone.
    if (events === undefined) return { status: 204, headers, body: undefined };
    headers['content-type'] = eventStreamType;
    return { status, headers, body: undefined, stream: encode(events as AsyncIterable<Output>) };
  };
}

function bodyEncoder(
  source: ResponseEncoderSource,
  members: readonly (readonly [string, BoundMember])[],
): (output: Output) => Buffer | AsyncIterable<Buffer> | undefined {
  const payload = members.find(([, member]) => member.in === 'payload');
  if (payload === undefined) return source.body.members(source.outputStructure);
  const [name, member] = payload;
  const shape = shapeNamed(source.table, member.shape);
  if (shape.kind === 'blob') {
    return ({ [name]: value }) => {
      if (shape.streaming === true && isIterable(value)) return value;
      return value instanceof Uint8Array ? asBuffer(value) : Buffer.alloc(0);
    };
  }
  if (shape.kind === 'string') return ({ [name]: value }) => Buffer.from(typeof value === 'string' ? value : '');
  invariant(shape.kind === 'structure', `${name} is neither a blob nor a structure`);
  const encode = source.body.payload(member, name);
  return (output) => encode(output[name] ?? {});
}

const isIterable = (value: unknown): value is AsyncIterable<Buffer> =>
  typeof value === 'object' && value !== null && Symbol.asyncIterator in value;

function headerWriter(
  table: ServiceTable,
  name: string,
  member: BoundMember,
): ((output: Output, headers: Headers) => void) | undefined {
  if (member.in === 'header') {
    const wireName = (member.name ?? name).toLowerCase();
    const shape = shapeNamed(table, member.shape);
    return (output, headers) => {
      const value = output[name];
      if (value !== undefined && value !== null) headers[wireName] = headerText(shape, value);
    };
  }
  if (member.in !== 'headers') return undefined;
  const prefix = (member.name ?? '').toLowerCase();
  return (output, headers) => {
    for (const [key, value] of Object.entries(output[name] ?? {})) headers[prefix + key.toLowerCase()] = String(value);
  };
}

function headerText(shape: Shape, value: unknown): string {
  return shape.kind === 'timestamp'
    ? String(formatTimestamp(value as Date, shape.format ?? 'http-date'))
    : String(value);
}
