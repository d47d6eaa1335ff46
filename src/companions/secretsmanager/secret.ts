/** A secret and its versions. */
import type { Scope } from '../../aws/scope.ts';

export interface SecretVersion {
  readonly versionId: string;
  readonly value: SecretValue;
  readonly created: Date;
  lastAccessed: Date | undefined;
}

export type SecretValue =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'bytes'; readonly bytes: Buffer };

export interface Secret {
  readonly scope: Scope;
  readonly arn: string;
  readonly name: string;
  readonly created: Date;
  description: string | undefined;
  kmsKeyId: string | undefined;
  changed: Date;
  /** Scheduled for deletion since then; it is there until `deletionDue`. */
  deleted: Date | undefined;
  deletionDue: Date | undefined;
  policy: string | undefined;
  readonly tags: Map<string, string>;
  readonly versions: Map<string, SecretVersion>;
  /** Which version each staging label stands at. */
  readonly stages: Map<string, string>;
}

export const current = 'AWSCURRENT';
export const previous = 'AWSPREVIOUS';

/** The labels of a version; one without any is deprecated. */
export const stagesOf = ({ stages }: Secret, versionId: string): readonly string[] =>
  [...stages].filter(([, at]) => at === versionId).map(([stage]) => stage);

/** Moves a label; what was current before is then the previous one. */
export function moveStage(secret: Secret, stage: string, versionId: string): void {
  const before = secret.stages.get(stage);
  secret.stages.set(stage, versionId);
  if (stage === current && before !== undefined && before !== versionId) secret.stages.set(previous, before);
}

export function sameValue(one: SecretValue, other: SecretValue): boolean {
  if (one.kind === 'text') return other.kind === 'text' && one.text === other.text;
  return other.kind === 'bytes' && one.bytes.equals(other.bytes);
}
