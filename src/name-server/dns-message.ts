/**
 * As much of DNS messages as a server needs that knows addresses only: it reads the question and writes short answers.
 * Everything else goes on to a real resolver as it came, which is why no library for whole messages is used.
 * @see RFC 1035, RFC 6891
 */
import { isIPv4 } from 'node:net';

export interface DnsQuestion {
  /** In small letters, without the dot at its end; empty is the root. */
  readonly name: string;
  readonly type: number;
  readonly class: number;
}

/** A query as it came. */
export interface DnsQuery {
  readonly kind: 'query';
  readonly packet: Buffer;
  readonly question: DnsQuestion;
  /** Where the question ends in the packet. */
  readonly questionEnd: number;
  /** The asker speaks EDNS, and expects the answer to do so too. */
  readonly extended: boolean;
}

/** A query that is answered with a failure, whoever could answer the question. */
export interface UnusableQuery {
  readonly kind: 'unusable';
  readonly packet: Buffer;
  readonly code: ResponseCode;
}

export type ResponseCode = 'ok' | 'format-error' | 'server-failure' | 'not-implemented' | 'refused';

export const recordType = { a: 1, aaaa: 28, any: 255, options: 41 } as const;
export const internetClass = 1;

const headerLength = 12;
const codes: Readonly<Record<ResponseCode, number>> = {
  ok: 0,
  'format-error': 1,
  'server-failure': 2,
  'not-implemented': 4,
  refused: 5,
};
const flag = { response: 0x8000, recursionDesired: 0x0100, recursionAvailable: 0x0080 } as const;
const operationBits = 0x7800;
/** Short, because the daemon may have another address after its next start. */
const secondsToLive = 10;
/** A UDP message that is sure to arrive in one piece. Source: DNS flag day 2020. */
const offeredUdpSize = 1232;

/** @returns nothing for what gets no answer: no message at all, or an answer itself, to which a reply could echo for ever */
export function parseQuery(packet: Buffer): DnsQuery | UnusableQuery | undefined {
  if (packet.length < headerLength) return undefined;
  const flags = packet.readUInt16BE(2);
  if ((flags & flag.response) !== 0) return undefined;
  if ((flags & operationBits) !== 0) return { kind: 'unusable', packet, code: 'not-implemented' };
  const named = packet.readUInt16BE(4) === 1 ? readName(packet) : undefined;
  if (named === undefined || named.end + 4 > packet.length) return { kind: 'unusable', packet, code: 'format-error' };
  const questionEnd = named.end + 4;
  return {
    kind: 'query',
    packet,
    question: { name: named.name, type: packet.readUInt16BE(named.end), class: packet.readUInt16BE(named.end + 2) },
    questionEnd,
    extended: hasOptions(packet, questionEnd),
  };
}

/** The name of the question, which begins after the header; pointers have nothing to point at yet. */
function readName(packet: Buffer): { readonly name: string; readonly end: number } | undefined {
  const labels: string[] = [];
  let at = headerLength;
  for (;;) {
    const length = packet[at];
    if (length === undefined || length > 63) return undefined;
    if (length === 0) break;
    // A dot in a label is not the dot between labels; no name that we know has one, nor anything outside ASCII.
    const label = packet.toString('latin1', at + 1, at + 1 + length).replaceAll('.', '\\046');
    labels.push(label.toLowerCase());
    at += 1 + length;
  }
  const end = at + 1;
  return end - headerLength > 255 ? undefined : { name: labels.join('.'), end };
}

/** Whether the record after the question is the one of EDNS, as all clients send it. */
function hasOptions(packet: Buffer, at: number): boolean {
  const [answers, authorities, additional] = [6, 8, 10].map((offset) => packet.readUInt16BE(offset));
  if (answers !== 0 || authorities !== 0 || additional === 0) return false;
  return packet[at] === 0 && at + 3 <= packet.length && packet.readUInt16BE(at + 1) === recordType.options;
}

/** An answer with these addresses, which are of the type that was asked for; none says that the name has no such record. */
export function answerWith(
  { packet, question, questionEnd, extended }: DnsQuery,
  addresses: readonly string[],
): Buffer {
  const head = Buffer.from(packet.subarray(0, questionEnd));
  writeHeader(head, 'ok', { questions: 1, answers: addresses.length, additional: extended ? 1 : 0 });
  return Buffer.concat([head, ...addresses.map((address) => addressRecord(address, question)), ...options(extended)]);
}

/** The same question with a failure. */
export function failureOf(query: DnsQuery | UnusableQuery, code: ResponseCode): Buffer {
  const { packet } = query;
  const readable = query.kind === 'query';
  const head = Buffer.from(packet.subarray(0, readable ? query.questionEnd : headerLength));
  const extended = readable && query.extended;
  writeHeader(head, code, { questions: readable ? 1 : 0, answers: 0, additional: extended ? 1 : 0 });
  return Buffer.concat([head, ...options(extended)]);
}

/** Whether a packet answers this query: a stranger's guess does not have its number and question. */
export function isAnswerTo({ packet, questionEnd }: DnsQuery, answer: Buffer): boolean {
  if (answer.length < headerLength || answer.readUInt16BE(0) !== packet.readUInt16BE(0)) return false;
  if ((answer.readUInt16BE(2) & flag.response) === 0) return false;
  // A resolver that could not read the query may leave its question out.
  if (answer.readUInt16BE(4) === 0) return true;
  const [asked, answered] = [packet, answer].map((whole) => whole.toString('latin1', headerLength, questionEnd));
  return asked?.toLowerCase() === answered?.toLowerCase();
}

/** Whether a resolver could not tell, so that another may. */
export function isUnsure(answer: Buffer): boolean {
  const code = answer.readUInt16BE(2) & 0xf;
  return code === codes['server-failure'] || code === codes['not-implemented'] || code === codes.refused;
}

function writeHeader(
  head: Buffer,
  code: ResponseCode,
  counts: { readonly questions: number; readonly answers: number; readonly additional: number },
): void {
  const asked = head.readUInt16BE(2) & (operationBits | flag.recursionDesired);
  head.writeUInt16BE(asked | flag.response | flag.recursionAvailable | codes[code], 2);
  head.writeUInt16BE(counts.questions, 4);
  head.writeUInt16BE(counts.answers, 6);
  head.writeUInt16BE(0, 8);
  head.writeUInt16BE(counts.additional, 10);
}

function addressRecord(address: string, question: DnsQuestion): Buffer {
  const data = addressBytes(address);
  const record = Buffer.alloc(12);
  record.writeUInt16BE(0xc000 | headerLength, 0); // the name stands in the question
  record.writeUInt16BE(isIPv4(address) ? recordType.a : recordType.aaaa, 2);
  record.writeUInt16BE(question.class, 4);
  record.writeUInt32BE(secondsToLive, 6);
  record.writeUInt16BE(data.length, 10);
  return Buffer.concat([record, data]);
}

function addressBytes(address: string): Buffer {
  if (isIPv4(address)) return Buffer.from(address.split('.').map(Number));
  // A URL writes the address without its dotted quad; what `::` leaves out is zero.
  const [before = '', after] = new URL(`http://[${address}]`).hostname.slice(1, -1).split('::');
  const groups = (text: string | undefined): number[] =>
    text === undefined || text === '' ? [] : text.split(':').map((group) => Number.parseInt(group, 16));
  const [first, last] = [groups(before), groups(after)];
  const all = [...first, ...Array<number>(8 - first.length - last.length).fill(0), ...last];
  return Buffer.from(all.flatMap((group) => [group >> 8, group & 0xff]));
}

function options(extended: boolean): readonly Buffer[] {
  if (!extended) return [];
  const record = Buffer.alloc(11);
  record.writeUInt16BE(recordType.options, 1);
  record.writeUInt16BE(offeredUdpSize, 3);
  return [record];
}
