/** A key as the API describes it. */
import type { KmsKey } from './kms-key.ts';

export const keyMetadata = (key: KmsKey) => ({
  AWSAccountId: key.scope.account,
  KeyId: key.id,
  Arn: key.arn,
  CreationDate: key.created,
  Enabled: key.state === 'Enabled',
  Description: key.description,
  KeyUsage: 'ENCRYPT_DECRYPT' as const,
  KeyState: key.state,
  ...(key.deletionDue === undefined ? {} : { DeletionDate: key.deletionDue }),
  Origin: 'AWS_KMS' as const,
  KeyManager: key.owner,
  CustomerMasterKeySpec: 'SYMMETRIC_DEFAULT' as const,
  KeySpec: 'SYMMETRIC_DEFAULT' as const,
  EncryptionAlgorithms: ['SYMMETRIC_DEFAULT' as const],
  MultiRegion: false,
});
