/** Encryption as it is asked for, and shown; here, nothing leaves this machine's memory. */
import { formatArn, parseArn } from '../../../aws/arn.ts';
import type { Scope } from '../../../aws/scope.ts';
import type { TableEncryption } from '../table/table.ts';

export interface EncryptionSpecification {
  readonly Enabled?: boolean | undefined;
  readonly KMSMasterKeyId?: string | undefined;
}

/** @returns Nothing for encryption with a key of the service's own, of which a table says nothing. */
export function encryptionOf(asked: EncryptionSpecification | undefined, scope: Scope): TableEncryption | undefined {
  if (asked?.Enabled !== true) return undefined;
  const { KMSMasterKeyId: key = 'alias/aws/dynamodb' } = asked;
  if (parseArn(key) !== undefined) return { keyArn: key };
  return {
    keyArn: formatArn({ ...scope, service: 'kms', resource: key.startsWith('alias/') ? key : `key/${key}` }),
  };
}
