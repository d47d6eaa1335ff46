/** From the elements of an XML document to the typed values of a model. */
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
import { setOwn } from '../json/own-property.ts';
import { textDecoder } from '../rest-json/decode-text.ts';
import type { XmlNode } from './parse-xml.ts';

/** @throws ServiceError SerializationException where a value has another type than the model. */
export type XmlDecoder = (node: XmlNode) => unknown;

type DecoderOf = (shape: string) => XmlDecoder;

/** @returns The decoder of a shape by its name; each is made once, on first use. */
export function xmlDecoders(table: ServiceTable): (shape: string) => XmlDecoder {
  const made = new Map<string, XmlDecoder>();
  const decoderOf = (name: string): XmlDecoder => kept(made, name, () => make(table, name, decoderOf));
  return decoderOf;
}

function make(table: ServiceTable, name: string, decoderOf: DecoderOf): XmlDecoder {
  const shape = shapeNamed(table, name);
  switch (shape.kind) {
    case 'structure':
      return structureDecoder(table, shape, decoderOf);
    case 'list':
      return listDecoder(shape, decoderOf);
    case 'map':
      return mapDecoder(shape, decoderOf);
    case 'blob':
      return ({ text }) => Buffer.from(text, 'base64');
    case 'string':
      return ({ text }) => text;
    case 'boolean':
    case 'integer':
    case 'long':
    case 'double':
    case 'timestamp': {
      const decode = textDecoder(shape, 'query');
      return ({ text }) => decode(text.trim());
    }
    default:
      return unreachable(shape);
  }
}

/** Members are decoded when they come: a structure may hold itself. */
function structureDecoder(table: ServiceTable, shape: StructureShape, decoderOf: DecoderOf): XmlDecoder {
  const members = membersOf(shape).filter(([, member]) => member.in === undefined);
  const flatLists = new Map(
    members.map(([name, { shape: of, flat }]) => [name, flat === true ? itemOf(table, of) : undefined]),
  );
  return ({ children, attributes }) => {
    const target: Record<string, unknown> = {};
    for (const [name, { shape: memberShape, name: wireName = name, attribute }] of members) {
      if (attribute === true) {
        const value = attributes.get(wireName);
        if (value !== undefined) target[name] = value;
        continue;
      }
      const nodes = children.get(wireName);
      const [first] = nodes ?? [];
      if (nodes === undefined || first === undefined) continue;
      const item = flatLists.get(name);
      target[name] = item === undefined ? decoderOf(memberShape)(first) : nodes.map(decoderOf(item));
    }
    return target;
  };
}

/** Flat maps stand in answers only. */
function itemOf(table: ServiceTable, name: string): string | undefined {
  const shape = shapeNamed(table, name);
  return shape.kind === 'list' ? shape.member : undefined;
}

function listDecoder({ member, itemName = 'member' }: ListShape, decoderOf: DecoderOf): XmlDecoder {
  return ({ children }) => (children.get(itemName) ?? []).map(decoderOf(member));
}

function mapDecoder({ value, keyName = 'key', valueName = 'value' }: MapShape, decoderOf: DecoderOf): XmlDecoder {
  return ({ children }) => {
    const target: Record<string, unknown> = {};
    for (const entry of children.get('entry') ?? []) {
      const key = entry.children.get(keyName)?.[0]?.text;
      const given = entry.children.get(valueName)?.[0];
      if (key !== undefined && given !== undefined) setOwn(target, key, decoderOf(value)(given));
    }
    return target;
  };
}
