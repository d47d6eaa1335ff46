/** The embedded services, each loaded when it is first used: a daemon that needs none of them pays for none. */
import type { ServiceName } from '../../aws/service-names.ts';
import type { MetricStore } from '../../companions/cloudwatch/metric-store.ts';
import type { CompanionDeps } from '../../companions/companion-deps.ts';
import type { CompanionOpener } from '../../companions/companion-directory.ts';
import type { LogStore } from '../../companions/logs/log-store.ts';
import type { Config, SqsConfig } from '../config/config.ts';

/** What is written from the start, whether or not anybody asks for it. */
export interface CompanionRecords {
  readonly logStore: LogStore;
  readonly metricStore: MetricStore;
}

export function companionOpeners(
  deps: CompanionDeps,
  config: Pick<Config, 'sqs'>,
  { logStore, metricStore }: CompanionRecords,
): Readonly<Partial<Record<ServiceName, CompanionOpener>>> {
  const identity = once(async () => (await import('../../companions/identity/open-identity.ts')).openIdentity(deps));
  const dynamodb = once(async () => (await import('../../companions/dynamodb/open-dynamodb.ts')).openDynamodb(deps));
  return {
    dynamodb: async () => (await dynamodb()).tables,
    dynamodbstreams: async () => (await dynamodb()).streams,
    iam: async () => (await identity()).iam,
    sts: async () => (await identity()).sts,
    cloudwatch: async () =>
      (await import('../../companions/cloudwatch/open-cloudwatch.ts')).openCloudWatch(deps, metricStore),
    ecr: async () => (await import('../../companions/ecr/open-ecr.ts')).openEcr(deps),
    events: async () => (await import('../../companions/events/open-events.ts')).openEvents(deps),
    logs: async () => (await import('../../companions/logs/open-logs.ts')).openLogs(deps, logStore),
    kinesis: async () => (await import('../../companions/kinesis/open-kinesis.ts')).openKinesis(deps),
    s3: async () => (await import('../../companions/s3/open-s3.ts')).openS3(deps),
    secretsmanager: async () =>
      (await import('../../companions/secretsmanager/open-secretsmanager.ts')).openSecretsManager(deps),
    sns: async () => (await import('../../companions/sns/open-sns.ts')).openSns(deps),
    sqs: async () => (await import('../../companions/sqs/open-sqs.ts')).openSqs(deps, sqsOptions(config.sqs)),
    ssm: async () => (await import('../../companions/ssm/open-ssm.ts')).openSsm(deps),
    kms: async () => (await import('../../companions/kms/open-kms.ts')).openKms(deps),
  };
}

/** Opens what several services share when the first of them is needed. */
function once<Value>(open: () => Promise<Value>): () => Promise<Value> {
  let opened: Promise<Value> | undefined;
  return () => (opened ??= open());
}

/** What AWS makes clients wait, in milliseconds. */
const rest = 60_000;

const sqsOptions = ({ queueUrlForm, purgeRest, nameRest }: SqsConfig) => ({
  queueUrlForm,
  purgeRest: purgeRest ? rest : 0,
  nameRest: nameRest ? rest : 0,
});
