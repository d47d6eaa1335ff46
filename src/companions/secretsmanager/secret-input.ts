/** What the operations on values have in common: the value as it is sent, and a new version of it. */

import { current, moveStage, type Secret, type SecretValue, sameValue } from './secret.ts';
import { invalidParameter, tokenInUse } from './secret-faults.ts';
import type { SecretStore } from './secret-store.ts';

interface SentValue {
  readonly SecretString?: string | undefined;
  readonly SecretBinary?: Buffer | undefined;
}

/** @throws ServiceError for both at once */
export function valueOf({ SecretString, SecretBinary }: SentValue): SecretValue | undefined {
  if (SecretString !== undefined && SecretBinary !== undefined) {
    throw invalidParameter(
      "You can't specify both a binary secret value and a string secret value in the same secret.",
    );
  }
  if (SecretString !== undefined) return { kind: 'text', text: SecretString };
  return SecretBinary === undefined ? undefined : { kind: 'bytes', bytes: SecretBinary };
}

/** The same token again with the same value changes nothing: clients repeat requests that they are not sure of. */
export function addVersion(
  store: SecretStore,
  secret: Secret,
  value: SecretValue,
  token: string | undefined,
  stages: readonly string[] = [current],
): string {
  const versionId = token ?? store.versionId();
  const present = secret.versions.get(versionId);
  if (present !== undefined) {
    if (!sameValue(present.value, value)) throw tokenInUse(versionId, secret.arn);
    return versionId;
  }
  secret.versions.set(versionId, { versionId, value, created: store.now(), lastAccessed: undefined });
  for (const stage of stages) moveStage(secret, stage, versionId);
  secret.changed = store.now();
  dropDeprecated(secret);
  return versionId;
}

/** Source: Secrets Manager user guide, "What's in a Secrets Manager secret?": about a hundred versions are kept. */
const keptVersions = 100;

function dropDeprecated(secret: Secret): void {
  const labelled = new Set(secret.stages.values());
  for (const versionId of secret.versions.keys()) {
    if (secret.versions.size <= keptVersions) return;
    if (!labelled.has(versionId)) secret.versions.delete(versionId);
  }
}

export const tagsOf = (tags: ReadonlyMap<string, string>): { Key: string; Value: string }[] =>
  [...tags].map(([Key, Value]) => ({ Key, Value }));
