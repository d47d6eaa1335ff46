/** A parameter and its versions. */
import type { Scope } from '../../aws/scope.ts';

export type ParameterType = 'String' | 'StringList' | 'SecureString';
export type ParameterTier = 'Standard' | 'Advanced' | 'Intelligent-Tiering';

export interface ParameterVersion {
  readonly version: number;
  readonly type: ParameterType;
  /** In clear, whatever the type. */
  readonly value: string;
  /** What a SecureString looks like to whoever does not ask for decryption. */
  readonly ciphertext: string | undefined;
  readonly keyId: string | undefined;
  readonly description: string | undefined;
  readonly allowedPattern: string | undefined;
  readonly tier: 'Standard' | 'Advanced';
  readonly dataType: string;
  readonly policies: string | undefined;
  readonly modified: Date;
  readonly modifiedBy: string;
  readonly labels: Set<string>;
}

export interface Parameter {
  readonly scope: Scope;
  readonly name: string;
  readonly arn: string;
  readonly tags: Map<string, string>;
  /** Oldest first; never empty. */
  readonly versions: ParameterVersion[];
}

export function latestOf({ versions, name }: Parameter): ParameterVersion {
  const latest = versions.at(-1);
  if (latest === undefined) throw new Error(`the parameter ${name} has no version`);
  return latest;
}
