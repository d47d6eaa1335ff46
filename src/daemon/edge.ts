/** Composes the HTTP edge over the two planes. */

import { lambda } from '../aws/generated/lambda.ts';
import type { LambdaOperations } from '../aws/generated/lambda-operations.ts';
import type { OperationTable } from '../aws/operation-table.ts';
import { compileRestJson } from '../aws/protocol/rest-json/rest-json-service.ts';
import { SignatureVerifier } from '../aws/sigv4/signature-verifier.ts';
import { ownCredentials } from '../cloud/own-credentials.ts';
import { isAwsHost, signForAws } from '../cloud/sign-for-aws.ts';
import type { Endpoint } from '../gateway/endpoint.ts';
import { FunctionUrlEdge } from '../gateway/function-url/function-url-edge.ts';
import { UrlAuthentication } from '../gateway/function-url/url-authentication.ts';
import type { UrlDirectory } from '../gateway/function-url/url-target.ts';
import { Gateway } from '../gateway/gateway.ts';
import { HostNames } from '../gateway/host-name.ts';
import { InternalEndpoints } from '../gateway/internal-endpoints.ts';
import { OriginGuard } from '../gateway/origin-guard.ts';
import { ServiceApi } from '../gateway/service-api.ts';
import { RequestForwarder } from '../gateway/services/request-forwarder.ts';
import type { RequestSigner } from '../gateway/services/request-signer.ts';
import { ServiceEdge } from '../gateway/services/service-edge.ts';
import { invoke } from '../invocation/invoke.ts';
import { invokeOperation } from '../invocation/operations/invoke.ts';
import { invokeAsyncOperation } from '../invocation/operations/invoke-async.ts';
import { invokeWithResponseStreamOperation } from '../invocation/operations/invoke-with-response-stream.ts';
import { rootHeaderOf } from '../invocation/trace-header.ts';
import type { ControlPlane } from '../lambda/control-plane.ts';
import { enforcePolicies } from '../lambda/permission/enforce-policies.ts';
import { mayUseUrl } from '../lambda/permission/function-url-access.ts';
import type { Companions } from './companions/open-companions.ts';
import type { Invocations } from './invocations.ts';
import type { Platform } from './platform.ts';

/** Operations whose request holds a deployment package. */
const uploads = new Set(['CreateFunction', 'UpdateFunctionCode', 'PublishLayerVersion']);

export function openEdge(
  platform: Platform,
  control: ControlPlane,
  invocations: Invocations,
  companions: Companions,
  endpoints: readonly Endpoint[],
): Gateway {
  const { deps, events, metrics } = invocations;
  const { config, clock, random, logger, accessKeys } = platform;
  const { createFunctionRequestSize, payloadSize } = config.limits;
  const service = compileRestJson(lambda);
  const table: OperationTable<LambdaOperations> = {
    ...control.operations,
    Invoke: invokeOperation({ ...deps, maxRequest: payloadSize, events }),
    InvokeAsync: invokeAsyncOperation(events),
    InvokeWithResponseStream: invokeWithResponseStreamOperation({ ...deps, maxRequest: payloadSize, events }),
  };
  const operations = config.enforceIam ? enforcePolicies(table, control.policies) : table;
  const bodyLimit = (operation: string): number => (uploads.has(operation) ? createFunctionRequestSize : payloadSize);
  const hosts = new HostNames(config.publicHost.host);
  return new Gateway({
    hosts,
    origins: new OriginGuard(hosts, config.extraCorsAllowedOrigins),
    functionUrls: new FunctionUrlEdge({
      directory: urlDirectoryOf(control),
      authentication: new UrlAuthentication(new SignatureVerifier({ keys: accessKeys, clock })),
      mayUse: (url, signer) => !config.enforceIam || mayUseUrl(control.policies, url, signer),
      invoke: (invocation) => invoke({ ...invocation, clientContext: undefined, tail: false }, deps),
      clock,
      random,
      logger,
      traceHeaderOf: (given) => rootHeaderOf(given, clock.now(), random),
      metrics: {
        answered: ({ scope, functionName }, status, latency) =>
          metrics.urlAnswered(scope, functionName, status, latency),
      },
      maxEvent: payloadSize,
    }),
    internal: new InternalEndpoints(endpoints),
    lambda: new ServiceApi({ service, operations, bodyLimit, clock, random, logger }),
    services: new ServiceEdge({
      backendOf: companions.locations.locateNamed,
      forwarder: new RequestForwarder({ logger, signer: signerForAws }),
      clock,
    }),
    service,
    clock,
    logger,
  });
}

const signerForAws: RequestSigner = {
  signsFor: ({ hostname }) => isAwsHost(hostname),
  sign: (request) => signForAws(request, ownCredentials),
};

const urlDirectoryOf =
  ({ urlDirectory }: ControlPlane): UrlDirectory =>
  (urlId, region) => {
    const found = urlDirectory.find(urlId, region);
    return found && { ...found, urlId };
  };
