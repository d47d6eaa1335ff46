/** From the parts of an HTTP request to an operation's input. */
import type { IncomingHttpHeaders } from 'node:http';
import {
  type BoundMember,
  type ListShape,
  membersOf,
  type ServiceTable,
  type Shape,
  shapeNamed,
  structureNamed,
} from '../../service-table.ts';
import { setOwn } from '../json/own-property.ts';
import { textDecoder } from '../rest-json/decode-text.ts';
import { serializationException } from '../serialization-exception.ts';

export interface RequestParts {
  /** In the order of the route's labels, still percent-encoded. */
  readonly labelValues: readonly string[];
  readonly rawQuery: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  /** The body, where it is not read whole. */
  readonly stream?: AsyncIterable<Buffer>;
}

/** How a protocol reads a body that is a document. */
export interface BodyReader {
  /** The members that are bound to nothing else; nothing where the body says nothing of them. */
  members(structure: string): (body: Buffer) => object | undefined;
  /** A structure that is the document by itself. @param name Of the member. */
  payload(member: BoundMember, name: string): (body: Buffer) => unknown;
}

/** @throws ServiceError SerializationException for a request that does not have the form of the model. */
export type RequestDecoder = (parts: RequestParts) => Readonly<Record<string, unknown>>;

export interface RequestDecoderSource {
  readonly table: ServiceTable;
  readonly inputStructure: string;
  /** Names of the labels, in the order in which they stand in the path. */
  readonly labels: readonly string[];
  readonly body: BodyReader;
}

/** Takes one member, or all of the body's, out of the request. */
type Step = (parts: Parts, input: Record<string, unknown>) => void;

interface Parts extends RequestParts {
  readonly query: URLSearchParams | undefined;
}

export function compileRequestDecoder(source: RequestDecoderSource): RequestDecoder {
  const members = membersOf(structureNamed(source.table, source.inputStructure));
  const steps = members.flatMap(([name, member]) => stepOf(source, name, member) ?? []);
  if (members.some(([, member]) => member.in === undefined)) steps.push(freeMembers(source));
  const readsQuery = members.some(([, member]) => member.in === 'query');
  return (parts) => {
    const query = readsQuery && parts.rawQuery !== '' ? new URLSearchParams(parts.rawQuery) : undefined;
    const readable = { ...parts, query };
    const input: Record<string, unknown> = {};
    for (const step of steps) step(readable, input);
    return input;
  };
}

function stepOf(source: RequestDecoderSource, name: string, member: BoundMember): Step | undefined {
  const shape = shapeNamed(source.table, member.shape);
  const wireName = member.name ?? name;
  switch (member.in) {
    case 'label':
      return label(name, source.labels.indexOf(name), shape);
    case 'query':
      return queryParameter(source.table, name, wireName, shape);
    case 'header':
      return header(source.table, name, wireName.toLowerCase(), shape);
    case 'headers':
      return prefixHeaders(name, wireName.toLowerCase());
    case 'payload':
      return payload(name, shape, member, source);
    default:
      return undefined;
  }
}

function label(name: string, index: number, shape: Shape): Step {
  const decode = textDecoder(shape, 'label');
  return ({ labelValues }, input) => {
    input[name] = decode(percentDecoded(labelValues[index] ?? ''));
  };
}

function percentDecoded(text: string): string {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch (cause) {
    throw serializationException(`The path segment ${text} is not percent-encoded UTF-8`, cause);
  }
}

function queryParameter(table: ServiceTable, name: string, wireName: string, shape: Shape): Step {
  if (shape.kind === 'list') {
    const decode = textDecoder(shapeNamed(table, shape.member), 'query');
    return ({ query }, input) => {
      const values = query?.getAll(wireName) ?? [];
      if (values.length > 0) input[name] = values.map(decode);
    };
  }
  const decode = textDecoder(shape, 'query');
  return ({ query }, input) => {
    const value = query?.get(wireName);
    if (value !== undefined && value !== null) input[name] = decode(value);
  };
}

function header(table: ServiceTable, name: string, wireName: string, shape: Shape): Step {
  const decode = shape.kind === 'list' ? listedText(table, shape) : textDecoder(shape, 'header');
  return ({ headers }, input) => {
    const value = headers[wireName];
    if (value !== undefined) input[name] = decode(typeof value === 'string' ? value : value.join(', '));
  };
}

/** Elements in one header, with commas between them. */
function listedText(table: ServiceTable, shape: ListShape): (text: string) => unknown {
  const decode = textDecoder(shapeNamed(table, shape.member), 'header');
  return (text) => text.split(',').map((item) => decode(item.trim()));
}

function prefixHeaders(name: string, prefix: string): Step {
  return ({ headers }, input) => {
    const map: Record<string, unknown> = {};
    for (const [key, value] of Object.entries(headers)) {
      if (!key.startsWith(prefix) || value === undefined) continue;
      setOwn(map, key.slice(prefix.length), typeof value === 'string' ? value : value.join(', '));
    }
    if (Object.keys(map).length > 0) input[name] = map;
  };
}

/** The bytes as they came, without a copy; a structure is the document by itself. */
function payload(name: string, shape: Shape, member: BoundMember, source: RequestDecoderSource): Step {
  if (shape.kind === 'blob') {
    return ({ body, stream }, input) => {
      if (stream !== undefined && shape.streaming === true) input[name] = stream;
      else if (body.length > 0 || member.required === true) input[name] = body;
    };
  }
  // A policy for example: text that is in a language of its own.
  if (shape.kind === 'string') {
    return ({ body }, input) => {
      if (body.length > 0) input[name] = body.toString('utf8');
    };
  }
  const decode = source.body.payload(member, name);
  return ({ body }, input) => {
    if (body.length > 0) input[name] = decode(body);
  };
}

/** A structure's own decoder takes the members that are bound to nothing else. */
function freeMembers({ body: reader, inputStructure }: RequestDecoderSource): Step {
  const decode = reader.members(inputStructure);
  return ({ body }, input) => {
    Object.assign(input, decode(body));
  };
}
