/**
 * The protocol of DynamoDB: awsJson1_0, with a checksum on every answer and namespaces before the names of errors. Items stay
 * in the form that they have on the wire, which is the form in which they are kept.
 */
import { crc32 } from 'node:zlib';
import { compileAwsJson } from '../../../aws/protocol/aws-json/aws-json.ts';
import type { EncodedResponse } from '../../../aws/protocol/encoded-response.ts';
import { parseBody } from '../../../aws/protocol/json/parse-body.ts';
import { serializationException } from '../../../aws/protocol/serialization-exception.ts';
import type { ServiceProtocol } from '../../../aws/protocol/service-protocol.ts';
import { type ServiceError, validationException } from '../../../aws/service-error.ts';
import type { ServiceTable } from '../../../aws/service-table.ts';
import { DetailedError } from '../engine/library-error.ts';

/** @param itemOperations those whose input and output hold items */
export function compileDynamodbProtocol(table: ServiceTable, itemOperations: ReadonlySet<string>): ServiceProtocol {
  const json = compileAwsJson(table, '1.0');
  return {
    operationOf: (request) => json.operationOf(request),
    decode: (operation, request) =>
      itemOperations.has(operation) ? parseItems(request.body) : json.decode(operation, request),
    encode: (operation, output, requestId) =>
      itemOperations.has(operation) ? answer(200, output) : checked(json.encode(operation, output, requestId)),
    unknownOperation: (operation) => json.unknownOperation(operation),
    encodeError: (error) => answer(statusOf(table, error), errorBody(table, error)),
  };
}

function answer(status: number, body: unknown): EncodedResponse {
  const headers = { 'content-type': 'application/x-amz-json-1.0' };
  return checked({ status, headers, body: Buffer.from(JSON.stringify(body)) });
}

function checked(response: EncodedResponse): EncodedResponse {
  const checksum = String(crc32(response.body ?? ''));
  return { ...response, headers: { ...response.headers, 'x-amz-crc32': checksum } };
}

/** Brackets in brackets that an item of 32 levels, the most that there may be, can have in a request. */
const deepest = 100;

function parseItems(body: Buffer): object {
  const input = parseBody(body);
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    throw serializationException('Start of structure or map expected.');
  }
  checkForm(input, 0);
  return input;
}

function checkForm(value: unknown, depth: number): void {
  if (typeof value !== 'object' || value === null) return;
  if (depth > deepest) throw validationException('Nesting Levels have exceeded supported limits');
  for (const name of Object.keys(value)) {
    // The library would lose it, since it copies by plain assignment.
    if (name === '__proto__') throw validationException('lambdad cannot keep an attribute that is called __proto__.');
    checkForm((value as Readonly<Record<string, unknown>>)[name], depth + 1);
  }
}

const statusOf = ({ errors }: ServiceTable, { code, options }: ServiceError): number =>
  options.status ?? errors[code]?.status ?? 400;

function errorBody({ errors }: ServiceTable, error: ServiceError): Readonly<Record<string, unknown>> {
  const { code, message, options } = error;
  const details = error instanceof DetailedError ? error.details : options.members;
  switch (code) {
    case 'InvalidAction':
    case 'UnknownOperationException':
    case 'MissingAction':
      return { __type: 'com.amazon.coral.service#UnknownOperationException' };
    case 'SerializationException':
      return { __type: `com.amazon.coral.service#${code}`, Message: message };
    case 'ValidationException':
      return { __type: `com.amazon.coral.validate#${code}`, message };
    default: {
      const row = errors[code];
      const __type = row === undefined ? code : `com.amazonaws.dynamodb.v20120810#${code}`;
      return { __type, [row?.message ?? 'message']: message, ...details };
    }
  }
}
