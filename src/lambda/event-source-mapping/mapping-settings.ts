/** The settings of a mapping as a request leaves them: defaults, what is named on top, what is emptied gone. */
import type { LambdaOperations } from '../../aws/generated/lambda-operations.ts';
import type { EventSource } from './event-source.ts';
import type { MappingSettings } from './event-source-mapping-record.ts';
import { traitsOf } from './source-traits.ts';

type CreateInput = LambdaOperations['CreateEventSourceMapping']['input'];
type UpdateInput = LambdaOperations['UpdateEventSourceMapping']['input'];

/** Members of requests that say which mapping, and between what. */
const identity = ['UUID', 'FunctionName', 'EventSourceArn', 'SelfManagedEventSource', 'Enabled', 'Tags'];

/** The members of a request that are settings and that it really has. */
export const settingsIn = (input: CreateInput | UpdateInput): MappingSettings =>
  Object.fromEntries(Object.entries(input).filter(([name, value]) => value !== undefined && !identity.includes(name)));

/** The settings of a new mapping. */
export const newSettings = (source: EventSource, uuid: string, input: CreateInput): MappingSettings =>
  merged({ ...traitsOf(source).defaults, ...kindDefaults(source, uuid) }, settingsIn(input));

/** What the request names replaces, the rest stays. */
export const changedSettings = (current: MappingSettings, input: UpdateInput): MappingSettings =>
  merged(current, settingsIn(input));

/** Every mapping on Kafka reads as a member of some consumer group: unless told, of one of its own. */
function kindDefaults(source: EventSource, uuid: string): MappingSettings {
  switch (source.kind) {
    case 'msk':
      return { AmazonManagedKafkaEventSourceConfig: { ConsumerGroupId: uuid } };
    case 'self-managed-kafka':
      return { SelfManagedKafkaEventSourceConfig: { ConsumerGroupId: uuid } };
    default:
      return {};
  }
}

function merged(current: MappingSettings, given: MappingSettings): MappingSettings {
  const settings: MappingSettings = { ...current, ...given };
  return {
    ...settings,
    // What is empty is how a request takes something away.
    FilterCriteria: settings.FilterCriteria?.Filters?.length ? settings.FilterCriteria : undefined,
    KMSKeyArn: settings.KMSKeyArn === '' ? undefined : settings.KMSKeyArn,
    ScalingConfig: filled(settings.ScalingConfig),
    ProvisionedPollerConfig: filled(settings.ProvisionedPollerConfig),
    MetricsConfig: settings.MetricsConfig?.Metrics?.length ? settings.MetricsConfig : undefined,
    LoggingConfig: filled(settings.LoggingConfig),
    DestinationConfig: settings.DestinationConfig && { OnFailure: destination(settings.DestinationConfig) },
    ...groupKept(current, given),
  };
}

const filled = <Config extends object>(config: Config | undefined): Config | undefined =>
  config === undefined || Object.values(config).every((value) => value === undefined) ? undefined : config;

const destination = ({ OnFailure }: NonNullable<MappingSettings['DestinationConfig']>) =>
  OnFailure?.Destination ? { Destination: OnFailure.Destination } : {};

/** A change of the rest of its configuration leaves the consumer group what it is. */
function groupKept(current: MappingSettings, given: MappingSettings): MappingSettings {
  const { AmazonManagedKafkaEventSourceConfig: managed, SelfManagedKafkaEventSourceConfig: selfManaged } = given;
  return {
    ...(managed && {
      AmazonManagedKafkaEventSourceConfig: { ...current.AmazonManagedKafkaEventSourceConfig, ...managed },
    }),
    ...(selfManaged && {
      SelfManagedKafkaEventSourceConfig: { ...current.SelfManagedKafkaEventSourceConfig, ...selfManaged },
    }),
  };
}
