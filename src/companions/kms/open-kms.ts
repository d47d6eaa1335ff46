/** AWS KMS: symmetric keys, aliases, grants; real encryption with keys that end with the daemon. */
import type { EmbeddedService } from '../../aws/embedded-service.ts';
import { kms } from '../../aws/generated/kms.ts';
import type { KmsOperations } from '../../aws/generated/kms-operations.ts';
import type { OperationTable } from '../../aws/operation-table.ts';
import { compileAwsJson } from '../../aws/protocol/aws-json/aws-json.ts';
import type { CompanionDeps } from '../companion-deps.ts';
import { OperationService } from '../operation-service.ts';
import { KeyStore } from './key-store.ts';
import { createAlias, deleteAlias, listAliases, updateAlias } from './operations/alias.ts';
import {
  decrypt,
  encrypt,
  generateDataKey,
  generateDataKeyWithoutPlaintext,
  generateRandom,
  reEncrypt,
} from './operations/cryptography.ts';
import { createGrant, listGrants, retireGrant, revokeGrant } from './operations/grant.ts';
import {
  cancelKeyDeletion,
  createKey,
  describeKey,
  disableKey,
  enableKey,
  listKeys,
  scheduleKeyDeletion,
  updateKeyDescription,
} from './operations/key.ts';
import {
  disableKeyRotation,
  enableKeyRotation,
  getKeyPolicy,
  getKeyRotationStatus,
  listKeyPolicies,
  listResourceTags,
  putKeyPolicy,
  tagResource,
  untagResource,
} from './operations/key-settings.ts';

const bodyLimit = 256 * 1024;

export function openKms(deps: CompanionDeps): EmbeddedService {
  const store = new KeyStore(deps);
  const operations = {
    CancelKeyDeletion: cancelKeyDeletion(store),
    CreateAlias: createAlias(store),
    CreateGrant: createGrant(store),
    CreateKey: createKey(store),
    Decrypt: decrypt(store),
    DeleteAlias: deleteAlias(store),
    DescribeKey: describeKey(store),
    DisableKey: disableKey(store),
    DisableKeyRotation: disableKeyRotation(store),
    EnableKey: enableKey(store),
    EnableKeyRotation: enableKeyRotation(store),
    Encrypt: encrypt(store),
    GenerateDataKey: generateDataKey(store),
    GenerateDataKeyWithoutPlaintext: generateDataKeyWithoutPlaintext(store),
    GenerateRandom: generateRandom,
    GetKeyPolicy: getKeyPolicy(store),
    GetKeyRotationStatus: getKeyRotationStatus(store),
    ListAliases: listAliases(store),
    ListGrants: listGrants(store),
    ListKeyPolicies: listKeyPolicies(store),
    ListKeys: listKeys(store),
    ListResourceTags: listResourceTags(store),
    PutKeyPolicy: putKeyPolicy(store),
    ReEncrypt: reEncrypt(store),
    RetireGrant: retireGrant(store),
    RevokeGrant: revokeGrant(store),
    ScheduleKeyDeletion: scheduleKeyDeletion(store),
    TagResource: tagResource(store),
    UntagResource: untagResource(store),
    UpdateAlias: updateAlias(store),
    UpdateKeyDescription: updateKeyDescription(store),
  } satisfies OperationTable<KmsOperations>;
  return new OperationService({ ...deps, table: kms, protocols: [compileAwsJson(kms, '1.1')], operations, bodyLimit });
}
