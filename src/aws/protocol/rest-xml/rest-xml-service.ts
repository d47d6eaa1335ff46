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

/** An operation's codec is compiled when it is first used, so that starting costs little. */
export function compileRestXml(table: ServiceTable, namespace: string): RestXmlService {
  const reader = xmlBodyReader(table);
  const writer = xmlBodyWriter(table, namespace);
  const decoders = new Map<string, RequestDecoder>();
  const encoders = new Map<string, ResponseEncoder>();
  const labelsOf = (structure: string): readonly string[] =>
    membersOf(structureNamed(table, structure)).flatMap(([name, member]) => (member.in === 'label' ? [name] : []));
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
      const names = labelsOf(input);
      const decode = kept(decoders, operation, () =>
        compileRequestDecoder({ table, inputStructure: input, labels: names, body: reader }),
      );
      // The decoder takes them as they stand in a path.
      return decode({ ...parts, labelValues: names.map((name) => encodeURIComponent(labels[name] ?? '')) });
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
