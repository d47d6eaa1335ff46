/** AWS Secrets Manager: secrets with versions and staging labels, in memory. */
import type { EmbeddedService } from '../../aws/embedded-service.ts';
import { secretsmanager } from '../../aws/generated/secretsmanager.ts';
import type { SecretsManagerOperations } from '../../aws/generated/secretsmanager-operations.ts';
import { notYet, type OperationTable } from '../../aws/operation-table.ts';
import { compileAwsJson } from '../../aws/protocol/aws-json/aws-json.ts';
import type { CompanionDeps } from '../companion-deps.ts';
import { OperationService } from '../operation-service.ts';
import { batchGetSecretValue } from './operations/batch-get-secret-value.ts';
import { createSecret } from './operations/create-secret.ts';
import { deleteSecret } from './operations/delete-secret.ts';
import { describeSecret } from './operations/describe-secret.ts';
import { getRandomPassword } from './operations/get-random-password.ts';
import { getSecretValue } from './operations/get-secret-value.ts';
import { listSecrets } from './operations/list-secrets.ts';
import { putSecretValue } from './operations/put-secret-value.ts';
import {
  deleteResourcePolicy,
  getResourcePolicy,
  putResourcePolicy,
  validateResourcePolicy,
} from './operations/resource-policy.ts';
import { restoreSecret } from './operations/restore-secret.ts';
import { tagResource, untagResource } from './operations/tags.ts';
import { updateSecret } from './operations/update-secret.ts';
import { listSecretVersionIds, updateSecretVersionStage } from './operations/versions.ts';
import { SecretStore } from './secret-store.ts';

/** The longest value has 65,536 bytes, in base64 a third more. */
const bodyLimit = 1024 * 1024;

export function openSecretsManager(deps: CompanionDeps): EmbeddedService {
  const store = new SecretStore(deps);
  const operations = {
    BatchGetSecretValue: batchGetSecretValue(store),
    // Nothing rotates here.
    CancelRotateSecret: notYet,
    CreateSecret: createSecret(store),
    DeleteResourcePolicy: deleteResourcePolicy(store),
    DeleteSecret: deleteSecret(store),
    DescribeSecret: describeSecret(store),
    GetRandomPassword: getRandomPassword(store),
    GetResourcePolicy: getResourcePolicy(store),
    GetSecretValue: getSecretValue(store),
    ListSecretVersionIds: listSecretVersionIds(store),
    ListSecrets: listSecrets(store),
    PutResourcePolicy: putResourcePolicy(store),
    PutSecretValue: putSecretValue(store),
    RestoreSecret: restoreSecret(store),
    TagResource: tagResource(store),
    UntagResource: untagResource(store),
    UpdateSecret: updateSecret(store),
    UpdateSecretVersionStage: updateSecretVersionStage(store),
    ValidateResourcePolicy: validateResourcePolicy,
  } satisfies OperationTable<SecretsManagerOperations>;
  return new OperationService({
    ...deps,
    table: secretsmanager,
    protocols: [compileAwsJson(secretsmanager, '1.1')],
    operations,
    bodyLimit,
  });
}
