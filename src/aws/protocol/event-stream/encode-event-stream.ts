/** From the events of an output to the frames of an `application/vnd.amazon.eventstream` body. */
import { invariant } from '../../../kernel/invariant.ts';
import { membersOf, type ServiceTable, shapeNamed, structureNamed } from '../../service-table.ts';
import { asBuffer } from '../as-buffer.ts';
import type { JsonEncoder } from '../json/encode-json.ts';
import { encodeFrame } from './frame.ts';

export const eventStreamType = 'application/vnd.amazon.eventstream';

type Event = Readonly<Record<string, unknown>>;
type EventEncoder = (value: Event) => Buffer;

/** How the plain values of events become bytes. */
export interface EventPayloads {
  readonly contentType: string;
  readonly write: (value: unknown) => Buffer;
}

const jsonPayloads: EventPayloads = {
  contentType: 'application/json',
  write: (value) => Buffer.from(JSON.stringify(value)),
};

/** @param union name of the structure whose members are the events, of which one is set at a time */
export function compileEventStreamEncoder(
  table: ServiceTable,
  union: string,
  encoderOf: (shape: string) => JsonEncoder,
  payloads = jsonPayloads,
): (events: AsyncIterable<Event>) => AsyncIterable<Buffer> {
  const encoders = new Map(
    membersOf(structureNamed(table, union)).map(([name, { shape }]) => [
      name,
      eventEncoder(table, name, shape, encoderOf, payloads),
    ]),
  );
  const encode = (event: Event): Buffer => {
    const [name, value] = Object.entries(event).find(([, given]) => given !== undefined) ?? [];
    const encoder = name === undefined ? undefined : encoders.get(name);
    invariant(encoder !== undefined, `${union} has no event ${name}`);
    return encoder(value as Event);
  };
  return async function* (events) {
    for await (const event of events) yield encode(event);
  };
}

/**
 * The first message of a stream where an operation's output has no other place: its members beside the stream.
 * @see Smithy, "Initial-response messages"
 */
export const initialResponse = (members: unknown, payloads = jsonPayloads): Buffer =>
  encodeFrame(eventHeaders('initial-response', payloads.contentType), payloads.write(members));

/** An event whose only member is a blob is that blob; any other is written whole. */
function eventEncoder(
  table: ServiceTable,
  name: string,
  shape: string,
  encoderOf: (shape: string) => JsonEncoder,
  { contentType, write }: EventPayloads,
): EventEncoder {
  const [only, ...others] = membersOf(structureNamed(table, shape));
  const isBlob = only !== undefined && others.length === 0 && shapeNamed(table, only[1].shape).kind === 'blob';
  if (isBlob) {
    return (value) => {
      const blob = value[only[0]];
      const bytes = blob instanceof Uint8Array ? asBuffer(blob) : Buffer.alloc(0);
      return encodeFrame(eventHeaders(name, 'application/octet-stream'), bytes);
    };
  }
  const encode = encoderOf(shape);
  const headers = table.errors[name] === undefined ? eventHeaders(name, contentType) : errorHeaders(name, contentType);
  return (value) => encodeFrame(headers, write(encode(value)));
}

const eventHeaders = (name: string, contentType: string) =>
  [
    [':event-type', name],
    [':content-type', contentType],
    [':message-type', 'event'],
  ] as const;

/** Of a modelled error, which ends the stream. */
const errorHeaders = (name: string, contentType: string) =>
  [
    [':exception-type', name],
    [':content-type', contentType],
    [':message-type', 'exception'],
  ] as const;
