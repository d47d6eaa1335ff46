/** The server side of a service that speaks restXml. */
import type { IncomingHttpHeaders } from 'node:http';
import { kept } from '../../../kernel/kept.ts';
import { membersOf, type ServiceTable, shapeNamed, structureNamed } from '../../service-table.ts';
import type { EncodedResponse } from '../encoded-response.ts';
import { operationRow } from '../operation-row.ts';
import { compileRequestDecoder, type RequestDecoder } from '../rest/decode-request.ts';
import { compileResponseEncoder, type ResponseEncoder } from '../rest/encode-response.ts';
import { compileOperationMatcher, type OperationMatcher } from './match-operation.ts';
import { xmlBodyReader, xmlBodyWriter } from './xml-body.ts';

export interface RestXmlRequest {
  /** Values of the labels by name, as they are meant: decoding them is for whoever knows where they stand. */
  readonly labels: Readonly<Record<string, string>>;
  readonly rawQuery: string;
  readonly headers: IncomingHttpHeaders;
  /** Of the operations that take a document. */
  readonly body: Buffer;
  /** Of those that take bytes. */
  readonly stream?: AsyncIterable<Buffer>;
}

export interface RestXmlService {
  readonly operationOf: OperationMatcher;
  /** Whether an operation's body is bytes that are not to be held whole. */
  takesStream(operation: string): boolean;
  /** @throws ServiceError SerializationException, or MalformedXml */
  decode(operation: string, request: RestXmlRequest): Readonly<Record<string, unknown>>;
  encode(operation: string, output: unknown): EncodedResponse;
}

interface InputDecoder {
  readonly labels: readonly string[];
  readonly decode: RequestDecoder;
}

/** An operation's codec is compiled when it is first used, so that starting costs little. */
export function compileRestXml(table: ServiceTable, namespace: string): RestXmlService {
  const reader = xmlBodyReader(table);
  const writer = xmlBodyWriter(table, namespace);
  const decoders = new Map<string, InputDecoder>();
  const encoders = new Map<string, ResponseEncoder>();
  const decoderOf = (inputStructure: string): InputDecoder => {
    const members = membersOf(structureNamed(table, inputStructure));
    const labels = members.flatMap(([name, member]) => (member.in === 'label' ? [name] : []));
    return { labels, decode: compileRequestDecoder({ table, inputStructure, labels, body: reader }) };
  };
  return {
    operationOf: compileOperationMatcher(table),
    takesStream(operation) {
      const { input } = operationRow(table, operation);
      const members = input === undefined ? [] : membersOf(structureNamed(table, input));
      return members.some(([, { in: place, shape: name }]) => {
        const shape = place === 'payload' ? shapeNamed(table, name) : undefined;
        return shape?.kind === 'blob' && shape.streaming === true;
      });
    },
    decode(operation, { labels, ...parts }) {
      const { input } = operationRow(table, operation);
      if (input === undefined) return {};
      const decoder = kept(decoders, operation, () => decoderOf(input));
      // The decoder takes them as they stand in a path.
      return decoder.decode({
        ...parts,
        labelValues: decoder.labels.map((name) => encodeURIComponent(labels[name] ?? '')),
      });
    },
    encode(operation, output) {
      const { output: outputStructure, status } = operationRow(table, operation);
      const encode = kept(encoders, operation, () =>
        compileResponseEncoder({ table, outputStructure, status, body: writer }),
      );
      return encode(output);
    },
  };
}
