/** From the tree of a form's fields to the typed values of a model. */
import { unreachable } from '../../../kernel/invariant.ts';
import { kept } from '../../../kernel/kept.ts';
import {
  type BoundMember,
  type ListShape,
  type MapShape,
  membersOf,
  type ServiceTable,
  type StructureShape,
  shapeNamed,
} from '../../service-table.ts';
import { setOwn } from '../json/own-property.ts';
import { textDecoder } from '../rest-json/decode-text.ts';
import { type FormNode, numbered } from './form-tree.ts';

/** @throws ServiceError where a value has another type than the model. */
export type FormDecoder = (node: FormNode) => unknown;

type Decode = (node: FormNode, flat: boolean) => unknown;
type DecodeOf = (shape: string) => Decode;

/** @returns The decoder of a shape by its name; each is made once, on first use. */
export function formDecoders(table: ServiceTable): (shape: string) => FormDecoder {
  const made = new Map<string, Decode>();
  const decodeOf = (name: string): Decode => kept(made, name, () => make(table, name, decodeOf));
  return (shape) => (node) => decodeOf(shape)(node, false);
}

function make(table: ServiceTable, name: string, decodeOf: DecodeOf): Decode {
  const shape = shapeNamed(table, name);
  switch (shape.kind) {
    case 'structure':
      return structureDecoder(shape, decodeOf);
    case 'list':
      return listDecoder(shape, decodeOf);
    case 'map':
      return mapDecoder(shape, decodeOf);
    case 'blob':
      return ({ value = '' }) => Buffer.from(value, 'base64');
    case 'string':
    case 'boolean':
    case 'integer':
    case 'long':
    case 'double':
    case 'timestamp': {
      const decode = textDecoder(shape, 'query');
      return ({ value = '' }) => decode(value);
    }
    default:
      return unreachable(shape);
  }
}

/** Members are decoded when they come: a structure may hold itself. */
function structureDecoder(shape: StructureShape, decodeOf: DecodeOf): Decode {
  const members = membersOf(shape);
  return ({ children }) => {
    const target: Record<string, unknown> = {};
    for (const [name, member] of members) {
      const node = children.get(fieldOf(name, member));
      if (node !== undefined) target[name] = decodeOf(member.shape)(node, member.flat === true);
    }
    return target;
  };
}

const fieldOf = (name: string, member: BoundMember): string => member.name ?? name;

/** A list without elements is sent as an empty value of its name. */
function listDecoder({ member, itemName = 'member' }: ListShape, decodeOf: DecodeOf): Decode {
  return (node, flat) => {
    const items = flat ? node : node.children.get(itemName);
    return items === undefined ? [] : numbered(items).map((item) => decodeOf(member)(item, false));
  };
}

function mapDecoder({ value, keyName = 'key', valueName = 'value' }: MapShape, decodeOf: DecodeOf): Decode {
  return (node, flat) => {
    const target: Record<string, unknown> = {};
    const entries = flat ? node : node.children.get('entry');
    for (const entry of entries === undefined ? [] : numbered(entries)) {
      const key = entry.children.get(keyName)?.value;
      const given = entry.children.get(valueName);
      if (key !== undefined) setOwn(target, key, given === undefined ? null : decodeOf(value)(given, false));
    }
    return target;
  };
}
