/**
 * The protocol awsQuery: a form whose field `Action` names the operation, answered in XML.
 * @see Smithy, "AWS query protocol"
 */
import { ServiceError } from '../../service-error.ts';
import { type ErrorRow, type ServiceTable, shapeNamed } from '../../service-table.ts';
import type { EncodedResponse } from '../encoded-response.ts';
import { operationRow } from '../operation-row.ts';
import type { ServiceProtocol, ServiceRequest } from '../service-protocol.ts';
import { xmlEncoders } from '../xml/encode-xml.ts';
import { xmlText } from '../xml/xml-text.ts';
import { formDecoders } from './decode-form.ts';
import { formTree } from './form-tree.ts';

/** Errors that no model holds: the caller's fault unless they say otherwise. */
const unmodelled: ErrorRow = { status: 400, message: 'message' };

/** @param namespace Of every answer, where the table has none. */
export function compileAwsQuery(table: ServiceTable, namespace = table.xmlNamespace ?? ''): ServiceProtocol {
  const decoderOf = formDecoders(table);
  const encoderOf = xmlEncoders(table);
  const parsed = new WeakMap<ServiceRequest, URLSearchParams>();
  const fieldsOf = (request: ServiceRequest): URLSearchParams => {
    let fields = parsed.get(request);
    if (fields === undefined) {
      fields = readFields(request);
      parsed.set(request, fields);
    }
    return fields;
  };
  return {
    operationOf: (request) => fieldsOf(request).get('Action') ?? undefined,
    decode(operation, request) {
      const { input } = operationRow(table, operation);
      return input === undefined ? {} : decoderOf(input)(formTree(fieldsOf(request)));
    },
    unknownOperation: (operation) =>
      new ServiceError('InvalidAction', `The action ${operation} is not valid for this web service.`, { status: 400 }),
    encode(operation, output, requestId) {
      const structure = operationRow(table, operation).output;
      // An operation without a modelled output has no result element either.
      const isEmpty = structure === undefined || isWithoutMembers(table, structure);
      const result = isEmpty ? '' : encoderOf(structure)(output ?? {}, `${operation}Result`);
      const metadata = `<ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata>`;
      return document(200, `<${operation}Response xmlns="${namespace}">${result}${metadata}</${operation}Response>`);
    },
    encodeError(error, requestId) {
      const row = table.errors[error.code] ?? unmodelled;
      const { status = row.status, headers = {} } = error.options;
      const answer = document(status, errorDocument(error, row, namespace, requestId));
      return { ...answer, headers: { ...answer.headers, ...headers } };
    },
  };
}

function isWithoutMembers(table: ServiceTable, structure: string): boolean {
  const shape = shapeNamed(table, structure);
  return shape.kind === 'structure' && Object.keys(shape.members).length === 0;
}

/** Clients post a form; pre-signed calls and people with a browser put the fields into the URL. */
function readFields({ method, rawQuery, body }: ServiceRequest): URLSearchParams {
  const fields = new URLSearchParams(rawQuery);
  if (method === 'POST')
    for (const [name, value] of new URLSearchParams(body.toString('utf8'))) fields.append(name, value);
  return fields;
}

function document(status: number, root: string): EncodedResponse {
  return {
    status,
    headers: { 'content-type': 'text/xml' },
    body: Buffer.from(`<?xml version="1.0"?>\n${root}\n`),
  };
}

function errorDocument(error: ServiceError, row: ErrorRow, namespace: string, requestId: string): string {
  const type = error.options.type === 'Service' ? 'Receiver' : 'Sender';
  const code = xmlText(row.queryCode ?? error.code);
  const message = xmlText(error.message);
  const detail = `<Type>${type}</Type><Code>${code}</Code><Message>${message}</Message>`;
  return `<ErrorResponse xmlns="${namespace}"><Error>${detail}</Error><RequestId>${requestId}</RequestId></ErrorResponse>`;
}
