/** The attributes that a sender gives a message: what is allowed, how large they are, and their digest. */
import { createHash } from 'node:crypto';
import { invalidParameter } from '../sqs-error.ts';
import { isAllowedText } from './message-text.ts';

export interface MessageAttribute {
  readonly DataType: string;
  readonly StringValue?: string | undefined;
  readonly BinaryValue?: Uint8Array | undefined;
}

export type MessageAttributes = Readonly<Record<string, MessageAttribute>>;

const most = 10;

/**
 * @throws ServiceError InvalidParameterValue
 * @see Amazon SQS developer guide, "Amazon SQS message metadata"
 */
export function checkMessageAttributes(attributes: MessageAttributes): void {
  const entries = Object.entries(attributes);
  if (entries.length > most) {
    throw invalidParameter(`Number of message attributes [${entries.length}] exceeds the allowed maximum [${most}].`);
  }
  for (const [name, attribute] of entries) {
    checkName(name);
    checkValue(name, attribute);
  }
}

function checkName(name: string): void {
  if (name.length > 256) throw invalidParameter('Message (user) attribute names must be shorter than 256 Bytes.');
  const wellFormed = /^[\w.-]+$/.test(name) && !name.startsWith('.') && !name.endsWith('.') && !name.includes('..');
  if (!wellFormed) {
    throw invalidParameter(
      `Message (user) attribute name '${name}' is invalid. It can contain only A-Z, a-z, 0-9, underscore (_), hyphen (-), and period (.), which neither starts nor ends it and does not follow another.`,
    );
  }
  if (/^(aws|amazon)\./i.test(name)) {
    throw invalidParameter(
      `Message (user) attribute name '${name}' is invalid. It must not start with AWS-reserved prefixes such as AWS. or Amazon.`,
    );
  }
}

function checkValue(name: string, { DataType: type, StringValue: text, BinaryValue: binary }: MessageAttribute): void {
  const kind = type.split('.', 1)[0] ?? '';
  if (!['String', 'Number', 'Binary'].includes(kind) || type.length > 256) {
    throw invalidParameter(
      `The message attribute '${name}' has an invalid message attribute type, the set of supported type prefixes is Binary, Number, and String.`,
    );
  }
  const isEmpty = kind === 'Binary' ? binary === undefined || binary.length === 0 : text === undefined || text === '';
  if (isEmpty) {
    throw invalidParameter(
      `The message attribute '${name}' must contain non-empty message attribute value for message attribute type '${kind}'.`,
    );
  }
  if (kind === 'Number' && !isNumber(text ?? '')) {
    throw invalidParameter(`Can't cast the value of message (user) attribute '${name}' to a number.`);
  }
  if (kind !== 'Binary' && !isAllowedText(text ?? '')) {
    throw invalidParameter(`Invalid binary character was found in the value of message (user) attribute '${name}'.`);
  }
}

const isNumber = (text: string): boolean => /^\s*[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?\s*$/.test(text);

/** In bytes: names, types and values count. */
export function sizeOfAttributes(attributes: MessageAttributes): number {
  let size = 0;
  for (const [name, { DataType: type, StringValue: text = '', BinaryValue: binary }] of Object.entries(attributes)) {
    size += Buffer.byteLength(name) + Buffer.byteLength(type) + (binary?.length ?? Buffer.byteLength(text));
  }
  return size;
}

/**
 * Names, types and values, each after its length, by the order of the names.
 * @returns Nothing without attributes.
 * @see Amazon SQS developer guide, "Calculating the MD5 message digest for message attributes"
 */
export function md5OfAttributes(attributes: MessageAttributes): string | undefined {
  const names = Object.keys(attributes).sort();
  if (names.length === 0) return undefined;
  const hash = createHash('md5');
  const add = (part: Uint8Array): void => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(part.length);
    hash.update(length).update(part);
  };
  for (const name of names) {
    const { DataType: type = '', StringValue: text = '', BinaryValue: binary } = attributes[name] ?? {};
    add(Buffer.from(name));
    add(Buffer.from(type));
    hash.update(Buffer.from([binary === undefined ? 1 : 2]));
    add(binary ?? Buffer.from(text));
  }
  return hash.digest('hex');
}

/** Those that a receive asks for: by name, by the beginning of the name (`foo.*`), or all of them. */
export function chosenAttributes(attributes: MessageAttributes, wanted: readonly string[]): MessageAttributes {
  if (wanted.length === 0) return {};
  if (wanted.includes('All') || wanted.includes('.*')) return attributes;
  const isWanted = (name: string): boolean =>
    wanted.some((pattern) => (pattern.endsWith('.*') ? name.startsWith(pattern.slice(0, -2)) : name === pattern));
  return Object.fromEntries(Object.entries(attributes).filter(([name]) => isWanted(name)));
}
