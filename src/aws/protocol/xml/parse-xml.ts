/** From the text of an XML document to a tree of elements; what could make a parser work hard is refused. */
import { XMLParser, XMLValidator } from 'fast-xml-parser';

export interface XmlNode {
  /** Of the element itself, without its children's. */
  readonly text: string;
  readonly attributes: ReadonlyMap<string, string>;
  /** By name without namespace prefix, in their order. */
  readonly children: ReadonlyMap<string, readonly XmlNode[]>;
}

export interface XmlDocument {
  readonly name: string;
  readonly root: XmlNode;
}

/** A body that is no XML, or has a document type: entities are how a small document becomes a large one. */
export class MalformedXml extends Error {
  override readonly name = 'MalformedXml';
}

/** Entities stay as they are, and are read where the text is: the five of XML itself, and characters by number. */
const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  processEntities: false,
  cdataPropName: '#cdata',
  ignoreDeclaration: true,
  ignorePiTags: true,
});

/** As the parser gives an element: its name, with its content, beside its attributes. */
type Parsed = Readonly<Record<string, unknown>>;

/** @throws MalformedXml */
export function parseXml(text: string): XmlDocument {
  if (text.includes('<!DOCTYPE')) throw new MalformedXml('a document type is not accepted');
  const elements = parsed(text).filter((item) => !('#text' in item));
  const [element] = elements;
  if (element === undefined || elements.length > 1) throw new MalformedXml('a document has one root');
  const name = nameOf(element);
  return { name: localName(name), root: nodeOf(element, name) };
}

function parsed(text: string): readonly Parsed[] {
  const verdict = XMLValidator.validate(text);
  if (verdict !== true) throw new MalformedXml(verdict.err.msg);
  try {
    return parser.parse(text) as readonly Parsed[];
  } catch (cause) {
    throw new MalformedXml('the document cannot be read', { cause });
  }
}

const attributesKey = ':@';

const nameOf = (element: Parsed): string => Object.keys(element).find((key) => key !== attributesKey) ?? '';
const localName = (name: string): string => name.slice(name.indexOf(':') + 1);

/** The parser refuses what is nested more deeply than any model. */
function nodeOf(element: Parsed, name: string): XmlNode {
  let text = '';
  const children = new Map<string, XmlNode[]>();
  for (const item of element[name] as readonly Parsed[]) {
    const key = nameOf(item);
    if (key === '#text') text += unescaped(String(item[key]));
    else if (key === '#cdata') text += (item[key] as readonly Parsed[]).map((part) => String(part['#text'])).join('');
    else {
      const child = localName(key);
      const others = children.get(child);
      if (others === undefined) children.set(child, [nodeOf(item, key)]);
      else others.push(nodeOf(item, key));
    }
  }
  const attributes = Object.entries((element[attributesKey] ?? {}) as Readonly<Record<string, string>>);
  return { text, children, attributes: new Map(attributes.map(([key, value]) => [key, unescaped(value)])) };
}

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function unescaped(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(?:(#x[0-9a-fA-F]{1,6}|#\d{1,7}|[A-Za-z]+);)?/g, (whole, entity: string | undefined) => {
    if (entity === undefined) return refuse(whole);
    if (!entity.startsWith('#')) return named[entity] ?? refuse(whole);
    const code = entity.startsWith('#x') ? Number.parseInt(entity.slice(2), 16) : Number(entity.slice(1));
    return code <= 0x10ffff ? String.fromCodePoint(code) : refuse(whole);
  });
}

function refuse(entity: string): never {
  throw new MalformedXml(`${entity} stands for nothing`);
}
