/** The versions of functions that are configured to run on a capacity provider. */
import type { FunctionRecord } from '../function/function-record.ts';
import type { LambdaCall } from '../lambda-call.ts';
import { unlimited } from '../record-store.ts';
import type { VersionRecord } from '../version/version-record.ts';
import { versionsAfter } from '../version/versions-after.ts';

export interface VersionOnProvider {
  readonly owner: FunctionRecord;
  readonly version: VersionRecord;
}

/** Where a page ended: what comes after it does not depend on its being there still. */
export interface Position {
  readonly name: string;
  readonly version: string;
}

type Stored = Pick<LambdaCall, 'functions' | 'scope'>;

const batch = 1000;

/** By function, `$LATEST` first and then the published versions of each. */
export function* versionsOnProvider(
  arn: string,
  after: Position | undefined,
  { functions, scope }: Stored,
): Generator<VersionOnProvider> {
  const begun = after && functions.find(scope, after.name);
  if (begun !== undefined) yield* versionsOf(begun, arn, after?.version, functions);
  let position = after?.name;
  for (;;) {
    const owners = functions.list(scope, position, batch);
    for (const owner of owners) yield* versionsOf(owner, arn, undefined, functions);
    if (owners.length < batch) return;
    position = owners.at(-1)?.name;
  }
}

function* versionsOf(
  owner: FunctionRecord,
  arn: string,
  after: string | undefined,
  functions: Stored['functions'],
): Generator<VersionOnProvider> {
  // A function is on providers all its life or never: most need no look at their versions.
  if (owner.latest.settings.capacityProvider === undefined) return;
  for (const version of versionsAfter(owner, after, unlimited, functions)) {
    if (providerOf(version) === arn) yield { owner, version };
  }
}

const providerOf = ({ settings }: VersionRecord): string | undefined =>
  settings.capacityProvider?.LambdaManagedInstancesCapacityProviderConfig?.CapacityProviderArn;
