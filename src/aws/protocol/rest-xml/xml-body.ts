/** Bodies of restXml: documents in XML, named for the structure that they hold. */
import { membersOf, type ServiceTable, structureNamed } from '../../service-table.ts';
import type { BodyReader } from '../rest/decode-request.ts';
import type { BodyWriter } from '../rest/encode-response.ts';
import { xmlDecoders } from '../xml/decode-xml.ts';
import { xmlEncoders } from '../xml/encode-xml.ts';
import { MalformedXml, parseXml } from '../xml/parse-xml.ts';

/** Its functions throw MalformedXml for a body that is no such document. */
export function xmlBodyReader(table: ServiceTable): BodyReader {
  const decoderOf = xmlDecoders(table);
  const reader = (shape: string, rootName: string) => {
    const decode = decoderOf(shape);
    return (body: Buffer) => {
      const { name, root } = parseXml(new TextDecoder().decode(body));
      if (name !== rootName) throw new MalformedXml(`the document is a ${name}, not a ${rootName}`);
      return decode(root);
    };
  };
  return {
    members(structure) {
      const read = reader(structure, structureNamed(table, structure).xmlName ?? structure);
      return (body) => (body.length === 0 ? undefined : (read(body) as object));
    },
    payload: ({ shape, name: wireName }, name) => reader(shape, wireName ?? name),
  };
}

/** @param namespace Of every document. */
export function xmlBodyWriter(table: ServiceTable, namespace: string): BodyWriter {
  const encoderOf = xmlEncoders(table);
  const writer = (shape: string, rootName: string) => {
    const encode = encoderOf(shape);
    return (value: unknown) => {
      const element = encode(value, rootName).slice(rootName.length + 1);
      return Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>\n<${rootName} xmlns="${namespace}"${element}`);
    };
  };
  return {
    contentType: 'application/xml',
    members(structure) {
      if (structure === undefined) return () => undefined;
      const shape = structureNamed(table, structure);
      // What is bound to headers alone leaves no document.
      if (!membersOf(shape).some(([, member]) => member.in === undefined)) return () => undefined;
      return writer(structure, shape.xmlName ?? structure);
    },
    payload: ({ shape, name: wireName }, name) => writer(shape, wireName ?? name),
  };
}
