/** What a mapping has and may be given, by the kind of its source; the tables of AWS's documentation as data. */
import type { EventSource, EventSourceKind } from './event-source.ts';
import type { MappingSettings } from './event-source-mapping-record.ts';

export type SettingName = keyof MappingSettings;

export interface SourceTraits {
  /** What a mapping has that was given nothing; shown in every reply. */
  readonly defaults: MappingSettings;
  /** Settings that exist for the kind, beside those that exist for all. */
  readonly settings: readonly SettingName[];
  /** Members without which it cannot be read. */
  readonly required: readonly ('Topics' | 'Queues' | 'SourceAccessConfigurations')[];
  /** StateTransitionReason of what the user asked for; AWS has two texts for it. */
  readonly userAction: 'USER_INITIATED' | 'User action';
}

const everywhere: readonly SettingName[] = [
  'BatchSize',
  'MaximumBatchingWindowInSeconds',
  'FilterCriteria',
  'KMSKeyArn',
];
const retrySettings: readonly SettingName[] = [
  'DestinationConfig',
  'MaximumRecordAgeInSeconds',
  'BisectBatchOnFunctionError',
  'MaximumRetryAttempts',
  'FunctionResponseTypes',
  'MetricsConfig',
];
const startSettings: readonly SettingName[] = ['StartingPosition', 'StartingPositionTimestamp'];

const stream: SourceTraits = {
  defaults: {
    BatchSize: 100,
    MaximumBatchingWindowInSeconds: 0,
    ParallelizationFactor: 1,
    TumblingWindowInSeconds: 0,
    BisectBatchOnFunctionError: false,
    DestinationConfig: { OnFailure: {} },
    MaximumRecordAgeInSeconds: -1,
    MaximumRetryAttempts: -1,
    FunctionResponseTypes: [],
  },
  settings: [...retrySettings, ...startSettings, 'ParallelizationFactor', 'TumblingWindowInSeconds'],
  required: [],
  userAction: 'User action',
};

const kafkaSettings: readonly SettingName[] = [
  ...retrySettings,
  ...startSettings,
  'Topics',
  'SourceAccessConfigurations',
  'ProvisionedPollerConfig',
  'LoggingConfig',
];

/** The window of the last four is half a second, which replies cannot say: they leave it out until it is set. */
const bySource: Readonly<Record<EventSourceKind, SourceTraits>> = {
  sqs: {
    defaults: { BatchSize: 10, MaximumBatchingWindowInSeconds: 0, FunctionResponseTypes: [] },
    settings: ['FunctionResponseTypes', 'ScalingConfig', 'ProvisionedPollerConfig', 'MetricsConfig'],
    required: [],
    userAction: 'USER_INITIATED',
  },
  kinesis: stream,
  dynamodb: stream,
  msk: {
    defaults: { BatchSize: 100 },
    settings: [...kafkaSettings, 'AmazonManagedKafkaEventSourceConfig'],
    required: ['Topics'],
    userAction: 'USER_INITIATED',
  },
  'self-managed-kafka': {
    defaults: { BatchSize: 100 },
    settings: [...kafkaSettings, 'SelfManagedKafkaEventSourceConfig'],
    required: ['SourceAccessConfigurations', 'Topics'],
    userAction: 'USER_INITIATED',
  },
  mq: {
    defaults: { BatchSize: 100 },
    settings: ['Queues', 'SourceAccessConfigurations'],
    required: ['SourceAccessConfigurations', 'Queues'],
    userAction: 'USER_INITIATED',
  },
  documentdb: {
    defaults: { BatchSize: 100 },
    settings: [...startSettings, 'SourceAccessConfigurations', 'DocumentDBEventSourceConfig'],
    required: ['SourceAccessConfigurations'],
    userAction: 'USER_INITIATED',
  },
};

/**
 * @see AWS Lambda API reference, CreateEventSourceMapping
 * @see AWS Lambda Developer Guide, the page "parameters for event source mappings" of each service
 */
export const traitsOf = ({ kind }: EventSource): SourceTraits => bySource[kind];

export const takesSetting = (source: EventSource, name: SettingName): boolean =>
  everywhere.includes(name) || traitsOf(source).settings.includes(name);

/** Those with shards, which need to be told where to begin. */
export const isStream = (source: EventSource): boolean => source.kind === 'kinesis' || source.kind === 'dynamodb';
