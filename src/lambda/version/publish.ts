/** Publishes `$LATEST` as an immutable version of its own: under the next number, or as `$LATEST.PUBLISHED`. */
import { isDeepStrictEqual } from 'node:util';
import { retainCode } from '../code/received-code.ts';
import type { FunctionRecord } from '../function/function-record.ts';
import type { FunctionState } from '../function/function-state.ts';
import type { FunctionStore } from '../function/function-store.ts';
import type { VersionId } from '../function/function-version.ts';
import type { LambdaCall } from '../lambda-call.ts';
import { invalidParameterValue } from '../lambda-error.ts';
import { borrowLayers } from '../layer/borrowed-layers.ts';
import { newRevisionId, newVersion } from './new-version.ts';
import { latestPublished, type VersionRecord } from './version-record.ts';

export interface PublicationInput {
  readonly PublishTo?: 'LATEST_PUBLISHED' | undefined;
  /** In place of the description that `$LATEST` has. */
  readonly Description?: string | undefined;
}

/** @throws ServiceError InvalidParameterValueException for `$LATEST.PUBLISHED` of a function without capacity provider. */
export function checkPublishTo(input: PublicationInput, settings: { readonly capacityProvider?: unknown }): void {
  if (input.PublishTo !== undefined && settings.capacityProvider === undefined) {
    throw invalidParameterValue('PublishTo is only supported for functions with a capacity provider configuration.');
  }
}

/**
 * The version that publishing would make, when there is one already: neither code nor configuration has changed since.
 * The description that was given to the version alone does not count, nor does the one in the request.
 */
export function publishedAlready(
  { scope, name, latest, lastPublished }: FunctionRecord,
  { PublishTo }: PublicationInput,
  functions: FunctionStore,
): VersionRecord | undefined {
  const newest = PublishTo === undefined ? String(lastPublished) : latestPublished;
  const version = functions.findVersion(scope, name, newest);
  if (version === undefined) return undefined;
  const { settings, latestDescription = settings.description } = version;
  const same =
    isDeepStrictEqual(version.source, latest.source) &&
    isDeepStrictEqual({ ...settings, description: latestDescription }, latest.settings);
  return same ? version : undefined;
}

/**
 * The version that was published, or the one that was already. `$LATEST` gets a new RevisionId by it.
 * @see AWS Lambda API reference, PublishVersion
 */
export function publish(owner: FunctionRecord, input: PublicationInput, call: LambdaCall): VersionRecord {
  const { functions, codeStore, lifecycle, clock, random } = call;
  const already = publishedAlready(owner, input, functions);
  if (already !== undefined) return already;
  const { scope, name, latest } = owner;
  const { settings, source } = latest;
  const numbered = input.PublishTo === undefined;
  const number = owner.lastPublished + (numbered ? 1 : 0);
  const id = numbered ? (String(number) as VersionId) : latestPublished;
  const former = functions.findVersion(scope, name, id);
  const content = {
    version: id,
    settings: { ...settings, description: input.Description ?? settings.description },
    source,
    lastModified: clock.now(),
    state: firstState(latest, former),
  };
  const version = { ...newVersion(owner, content, random), latestDescription: settings.description };
  retainCode(source, codeStore);
  borrowLayers(settings.layers, codeStore);
  functions.put({ ...owner, lastPublished: number, latest: { ...latest, revisionId: newRevisionId(random) } });
  functions.putVersion(scope, name, version);
  if (version.state.kind !== 'active') lifecycle.beginPublished(owner, version);
  if (former !== undefined) lifecycle.letGo(former);
  return version;
}

function firstState({ settings, state }: VersionRecord, former: VersionRecord | undefined): FunctionState {
  if (settings.snapStart === 'PublishedVersions') return { kind: 'snapshotting' };
  // What `$LATEST` was prepared for, this is too. On a capacity provider it takes instances; but a name that was
  // invoked already is not to have nothing behind it meanwhile.
  const ready = state.kind === 'active' && (settings.capacityProvider === undefined || former !== undefined);
  return { kind: ready ? 'active' : 'pending' };
}
