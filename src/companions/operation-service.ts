/** A companion whose API is a table of operations: read → recognise → decode → check → run → encode. */
import type { RequestId } from '../aws/call.ts';
import type { EmbeddedService, IncomingServiceRequest } from '../aws/embedded-service.ts';
import { type NotYet, notYet } from '../aws/operation-table.ts';
import type { EncodedResponse } from '../aws/protocol/encoded-response.ts';
import type { ServiceProtocol, ServiceRequest } from '../aws/protocol/service-protocol.ts';
import { BodyIncomplete, BodyTooLarge } from '../aws/request-body.ts';
import { ServiceError } from '../aws/service-error.ts';
import type { ServiceTable } from '../aws/service-table.ts';
import { requestScope } from '../aws/sigv4-scope.ts';
import { compileValidator, type Validator } from '../aws/validation/compile-validator.ts';
import type { Logger } from '../kernel/logger.ts';
import type { Random } from '../kernel/random.ts';
import type { CompanionCall } from './companion-call.ts';
import { accessKeyIdOf, originOf } from './request-facts.ts';

/** An operation whose input was decoded by the same service's codec; its types are checked where tables are made. */
export type CompanionOperation = (input: never, call: CompanionCall) => unknown;

export interface OperationServiceDeps {
  readonly table: ServiceTable;
  /** The first one that finds an operation's name in a request takes it; the last one words what nobody takes. */
  readonly protocols: readonly [ServiceProtocol, ...ServiceProtocol[]];
  readonly operations: Readonly<Record<string, CompanionOperation | NotYet>>;
  /** Of a request's body, in bytes. */
  readonly bodyLimit: number;
  readonly random: Random;
  readonly logger: Logger;
  readonly publicOrigin: () => string;
  /** Checks an operation's input; without it, the constraints of the model are checked with Lambda's wording. */
  readonly validatorOf?: (operation: string) => Validator;
  /** Ends what the service holds. */
  readonly close?: () => Promise<void>;
}

interface NamedOperation {
  readonly protocol: ServiceProtocol;
  readonly operation: string;
}

export class OperationService implements EmbeddedService {
  readonly #deps: OperationServiceDeps;
  readonly #validators = new Map<string, Validator>();

  constructor(deps: OperationServiceDeps) {
    this.#deps = deps;
  }

  async answer(incoming: IncomingServiceRequest): Promise<EncodedResponse> {
    const requestId = this.#deps.random.uuid() as RequestId;
    const answer = await this.#answer(incoming, requestId);
    return { ...answer, headers: { 'x-amzn-requestid': requestId, ...answer.headers } };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#deps.close?.();
  }

  async #answer(incoming: IncomingServiceRequest, requestId: RequestId): Promise<EncodedResponse> {
    const { protocols, bodyLimit } = this.#deps;
    // Without a body nothing says which protocol the client speaks; the headers of the first still may.
    let named: NamedOperation | undefined;
    try {
      const body = await incoming.body.whole(bodyLimit);
      const { method, path, rawQuery, headers } = incoming;
      const request: ServiceRequest = { method, path, rawQuery, headers, body };
      named = nameOperation(protocols, request);
      if (named === undefined) throw missingAction();
      return await this.#run(named, request, incoming, requestId);
    } catch (error) {
      if (error instanceof BodyIncomplete) throw error;
      const protocol = named?.protocol ?? protocols.at(-1) ?? protocols[0];
      return protocol.encodeError(this.#serviceError(error, named?.operation ?? 'request', requestId), requestId);
    }
  }

  async #run(
    { protocol, operation }: NamedOperation,
    request: ServiceRequest,
    { signal, isInProcess = false }: IncomingServiceRequest,
    requestId: RequestId,
  ): Promise<EncodedResponse> {
    const { table, operations, publicOrigin } = this.#deps;
    const run = Object.hasOwn(operations, operation) ? operations[operation] : undefined;
    if (run === undefined && table.unserved?.includes(operation) !== true) throw unknownOperation(operation);
    if (run === undefined || run === notYet) throw notServed(table.service, operation);
    const input = protocol.decode(operation, request);
    this.#validatorOf(operation)(input);
    const { headers, rawQuery } = request;
    const call: CompanionCall = {
      scope: requestScope(headers.authorization, rawQuery),
      requestId,
      signal,
      traceHeader: typeof headers['x-amzn-trace-id'] === 'string' ? headers['x-amzn-trace-id'] : undefined,
      origin: originOf(headers) ?? publicOrigin(),
      accessKeyId: accessKeyIdOf(headers.authorization, rawQuery),
      isInProcess,
    };
    // The codec gave the input the shape that this very operation takes.
    const output = await run(input as never, call);
    return protocol.encode(operation, output, requestId);
  }

  #validatorOf(operation: string): Validator {
    const { table, validatorOf } = this.#deps;
    let validator = this.#validators.get(operation);
    if (validator === undefined) {
      const input = table.operations[operation]?.input;
      validator = validatorOf?.(operation) ?? (input === undefined ? accepts : compileValidator(table, input));
      this.#validators.set(operation, validator);
    }
    return validator;
  }

  #serviceError(error: unknown, operation: string, requestId: RequestId): ServiceError {
    if (error instanceof ServiceError) return error;
    if (error instanceof BodyTooLarge) {
      return new ServiceError('RequestEntityTooLarge', `The request's body is larger than ${error.limit} bytes.`, {
        status: 413,
      });
    }
    this.#deps.logger.error(`${operation} failed, and it is the daemon's fault`, { requestId, error });
    const text = `An internal error occurred. The daemon's log has it under ${requestId}.`;
    return new ServiceError('InternalFailure', text, { type: 'Service', status: 500, cause: error });
  }
}

const accepts: Validator = () => {};

function nameOperation(protocols: readonly ServiceProtocol[], request: ServiceRequest): NamedOperation | undefined {
  for (const protocol of protocols) {
    const operation = protocol.operationOf(request);
    if (operation !== undefined) return { protocol, operation };
  }
  return undefined;
}

const missingAction = (): ServiceError =>
  new ServiceError('MissingAction', 'The request names no operation.', { status: 400 });

const unknownOperation = (operation: string): ServiceError =>
  new ServiceError('InvalidAction', `The action ${operation} is not valid for this web service.`, { status: 400 });

const notServed = (service: string, operation: string): ServiceError =>
  new ServiceError('NotImplemented', `${operation} of ${service} is not implemented in this version of lambdad.`, {
    status: 501,
  });
