/** Changing a function's `$LATEST`: when that is allowed, and the change itself. */
import type { CodeSource } from '../code/code-source.ts';
import type { FunctionSettings } from '../configuration/function-settings.ts';
import type { LambdaCall } from '../lambda-call.ts';
import {
  functionNotFound,
  notInState,
  qualifierNotPermitted,
  revisionMismatch,
  updateInProgress,
} from '../lambda-error.ts';
import { borrowLayers } from '../layer/borrowed-layers.ts';
import { newVersion } from '../version/new-version.ts';
import { latestVersion } from '../version/version-record.ts';
import { addressFunction } from './function-address.ts';
import type { FunctionRecord } from './function-record.ts';
import { transition } from './function-state.ts';

interface ChangeInput {
  readonly FunctionName: string;
  readonly RevisionId?: string | undefined;
}

/**
 * The function as it is now, if it may be changed.
 * @throws ServiceError ResourceNotFoundException, PreconditionFailedException for another RevisionId,
 * ResourceConflictException while it is Pending or another change is in progress.
 */
export function requireChangeable(input: ChangeInput, { scope, functions }: LambdaCall): FunctionRecord {
  const { name, arn, qualifier } = addressFunction(scope, input.FunctionName);
  if (qualifier !== undefined && qualifier !== latestVersion) throw qualifierNotPermitted();
  const record = functions.find(scope, name);
  if (record === undefined) throw functionNotFound(arn);
  const { latest } = record;
  if (input.RevisionId !== undefined && input.RevisionId !== latest.revisionId) throw revisionMismatch();
  if (latest.state.kind === 'pending') throw notInState('Pending');
  if (latest.state.kind === 'updating') throw updateInProgress(arn);
  return record;
}

/**
 * Stores the new `$LATEST` and begins to prepare it; invocations run the former one until that has succeeded.
 * Takes over one use of the code; the layers it borrows itself.
 */
export function changeLatest(
  record: FunctionRecord,
  change: { readonly settings: FunctionSettings; readonly source: CodeSource },
  { functions, codeStore, lifecycle, clock, random }: LambdaCall,
): FunctionRecord {
  const former = record.latest;
  // Without anything to run meanwhile it is as if it were created anew.
  const state = transition(former.state, { kind: record.serving === undefined ? 'pending' : 'updating' });
  const content = { version: latestVersion, ...change, lastModified: clock.now(), state };
  const changed = { ...record, latest: newVersion(record, content, random) };
  functions.put(changed);
  // Before the former one gives its own back: a layer may have been deleted since.
  borrowLayers(change.settings.layers, codeStore);
  if (former.generation !== record.serving?.generation) lifecycle.letGo(former);
  lifecycle.beginLatest(changed);
  return changed;
}
