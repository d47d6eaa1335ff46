/** Lambda as the companions see it: takes their events for functions. */
import type { RequestId } from '../../aws/call.ts';
import { parseFunctionReference } from '../../aws/function-arn.ts';
import { accountId, region, type Scope, scopeOf } from '../../aws/scope.ts';
import { ServiceError } from '../../aws/service-error.ts';
import type { FunctionDelivery, FunctionEvent, FunctionTarget } from '../../companions/function-target.ts';
import type { EventAcceptor } from '../../invocation/operations/event-acceptor.ts';
import type { Random } from '../../kernel/random.ts';
import type { VersionCatalogue } from '../../lambda/function/invocation-target.ts';
import type { ResourcePolicies } from '../../lambda/permission/resource-policies.ts';
import { mayInvoke } from '../../lambda/permission/service-access.ts';

export interface FunctionDeliveriesDeps {
  readonly catalogue: VersionCatalogue;
  readonly events: EventAcceptor;
  readonly policies: ResourcePolicies;
  /** Whether permissions count (ENFORCE_IAM). */
  readonly enforced: boolean;
  readonly random: Random;
}

export class FunctionDeliveries implements FunctionTarget {
  readonly #deps: FunctionDeliveriesDeps;

  constructor(deps: FunctionDeliveriesDeps) {
    this.#deps = deps;
  }

  async deliver(event: FunctionEvent): Promise<FunctionDelivery> {
    const { events, enforced, policies, random } = this.#deps;
    const { functionArn, payload } = event;
    const scope = scopeOfFunction(functionArn);
    if (scope === undefined) return refused('not-found', `${functionArn} is not the ARN of a function`);
    if (enforced && !mayInvoke(policies, event)) {
      return refused('not-permitted', `${event.principal} is not permitted to invoke ${functionArn}`);
    }
    try {
      events.accept({
        target: { scope, functionName: functionArn, qualifier: undefined },
        requestId: random.uuid() as RequestId,
        payload,
        clientContext: undefined,
        traceHeader: event.traceHeader,
        tail: false,
      });
      return { kind: 'accepted' };
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      const reason = error.code === 'ResourceNotFoundException' ? 'not-found' : 'unavailable';
      return refused(reason, error.message);
    }
  }

  exists(functionArn: string): boolean {
    const scope = scopeOfFunction(functionArn);
    if (scope === undefined) return false;
    try {
      this.#deps.catalogue.resolve({ scope, functionName: functionArn, qualifier: undefined });
      return true;
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      // One that is Pending is there.
      return error.code !== 'ResourceNotFoundException';
    }
  }
}

function refused(reason: 'not-found' | 'not-permitted' | 'unavailable', message: string): FunctionDelivery {
  return { kind: 'refused', reason, message };
}

function scopeOfFunction(functionArn: string): Scope | undefined {
  const named = parseFunctionReference(functionArn);
  if (named?.account === undefined || named.region === undefined) return undefined;
  return scopeOf(accountId(named.account), region(named.region));
}
