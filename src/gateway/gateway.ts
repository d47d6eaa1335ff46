/** The door: decides by host and path which part of the daemon a request is for. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { RestJsonService } from '../aws/protocol/rest-json/rest-json-service.ts';
import { type Recognised, recognise } from '../aws/recognise-service.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Logger } from '../kernel/logger.ts';
import { discardBody } from './discard-body.ts';
import { foreignRequest } from './fault.ts';
import type { FunctionUrlEdge } from './function-url/function-url-edge.ts';
import type { HostNames } from './host-name.ts';
import { InternalEndpoints } from './internal-endpoints.ts';
import type { OriginGuard } from './origin-guard.ts';
import type { ServiceApi } from './service-api.ts';
import type { ServiceEdge } from './services/service-edge.ts';
import { send } from './wire-response.ts';

export interface GatewayDeps {
  readonly hosts: HostNames;
  readonly origins: OriginGuard;
  readonly functionUrls: FunctionUrlEdge;
  readonly internal: InternalEndpoints;
  readonly lambda: ServiceApi;
  /** Everything that is for another service. */
  readonly services: ServiceEdge;
  /** Words the refusal of a request that is not for us. */
  readonly service: RestJsonService;
  readonly clock: Clock;
  readonly logger: Logger;
}

export class Gateway {
  readonly #deps: GatewayDeps;

  constructor(deps: GatewayDeps) {
    this.#deps = deps;
  }

  /** Takes every request of every listener. Never throws: what goes wrong is answered or, when it cannot be, logged. */
  readonly serve = (request: IncomingMessage, response: ServerResponse): void => {
    this.#serve(request, response).catch((error: unknown) => {
      this.#deps.logger.error(`${request.method} ${request.url} failed, and it is the daemon's fault`, { error });
      if (response.headersSent) response.destroy();
      else send(response, { status: 500, headers: [], body: undefined });
    });
  };

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { hosts, origins, functionUrls, internal, lambda, services } = this.#deps;
    const host = hosts.classify(request.headers.host);
    if (host.kind === 'function-url') return functionUrls.serve(request, response, host);
    if (host.kind === 'foreign') return this.#refuse(request, response, 'Host', request.headers.host);
    const { origin } = request.headers;
    if (!origins.allows(request)) return this.#refuse(request, response, 'Origin', origin);
    const { method = 'GET', url = '/', headers } = request;
    const recognised = recognise({ method, url, headers });
    // What pages may do with a bucket is configured of the bucket.
    if (isForBuckets(recognised)) return services.serve(recognised, request, response, none);
    const extraHeaders = origin === undefined ? none : origins.corsHeaders(request);
    if (request.method === 'OPTIONS' && origin !== undefined) {
      request.resume();
      return send(response, { status: 204, headers: extraHeaders, body: undefined });
    }
    if (InternalEndpoints.owns(url)) return internal.serve(request, response, extraHeaders);
    if (recognised.kind === 'lambda') return lambda.serve(request, response, extraHeaders);
    return services.serve(recognised, request, response, extraHeaders);
  }

  #refuse(
    request: IncomingMessage,
    response: ServerResponse,
    what: 'Host' | 'Origin',
    value: string | undefined,
  ): void {
    const { service, clock } = this.#deps;
    if (!request.complete) discardBody(request, clock);
    const { status, headers, body } = service.encodeError(foreignRequest(what, value));
    send(response, { status, headers: Object.entries(headers).flat(), body });
  }
}

const none: readonly string[] = [];

const isForBuckets = (recognised: Recognised): recognised is Recognised & { readonly kind: 'service' } =>
  recognised.kind === 'service' && recognised.service === 's3';
