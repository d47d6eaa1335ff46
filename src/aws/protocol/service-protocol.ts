/** The server side of a protocol for one service, where an operation is named by the request itself. */
import type { IncomingHttpHeaders } from 'node:http';
import type { ServiceError } from '../service-error.ts';
import type { EncodedResponse } from './encoded-response.ts';

/** A request whose body was read whole. */
export interface ServiceRequest {
  readonly method: string;
  /** As sent, without the query. */
  readonly path: string;
  /** As sent, without the question mark; empty where there is none. */
  readonly rawQuery: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

export interface ServiceProtocol {
  /** @returns The name that the request gives, of an operation that may not exist; nothing when it speaks otherwise. */
  operationOf(request: ServiceRequest): string | undefined;
  /**
   * @param operation One of the table's.
   * @returns The operation's input: typed as the model says, not yet checked against its constraints.
   * @throws ServiceError for a request that does not have the form of the model.
   */
  decode(operation: string, request: ServiceRequest): unknown;
  /** How a service refuses the name of an operation that it does not have. */
  unknownOperation(operation: string): ServiceError;
  encode(operation: string, output: unknown, requestId: string): EncodedResponse;
  encodeError(error: ServiceError, requestId: string): EncodedResponse;
}
