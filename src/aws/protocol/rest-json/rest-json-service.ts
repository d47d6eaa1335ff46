/** The server side of a service that speaks restJson1: the one place that a gateway asks. */
import type { IncomingHttpHeaders } from 'node:http';
import { kept } from '../../../kernel/kept.ts';
import type { ServiceError } from '../../service-error.ts';
import type { ServiceTable } from '../../service-table.ts';
import { compileValidator } from '../../validation/compile-validator.ts';
import type { EncodedResponse } from '../encoded-response.ts';
import { operationRow } from '../operation-row.ts';
import { compileRequestDecoder, type RequestParts } from '../rest/decode-request.ts';
import { compileResponseEncoder, type ResponseEncoder } from '../rest/encode-response.ts';
import { encodeError } from './encode-error.ts';
import { jsonBodyReader, jsonBodyWriter } from './json-body.ts';
import { compileRouter, parseTemplate, type Route } from './router.ts';

/** A request whose operation is known; its input is not read yet. */
export interface RestJsonMatch {
  readonly operation: string;
  readonly route: Route;
  readonly labelValues: readonly string[];
  readonly rawQuery: string;
}

export interface RestJsonService {
  /**
   * @param path As sent, without the query.
   * @param rawQuery As sent, without the question mark; empty where there is none.
   * @returns Nothing for a method and path that are no operation.
   */
  match(method: string, path: string, rawQuery: string): RestJsonMatch | undefined;
  /**
   * @returns The operation's input, complete and valid.
   * @throws ServiceError SerializationException or ValidationException.
   */
  decode(match: RestJsonMatch, headers: IncomingHttpHeaders, body: Buffer): unknown;
  encode(operation: string, output: unknown): EncodedResponse;
  encodeError(error: ServiceError): EncodedResponse;
}

type InputDecoder = (parts: RequestParts) => unknown;

/** The routes are compiled at once, an operation's codec when it is first used, so that starting costs little. */
export function compileRestJson(table: ServiceTable): RestJsonService {
  const router = compileRouter(
    Object.entries(table.operations).map(([name, { method, uri }]) => parseTemplate(name, method, uri)),
  );
  const decoders = new Map<string, InputDecoder>();
  const encoders = new Map<string, ResponseEncoder>();
  const reader = jsonBodyReader(table);
  const writer = jsonBodyWriter(table);

  const decoderOf = (route: Route): InputDecoder => {
    const inputStructure = operationRow(table, route.operation).input;
    if (inputStructure === undefined) return () => ({});
    const decode = compileRequestDecoder({ table, inputStructure, labels: route.labels, body: reader });
    const validate = compileValidator(table, inputStructure);
    return (parts) => {
      const input = decode(parts);
      validate(input);
      return input;
    };
  };
  const encoderOf = (operation: string): ResponseEncoder => {
    const { output, status } = operationRow(table, operation);
    return compileResponseEncoder({ table, outputStructure: output, status, body: writer });
  };

  return {
    match(method, path, rawQuery) {
      const found = router.match(method, path, rawQuery);
      return found && { ...found, operation: found.route.operation, rawQuery };
    },
    decode({ route, labelValues, rawQuery }, headers, body) {
      const decode = kept(decoders, route.operation, () => decoderOf(route));
      return decode({ labelValues, rawQuery, headers, body });
    },
    encode: (operation, output) => kept(encoders, operation, () => encoderOf(operation))(output),
    encodeError: (error) => encodeError(table, error),
  };
}
