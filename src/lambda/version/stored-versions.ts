/** Finds the version that an invocation names, in the function store. */
import type { Random } from '../../kernel/random.ts';
import type { AliasRecord } from '../alias/alias-record.ts';
import { addressFunction, qualifiedArn } from '../function/function-address.ts';
import { functionKey } from '../function/function-key.ts';
import type { FunctionRecord } from '../function/function-record.ts';
import type { FunctionStore } from '../function/function-store.ts';
import type { VersionId } from '../function/function-version.ts';
import type { InvocationTarget, ResolvedTarget, VersionCatalogue } from '../function/invocation-target.ts';
import { stateOutput } from '../function/state-output.ts';
import { functionNotFound, notInState } from '../lambda-error.ts';
import type { RecordStore } from '../record-store.ts';
import { checkInvocable } from './managed-invocation.ts';
import { latestPublished, latestVersion, type VersionRecord } from './version-record.ts';

export class StoredVersions implements VersionCatalogue {
  readonly #functions: FunctionStore;
  readonly #aliases: RecordStore<AliasRecord>;
  readonly #random: Random;

  constructor(functions: FunctionStore, aliases: RecordStore<AliasRecord>, random: Random) {
    this.#functions = functions;
    this.#aliases = aliases;
    this.#random = random;
  }

  resolve(target: InvocationTarget): ResolvedTarget {
    if (target.qualifier === undefined) {
      // Every invocation comes by here and nearly all end here: a text that is a stored name needs no parsing.
      const record = this.#functions.find(target.scope, target.functionName);
      if (record !== undefined && record.latest.settings.capacityProvider === undefined) {
        return resolved(record.serving ?? record.latest, record.arn);
      }
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

  /** @throws ServiceError for what a function on a capacity provider cannot be invoked as. */
  #version(record: FunctionRecord, qualifier: string | undefined): VersionRecord | undefined {
    const { scope, name } = record;
    const managed = record.latest.settings.capacityProvider !== undefined;
    const asked = qualifier ?? (managed ? latestPublished : latestVersion);
    const alias = qualifier && this.#aliases.find(scope, functionKey(name, qualifier));
    const id = alias ? this.#chosen(alias) : asked;
    if (managed) checkInvocable(record, id, this.#functions);
    if (id === latestVersion) return record.serving ?? record.latest;
    return this.#functions.findVersion(scope, name, id);
  }

  /** Each invocation on its own, by chance. */
  #chosen({ version, routing }: AliasRecord): VersionId {
    return routing !== undefined && this.#random.fraction() < routing.weight ? routing.version : version;
  }
}

/** @throws ServiceError ResourceConflictException for a version that was never ready. */
function resolved(version: VersionRecord, invokedFunctionArn: string): ResolvedTarget {
  const { runnable, state } = version;
  if (state.kind === 'pending' || state.kind === 'snapshotting' || state.kind === 'failed') {
    throw notInState(stateOutput(state).State ?? 'Pending');
  }
  return { version: runnable, invokedFunctionArn };
}
