/** Finds the version that an invocation names, in the function store. */
import { addressFunction, qualifiedArn } from '../function/function-address.ts';
import type { FunctionRecord } from '../function/function-record.ts';
import type { FunctionStore } from '../function/function-store.ts';
import type { InvocationTarget, ResolvedTarget, VersionCatalogue } from '../function/invocation-target.ts';
import { stateOutput } from '../function/state-output.ts';
import { functionNotFound, notInState } from '../lambda-error.ts';
import { latestVersion, type VersionRecord } from './version-record.ts';

export class StoredVersions implements VersionCatalogue {
  readonly #functions: FunctionStore;

  constructor(functions: FunctionStore) {
    this.#functions = functions;
  }

  resolve(target: InvocationTarget): ResolvedTarget {
    if (target.qualifier === undefined) {
      // Every invocation comes by here and nearly all end here: a text that is a stored name needs no parsing.
      const record = this.#functions.find(target.scope, target.functionName);
      if (record !== undefined) return resolved(record.serving ?? record.latest, record.arn);
    }
    return this.#resolveAddress(target);
  }

  #resolveAddress({ scope, functionName, qualifier: given }: InvocationTarget): ResolvedTarget {
    const { name, arn, qualifier } = addressFunction(scope, functionName, given);
    const invokedFunctionArn = qualifiedArn(arn, qualifier);
    const record = this.#functions.find(scope, name);
    const version = record && this.#version(record, qualifier);
    if (version === undefined) throw functionNotFound(qualifiedArn(arn, qualifier ?? latestVersion));
    return resolved(version, invokedFunctionArn);
  }

  #version(record: FunctionRecord, qualifier: string | undefined): VersionRecord | undefined {
    if (qualifier === undefined || qualifier === latestVersion) return record.serving ?? record.latest;
    return this.#functions.findVersion(record.scope, record.name, qualifier);
  }
}

/** @throws ServiceError ResourceConflictException for a version that was never ready. */
function resolved(version: VersionRecord, invokedFunctionArn: string): ResolvedTarget {
  const { runnable, state } = version;
  if (runnable === undefined || state.kind === 'pending' || state.kind === 'failed') {
    throw notInState(stateOutput(state).State ?? 'Pending');
  }
  return { version: runnable, invokedFunctionArn };
}
