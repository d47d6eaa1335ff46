/** The embedded services, each loaded when it is first used: a daemon that needs none of them pays for none. */
import type { ServiceName } from '../../aws/service-names.ts';
import type { CompanionDeps } from '../../companions/companion-deps.ts';
import type { CompanionOpener } from '../../companions/companion-directory.ts';

export function companionOpeners(deps: CompanionDeps): Readonly<Partial<Record<ServiceName, CompanionOpener>>> {
  const identity = once(async () => (await import('../../companions/identity/open-identity.ts')).openIdentity(deps));
  const dynamodb = once(async () => (await import('../../companions/dynamodb/open-dynamodb.ts')).openDynamodb(deps));
  return {
    dynamodb: async () => (await dynamodb()).tables,
    dynamodbstreams: async () => (await dynamodb()).streams,
    iam: async () => (await identity()).iam,
    sts: async () => (await identity()).sts,
    ecr: async () => (await import('../../companions/ecr/open-ecr.ts')).openEcr(deps),
    secretsmanager: async () =>
      (await import('../../companions/secretsmanager/open-secretsmanager.ts')).openSecretsManager(deps),
    ssm: async () => (await import('../../companions/ssm/open-ssm.ts')).openSsm(deps),
    kms: async () => (await import('../../companions/kms/open-kms.ts')).openKms(deps),
  };
}

/** Opens what several services share when the first of them is needed. */
function once<Value>(open: () => Promise<Value>): () => Promise<Value> {
  let opened: Promise<Value> | undefined;
  return () => (opened ??= open());
}
