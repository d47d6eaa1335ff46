/** The shape of the generated tables: an AWS service's wire, as data that a protocol codec is compiled from. */
import { invariant } from '../kernel/invariant.ts';

export interface ServiceTable {
  /** As it stands in a signature's scope, `lambda` for example. */
  readonly service: string;
  /** What stands before the dot of `X-Amz-Target`, where the service speaks awsJson. */
  readonly target?: string;
  /** Of the elements of an answer in XML. */
  readonly xmlNamespace?: string;
  /** Stands before an error's name in `__type`, where the service writes one. */
  readonly errorNamespace?: string;
  /** Operations that the service has and that are not served here. */
  readonly unserved?: readonly string[];
  readonly operations: Readonly<Record<string, OperationRow>>;
  readonly errors: Readonly<Record<string, ErrorRow>>;
  /** By name; the plain shapes of `builtInShapes` are not repeated here. */
  readonly shapes: Readonly<Record<string, Shape>>;
}

export interface OperationRow {
  readonly method: string;
  /** Path with `{Label}` segments and perhaps a query that the request must hold, `?find=LayerVersion`. */
  readonly uri: string;
  /** HTTP status of success, unless the output holds a bound one. */
  readonly status: number;
  /** Names of structures; absent where the operation has none. */
  readonly input?: string;
  readonly output?: string;
}

export interface ErrorRow {
  readonly status: number;
  /** Under which key of the body the text stands; it differs from error to error and clients compare it. */
  readonly message: 'message' | 'Message';
  /** The name that clients of the older query protocol know it by. */
  readonly queryCode?: string;
  /** Members that travel as a header, by member name. */
  readonly headers?: Readonly<Record<string, string>>;
}

export type Shape =
  | StructureShape
  | ListShape
  | MapShape
  | StringShape
  | NumberShape
  | BlobShape
  | BooleanShape
  | TimestampShape;

interface Sensitive {
  /** The value never appears in an error's text. */
  readonly sensitive?: true;
}

/** Inclusive: length of strings, blobs, lists and maps, value of numbers. */
interface Range {
  readonly min?: number;
  readonly max?: number;
}

export interface StructureShape extends Sensitive {
  readonly kind: 'structure';
  readonly members: Readonly<Record<string, Member>>;
  /** One of the members at a time, sent as frames of an event stream. */
  readonly eventStream?: true;
  /** Of its element, where that is a document's first; absent where it is the member's or the structure's own. */
  readonly xmlName?: string;
}

export interface ListShape extends Sensitive, Range {
  readonly kind: 'list';
  readonly member: string;
  /** AWS leaves "Member must not be null" out of the message for this one. */
  readonly nullUnnamed?: true;
  /** Of each element in XML and in forms, instead of `member`. */
  readonly itemName?: string;
}

export interface MapShape extends Sensitive, Range {
  readonly kind: 'map';
  readonly key: string;
  readonly value: string;
  /** Of an entry's parts in XML and in forms, instead of `key` and `value`. */
  readonly keyName?: string;
  readonly valueName?: string;
}

export interface StringShape extends Sensitive, Range {
  readonly kind: 'string';
  /** The whole value must match. */
  readonly pattern?: string;
  /** In the order in which AWS names them. */
  readonly enum?: readonly string[];
}

export interface NumberShape extends Range {
  readonly kind: 'integer' | 'long' | 'double';
}

export interface BlobShape extends Sensitive, Range {
  readonly kind: 'blob';
  /** Too large to be held whole: comes and goes as a stream. */
  readonly streaming?: true;
}

export interface BooleanShape {
  readonly kind: 'boolean';
}

export interface TimestampShape {
  readonly kind: 'timestamp';
  /** Absent: the default of the place where it stands. */
  readonly format?: TimestampFormat;
}

export type TimestampFormat = 'epoch-seconds' | 'date-time' | 'http-date';

/** A member that is nothing but a key of the JSON body is written as the name of its shape alone. */
export type Member = string | BoundMember;

export interface BoundMember {
  readonly shape: string;
  readonly required?: true;
  readonly in?: MemberLocation;
  /**
   * Name of the query parameter, header, element or form field, or the prefix of headers; absent where it is the
   * member's own.
   */
  readonly name?: string;
  /** A list or map without an element of its own around it, in XML and in forms. */
  readonly flat?: true;
  /** An attribute of the structure's element. */
  readonly attribute?: true;
}

/** `payload`: the whole body. `headers`: a map, one header a key. `status`: the HTTP status itself. */
export type MemberLocation = 'label' | 'query' | 'header' | 'headers' | 'payload' | 'status';

/** Shapes without a name or constraint of their own. */
export const builtInShapes: Readonly<Record<string, Shape>> = {
  string: { kind: 'string' },
  secret: { kind: 'string', sensitive: true },
  boolean: { kind: 'boolean' },
  integer: { kind: 'integer' },
  number: { kind: 'double' },
  timestamp: { kind: 'timestamp' },
  blob: { kind: 'blob' },
  stream: { kind: 'blob', streaming: true },
};

/** @throws InvariantViolation for a name that the table does not have. */
export function shapeNamed(table: ServiceTable, name: string): Shape {
  const shape = table.shapes[name] ?? builtInShapes[name];
  invariant(shape !== undefined, `the ${table.service} table has no shape ${name}`);
  return shape;
}

/** @throws InvariantViolation for a name that is not a structure of the table. */
export function structureNamed(table: ServiceTable, name: string): StructureShape {
  const shape = shapeNamed(table, name);
  invariant(shape.kind === 'structure', `${name} is a ${shape.kind}, not a structure`);
  return shape;
}

/** The members in the model's order, each in its long form. */
export const membersOf = (structure: StructureShape): readonly (readonly [string, BoundMember])[] =>
  Object.entries(structure.members).map(([name, member]) => [
    name,
    typeof member === 'string' ? { shape: member } : member,
  ]);
