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
import type { JsonEncoder } from '../json/encode-json.ts';
import { formatTimestamp } from '../timestamp.ts';

export interface EncodedResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Absent where the response has no body at all. */
  readonly body: Buffer | undefined;
}

export type ResponseEncoder = (output: unknown) => EncodedResponse;

export interface ResponseEncoderSource {
  readonly table: ServiceTable;
  readonly outputStructure: string | undefined;
  /** The status when the output does not hold one. */
  readonly status: number;
  readonly json: (shape: string) => JsonEncoder;
}

type Output = Readonly<Record<string, unknown>>;
type Headers = Record<string, string>;

const json = 'application/json';

export function compileResponseEncoder(source: ResponseEncoderSource): ResponseEncoder {
  const { table, outputStructure, status } = source;
  const members = outputStructure === undefined ? [] : membersOf(structureNamed(table, outputStructure));
  const statusMember = members.find(([, member]) => member.in === 'status')?.[0];
  const writers = members.flatMap(([name, member]) => headerWriter(table, name, member) ?? []);
  const encodeBody = bodyEncoder(source, members);
  return (value) => {
    const output = (value ?? {}) as Output;
    const bound = statusMember === undefined ? undefined : output[statusMember];
    const actual = typeof bound === 'number' ? bound : status;
    const headers: Headers = {};
    for (const write of writers) write(output, headers);
    const body = actual === 204 ? undefined : encodeBody(output);
    if (body !== undefined && body.length > 0) headers['content-type'] ??= json;
    return { status: actual, headers, body };
  };
}

function bodyEncoder(
  source: ResponseEncoderSource,
  members: readonly (readonly [string, BoundMember])[],
): (output: Output) => Buffer | undefined {
  const payload = members.find(([, member]) => member.in === 'payload');
  if (payload === undefined) {
    const { outputStructure } = source;
    if (outputStructure === undefined) return () => Buffer.from('{}');
    const encode = source.json(outputStructure);
    return (output) => Buffer.from(JSON.stringify(encode(output)));
  }
  const [name, member] = payload;
  const shape = shapeNamed(source.table, member.shape);
  if (shape.kind === 'blob') {
    return (output) => (output[name] instanceof Uint8Array ? asBuffer(output[name]) : Buffer.alloc(0));
  }
  invariant(
    shape.kind === 'structure' && shape.eventStream !== true,
    `${name} is an event stream: it has no whole body`,
  );
  const encode = source.json(member.shape);
  return (output) => Buffer.from(JSON.stringify(encode(output[name] ?? {})));
}

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
