/** A key of KMS, its aliases' target, and the grants on it. */
import type { Scope } from '../../aws/scope.ts';

/** What a key can do is decided by its state. */
export type KeyState = 'Enabled' | 'Disabled' | 'PendingDeletion';

export interface Grant {
  readonly id: string;
  readonly token: string;
  readonly name: string | undefined;
  readonly granteePrincipal: string | undefined;
  readonly retiringPrincipal: string | undefined;
  readonly operations: readonly string[];
  readonly constraints: object | undefined;
  readonly created: Date;
}

export interface KmsKey {
  readonly scope: Scope;
  readonly id: string;
  readonly arn: string;
  readonly created: Date;
  /** `AWS` for the keys that services make for themselves. */
  readonly owner: 'AWS' | 'CUSTOMER';
  /** 256 bits, which never leave the daemon. */
  readonly material: Buffer;
  state: KeyState;
  deletionDue: Date | undefined;
  description: string;
  policy: string;
  rotates: boolean;
  readonly tags: Map<string, string>;
  readonly grants: Map<string, Grant>;
}
