/** From a model's typed values to the elements of an XML document. */
import { unreachable } from '../../../kernel/invariant.ts';
import { kept } from '../../../kernel/kept.ts';
import {
  type ListShape,
  type MapShape,
  membersOf,
  type ServiceTable,
  type StructureShape,
  shapeNamed,
} from '../../service-table.ts';
import { asBuffer } from '../as-buffer.ts';
import { formatTimestamp } from '../timestamp.ts';
import { xmlText } from './xml-text.ts';

/** The element of that name with the value in it, attributes of the value included. */
export type XmlEncoder = (value: unknown, element: string) => string;

type Write = (value: unknown, element: string, flat: boolean) => string;
type WriteOf = (shape: string) => Write;

/** @returns The encoder of a shape by its name; each is made once, on first use. */
export function xmlEncoders(table: ServiceTable): (shape: string) => XmlEncoder {
  const made = new Map<string, Write>();
  const writeOf = (name: string): Write => kept(made, name, () => make(table, name, writeOf));
  return (shape) => (value, element) => writeOf(shape)(value, element, false);
}

const tag = (element: string, content: string, attributes = ''): string =>
  `<${element}${attributes}>${content}</${element}>`;

function make(table: ServiceTable, name: string, writeOf: WriteOf): Write {
  const shape = shapeNamed(table, name);
  switch (shape.kind) {
    case 'structure':
      return structureWriter(shape, writeOf);
    case 'list':
      return listWriter(shape, writeOf);
    case 'map':
      return mapWriter(shape, writeOf);
    case 'blob':
      return (value, element) => tag(element, asBuffer(value as Uint8Array).toString('base64'));
    case 'timestamp': {
      const format = shape.format ?? 'date-time';
      return (value, element) => tag(element, String(formatTimestamp(value as Date, format)));
    }
    case 'string':
    case 'boolean':
    case 'integer':
    case 'long':
    case 'double':
      return (value, element) => tag(element, xmlText(String(value)));
    default:
      return unreachable(shape);
  }
}

/** Members that travel outside the body are not written; absent ones neither. */
function structureWriter(shape: StructureShape, writeOf: WriteOf): Write {
  const members = membersOf(shape).filter(([, member]) => member.in === undefined);
  return (value, element) => {
    const source = value as Readonly<Record<string, unknown>>;
    let content = '';
    let attributes = '';
    for (const [name, { shape: memberShape, name: wireName = name, flat, attribute }] of members) {
      const member = source[name];
      if (member === undefined || member === null) continue;
      // Only strings are attributes in any model.
      if (attribute === true) attributes += attributeText(wireName, member as string);
      else content += writeOf(memberShape)(member, wireName, flat === true);
    }
    return tag(element, content, attributes);
  };
}

/** A name with the prefix of XML Schema's instances brings the prefix's declaration with it. */
function attributeText(name: string, value: string): string {
  const declaration = name.startsWith('xsi:') ? ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"' : '';
  return `${declaration} ${name}="${xmlText(value)}"`;
}

function listWriter({ member, itemName = 'member' }: ListShape, writeOf: WriteOf): Write {
  return (value, element, flat) => {
    const items = value as readonly unknown[];
    const write = writeOf(member);
    if (flat) return items.map((item) => write(item, element, false)).join('');
    return tag(element, items.map((item) => write(item, itemName, false)).join(''));
  };
}

function mapWriter({ value: valueShape, keyName = 'key', valueName = 'value' }: MapShape, writeOf: WriteOf): Write {
  return (value, element, flat) => {
    const entries = Object.entries(value as Readonly<Record<string, unknown>>).map(([key, item]) =>
      tag(flat ? element : 'entry', tag(keyName, xmlText(key)) + writeOf(valueShape)(item, valueName, false)),
    );
    return flat ? entries.join('') : tag(element, entries.join(''));
  };
}
