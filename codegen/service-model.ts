/** Reads the schemas that an SDK client exports, and joins botocore's constraints to them. */
import { NormalizedSchema } from '@smithy/core/schema';
import type {
  BoundMember,
  ErrorRow,
  Member,
  MemberLocation,
  OperationRow,
  ServiceTable,
  Shape,
  TimestampFormat,
} from '../src/aws/service-table.ts';
import type { ConstrainedShape, Constraints } from './constraints.ts';

export interface ModelSource {
  readonly service: string;
  /** All exports of the SDK's client package. */
  readonly client: Readonly<Record<string, unknown>>;
  readonly constraints: Constraints;
  /** Those that the table is to have; absent, all. */
  readonly operations?: readonly string[];
  /** Whether errors name themselves with the model's namespace before them. */
  readonly namespacedErrors?: true;
}

type SchemaReference = Parameters<typeof NormalizedSchema.of>[0];
type Http = readonly [method: string, uri: string, status: number];
type OperationSchema = readonly [9, string, string, { readonly http?: Http } | 0, never, never];
interface ErrorTraits {
  readonly httpError?: number;
  readonly awsQueryError?: readonly [code: string, status: number];
}
type ErrorSchema = readonly [-3, string, string, ErrorTraits | 0, ...unknown[]];

/** Where the operations of services that are no REST APIs are all sent to. */
const onePlace: Http = ['POST', '/', 200];

/** The SDK's schemas are tuples that begin with their kind: 9 is an operation, -3 an error. */
const ofKind = (client: ModelSource['client'], kind: number): readonly (readonly unknown[])[] =>
  Object.entries(client)
    .filter(([name, value]) => name.endsWith('$') && Array.isArray(value) && value[0] === kind)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([, value]) => value as readonly unknown[]);

/** @returns The whole table of the service, before the recorded deviations of the live service are applied. */
export function readModel(source: ModelSource): ServiceTable {
  const shapes = new ShapeCollection(source.constraints);
  const all = ofKind(source.client, 9) as readonly OperationSchema[];
  const schemas = servedOf(all, source.operations);
  const inputs = schemas.map(([, , , , input]) => shapes.input(input));
  const outputs = schemas.map(([, , , , , output]) => shapes.output(output));
  const operations: Record<string, OperationRow> = {};
  for (const [index, [, , name, traits]] of schemas.entries()) {
    const [method, uri, status] = (traits === 0 ? undefined : traits.http) ?? onePlace;
    const [input, output] = [inputs[index], outputs[index]];
    operations[name] = {
      method,
      uri,
      status,
      ...(input === undefined ? {} : { input }),
      ...(output === undefined ? {} : { output }),
    };
  }
  const errors: Record<string, ErrorRow> = {};
  for (const schema of ofKind(source.client, -3) as readonly ErrorSchema[]) {
    if (!schema[1].startsWith('smithy.ts.sdk.synthetic')) errors[schema[2]] = readError(schema);
  }
  const unserved = all.map(([, , name]) => name).filter((name) => operations[name] === undefined);
  const { targetPrefix, xmlNamespace } = source.constraints.metadata ?? {};
  return {
    service: source.service,
    ...(targetPrefix === undefined ? {} : { target: targetPrefix }),
    ...(xmlNamespace === undefined ? {} : { xmlNamespace }),
    ...(source.namespacedErrors === undefined ? {} : { errorNamespace: all[0]?.[1] ?? '' }),
    operations,
    ...(unserved.length === 0 ? {} : { unserved }),
    errors,
    shapes: shapes.sorted(),
  };
}

/** @throws Error for a name that the model does not have. */
function servedOf(all: readonly OperationSchema[], names: readonly string[] | undefined): readonly OperationSchema[] {
  if (names === undefined) return all;
  const served = new Set(names);
  const found = all.filter(([, , name]) => served.delete(name));
  if (served.size > 0) throw new Error(`the model has no operation ${[...served].join(', ')}`);
  return found;
}

function readError(schema: ErrorSchema): ErrorRow {
  const members = Object.entries(NormalizedSchema.of(schema as unknown as SchemaReference).getMemberSchemas());
  const headers = members.flatMap(([name, member]) => {
    const header = member.getMergedTraits().httpHeader;
    return header === undefined ? [] : [[name, header] as const];
  });
  const { httpError, awsQueryError } = schema[3] === 0 ? ({} as ErrorTraits) : schema[3];
  return {
    status: httpError ?? awsQueryError?.[1] ?? 400,
    ...(awsQueryError === undefined || awsQueryError[0] === schema[2] ? {} : { queryCode: awsQueryError[0] }),
    message: members.some(([name]) => name === 'Message') ? 'Message' : 'message',
    ...(headers.length === 0 ? {} : { headers: Object.fromEntries(headers) }),
  };
}

/** Take the inputs first: what only an output can reach is not checked and carries nothing to check it by. */
class ShapeCollection {
  readonly #constraints: Constraints;
  readonly #shapes = new Map<string, Shape>();
  #checked = true;

  constructor(constraints: Constraints) {
    this.#constraints = constraints;
  }

  sorted(): Record<string, Shape> {
    return Object.fromEntries([...this.#shapes].toSorted(([a], [b]) => (a < b ? -1 : 1)));
  }

  /** @returns The structure's name in the table, or nothing for an operation without input. */
  input(reference: SchemaReference): string | undefined {
    return this.#addRoot(reference, true);
  }

  output(reference: SchemaReference): string | undefined {
    return this.#addRoot(reference, false);
  }

  #addRoot(reference: SchemaReference, checked: boolean): string | undefined {
    this.#checked = checked;
    const schema = NormalizedSchema.of(reference);
    return schema.isUnitSchema() ? undefined : this.#add(schema, undefined);
  }

  /** @param hint How botocore names the shape, where an input can reach it. @returns The name in the table. */
  #add(schema: NormalizedSchema, hint: string | undefined): string {
    if (schema.isStructSchema()) return this.#addStructure(schema);
    const constrained = hint === undefined ? undefined : this.#constraints.shapes[hint];
    if (schema.isListSchema()) {
      const item = schema.getValueSchema();
      const member = this.#add(item, constrained?.member);
      const row = { kind: 'list', member, ...limits(constrained), ...named('itemName', item) } as const;
      return this.#set(hint ?? `ListOf${capitalised(member)}${capitalised(row.itemName ?? '')}`, row);
    }
    if (schema.isMapSchema()) {
      const key = this.#add(schema.getKeySchema(), constrained?.key);
      const value = this.#add(schema.getValueSchema(), constrained?.value);
      const names = { ...named('keyName', schema.getKeySchema()), ...named('valueName', schema.getValueSchema()) };
      const name = hint ?? `MapOf${capitalised(value)}${capitalised(names.valueName ?? '')}`;
      return this.#set(name, { kind: 'map', key, value, ...names, ...sensitive(schema), ...limits(constrained) });
    }
    return this.#addScalar(schema, hint, constrained);
  }

  #addScalar(schema: NormalizedSchema, hint: string | undefined, constrained: ConstrainedShape | undefined): string {
    if (schema.isBooleanSchema()) return 'boolean';
    if (schema.isTimestampSchema()) return this.#addTimestamp(schema);
    const range = limits(constrained);
    const plain = hint === undefined || Object.keys(range).length === 0;
    if (schema.isNumericSchema()) {
      const kind = numberKind(constrained);
      return plain ? (kind === 'double' ? 'number' : 'integer') : this.#set(hint, { kind, ...range });
    }
    if (schema.isStreaming()) return 'stream';
    if (schema.isBlobSchema())
      return plain ? 'blob' : this.#set(hint, { kind: 'blob', ...sensitive(schema), ...range });
    if (!schema.isStringSchema()) throw new Error(`no table row for the schema ${schema.getName(true) ?? '(unnamed)'}`);
    if (plain) return schema.getMergedTraits().sensitive === 1 ? 'secret' : 'string';
    return this.#set(hint, { kind: 'string', ...sensitive(schema), ...range });
  }

  /** The SDK's schemas say it in a number: 5 is a date and time, 6 that of HTTP, 7 seconds; 4 leaves it to the place. */
  #addTimestamp(schema: NormalizedSchema): string {
    const format = timestampFormats[Number(schema.getSchema())];
    return format === undefined ? 'timestamp' : this.#set(`timestamp-${format}`, { kind: 'timestamp', format });
  }

  #addStructure(schema: NormalizedSchema): string {
    const name = schema.getName() ?? '';
    if (this.#shapes.has(name)) return name;
    const members: Record<string, Member> = {};
    const eventStream = schema.isStreaming() ? { eventStream: true as const } : {};
    this.#set(name, { kind: 'structure', members, ...eventStream, ...elementName(schema) });
    const hints = this.#constraints.shapes[name]?.members;
    const required = new Set(this.#checked ? requiredMembers(schema) : []);
    for (const [memberName, member] of schema.structIterator()) {
      const row = { shape: this.#add(member, hints?.[memberName]), ...binding(member, memberName) };
      members[memberName] = concise(required.has(memberName) ? { ...row, required: true } : row);
    }
    return name;
  }

  #set(name: string, shape: Shape): string {
    this.#shapes.set(name, shape);
    return name;
  }
}

const timestampFormats: Readonly<Record<number, TimestampFormat>> = {
  5: 'date-time',
  6: 'http-date',
  7: 'epoch-seconds',
};

/** A member's schema has the member's own traits too: those of the structure alone count here. */
function elementName(schema: NormalizedSchema): { readonly xmlName?: string } {
  const { xmlName } = schema.getOwnTraits();
  return xmlName === undefined ? {} : { xmlName };
}

/** The name that a schema has in XML and in forms, under the key of the table's that holds it. */
function named<Key extends string>(key: Key, schema: NormalizedSchema): { readonly [K in Key]?: string } {
  const { xmlName } = schema.getMergedTraits();
  return xmlName === undefined ? {} : ({ [key]: xmlName } as { readonly [K in Key]?: string });
}

const capitalised = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

const concise = (member: BoundMember): Member => (Object.keys(member).length === 1 ? member.shape : member);

const sensitive = (schema: NormalizedSchema): { readonly sensitive?: true } =>
  schema.getMergedTraits().sensitive === 1 ? { sensitive: true } : {};

/** A structure's tuple ends with the number of its required members, which stand first. */
function requiredMembers(schema: NormalizedSchema): readonly string[] {
  const tuple = schema.getSchema() as readonly unknown[];
  const names = tuple[4] as readonly string[];
  return typeof tuple[6] === 'number' ? names.slice(0, tuple[6]) : [];
}

function binding(member: NormalizedSchema, name: string): Omit<BoundMember, 'shape' | 'required'> {
  const traits = member.getMergedTraits();
  const at = (place: MemberLocation, wireName: string) =>
    wireName === name ? { in: place } : { in: place, name: wireName };
  if (traits.httpLabel === 1) return { in: 'label' };
  if (traits.httpQuery !== undefined) return at('query', traits.httpQuery);
  if (traits.httpHeader !== undefined) return at('header', traits.httpHeader);
  if (traits.httpPrefixHeaders !== undefined) return at('headers', traits.httpPrefixHeaders);
  if (traits.httpPayload === 1) return at('payload', traits.xmlName ?? name);
  if (traits.httpResponseCode === 1) return { in: 'status' };
  const { xmlName = name, xmlFlattened, xmlAttribute } = traits;
  return {
    ...(xmlName === name ? {} : { name: xmlName }),
    ...(xmlFlattened === 1 ? { flat: true } : {}),
    ...(xmlAttribute === 1 ? { attribute: true } : {}),
  };
}

function limits(shape: ConstrainedShape | undefined): Pick<ConstrainedShape, 'min' | 'max' | 'pattern' | 'enum'> {
  if (shape === undefined) return {};
  const { min, max, pattern, enum: values } = shape;
  return {
    ...(min === undefined ? {} : { min }),
    ...(max === undefined ? {} : { max }),
    ...(pattern === undefined ? {} : { pattern }),
    ...(values === undefined ? {} : { enum: values }),
  };
}

function numberKind(shape: ConstrainedShape | undefined): 'integer' | 'long' | 'double' {
  if (shape?.type === 'integer' || shape?.type === 'long') return shape.type;
  return 'double';
}
