/** From the parts of an HTTP request to an operation's input. */
import type { IncomingHttpHeaders } from 'node:http';
import {
  type BoundMember,
  membersOf,
  type ServiceTable,
  type Shape,
  shapeNamed,
  structureNamed,
} from '../../service-table.ts';
import type { JsonDecoder } from '../json/decode-json.ts';
import { setOwn } from '../json/own-property.ts';
import { parseBody } from '../json/parse-body.ts';
import { serializationException } from '../serialization-exception.ts';
import { textDecoder } from './decode-text.ts';

export interface RequestParts {
  /** In the order of the route's labels, still percent-encoded. */
  readonly labelValues: readonly string[];
  readonly rawQuery: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** @throws ServiceError SerializationException for a request that does not have the form of the model. */
export type RequestDecoder = (parts: RequestParts) => Readonly<Record<string, unknown>>;

export interface RequestDecoderSource {
  readonly table: ServiceTable;
  readonly inputStructure: string;
  /** Names of the labels, in the order in which they stand in the path. */
  readonly labels: readonly string[];
  readonly json: (shape: string) => JsonDecoder;
}

/** Takes one member, or all of the body's, out of the request. */
type Step = (parts: Parts, input: Record<string, unknown>) => void;

interface Parts extends RequestParts {
  readonly query: URLSearchParams | undefined;
}

export function compileRequestDecoder(source: RequestDecoderSource): RequestDecoder {
  const members = membersOf(structureNamed(source.table, source.inputStructure));
  const steps = members.flatMap(([name, member]) => stepOf(source, name, member) ?? []);
  if (members.some(([, member]) => member.in === undefined)) steps.push(jsonBody(source.json(source.inputStructure)));
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
      return header(name, wireName.toLowerCase(), shape);
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

function header(name: string, wireName: string, shape: Shape): Step {
  const decode = textDecoder(shape, 'header');
  return ({ headers }, input) => {
    const value = headers[wireName];
    if (value !== undefined) input[name] = decode(typeof value === 'string' ? value : value.join(', '));
  };
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

/** The bytes as they came, without a copy; a structure is the JSON body by itself. */
function payload(name: string, shape: Shape, member: BoundMember, source: RequestDecoderSource): Step {
  if (shape.kind === 'blob') {
    return ({ body }, input) => {
      if (body.length > 0 || member.required === true) input[name] = body;
    };
  }
  const decode = source.json(member.shape);
  return ({ body }, input) => {
    if (body.length > 0) input[name] = decode(parseBody(body));
  };
}

/** A structure's own decoder takes the members that are bound to nothing else. */
function jsonBody(decode: JsonDecoder): Step {
  return ({ body }, input) => {
    const value = parseBody(body);
    if (value !== null) Object.assign(input, decode(value));
  };
}
