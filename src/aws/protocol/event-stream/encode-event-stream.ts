/** From the events of an output to the frames of an `application/vnd.amazon.eventstream` body. */
import { invariant } from '../../../kernel/invariant.ts';
import { membersOf, type ServiceTable, shapeNamed, structureNamed } from '../../service-table.ts';
import { asBuffer } from '../as-buffer.ts';
import type { JsonEncoder } from '../json/encode-json.ts';
import { encodeFrame } from './frame.ts';

export const eventStreamType = 'application/vnd.amazon.eventstream';

type Event = Readonly<Record<string, unknown>>;
type EventEncoder = (value: Event) => Buffer;

/** @param union name of the structure whose members are the events, of which one is set at a time */
export function compileEventStreamEncoder(
  table: ServiceTable,
  union: string,
  json: (shape: string) => JsonEncoder,
): (events: AsyncIterable<Event>) => AsyncIterable<Buffer> {
  const encoders = new Map(
    membersOf(structureNamed(table, union)).map(([name, { shape }]) => [name, eventEncoder(table, name, shape, json)]),
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

/** An event whose only member is a blob is that blob; any other is JSON. */
function eventEncoder(
  table: ServiceTable,
  name: string,
  shape: string,
  json: (shape: string) => JsonEncoder,
): EventEncoder {
  const [only, ...others] = membersOf(structureNamed(table, shape));
  const isBlob = only !== undefined && others.length === 0 && shapeNamed(table, only[1].shape).kind === 'blob';
  const headers = (contentType: string) =>
    [
      [':event-type', name],
      [':content-type', contentType],
      [':message-type', 'event'],
    ] as const;
  if (isBlob) {
    return (value) => {
      const blob = value[only[0]];
      return encodeFrame(
        headers('application/octet-stream'),
        blob instanceof Uint8Array ? asBuffer(blob) : Buffer.alloc(0),
      );
    };
  }
  const encode = json(shape);
  return (value) => encodeFrame(headers('application/json'), Buffer.from(JSON.stringify(encode(value))));
}
