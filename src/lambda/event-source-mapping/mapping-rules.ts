/** What a mapping on each kind of source may be configured as. */
import type { ServiceError } from '../../aws/service-error.ts';
import type { Milliseconds } from '../../kernel/quantity.ts';
import { invalidParameterValue } from '../lambda-error.ts';
import type { EventSource } from './event-source.ts';
import type { MappingSettings } from './event-source-mapping-record.ts';
import { parseFilterPattern } from './filter-pattern.ts';
import { isStream, type SettingName, takesSetting, traitsOf } from './source-traits.ts';

/** The service raises it to ten for those who ask. */
const filtersAtMost = 5;

/**
 * What a request names: does the kind of source have that?
 * @throws ServiceError InvalidParameterValueException
 */
export function checkNamedSettings(source: EventSource, given: MappingSettings): void {
  for (const [name, value] of Object.entries(given) as [SettingName, unknown][]) {
    if (value !== undefined && !takesSetting(source, name)) throw unsupported(source, name);
  }
  if (given.DestinationConfig?.OnSuccess !== undefined) throw unsupported(source, 'DestinationConfig');
}

/**
 * What the mapping would be: is it complete, and does it fit together?
 * @throws ServiceError InvalidParameterValueException with the first rule broken.
 */
export function checkSettings(source: EventSource, settings: MappingSettings, now: Milliseconds): void {
  for (const name of traitsOf(source).required) {
    if (!settings[name]?.length) throw invalidParameterValue(`Required '${parameter(name)}' parameter is missing.`);
  }
  checkStart(source, settings, now);
  if (source.kind === 'sqs') checkQueueBatch(source, settings);
  checkFilters(settings);
  checkRecordAge(settings);
  checkPollers(source, settings);
}

function unsupported(source: EventSource, name: SettingName): ServiceError {
  if (source.kind === 'sqs' && name === 'StartingPosition') {
    return invalidParameterValue('Unsupported StartingPosition parameter for given event source mapping type.');
  }
  const shown = name === 'DestinationConfig' ? name : `'${parameter(name)}'`;
  return invalidParameterValue(`Unsupported ${shown} parameter for given event source mapping type.`);
}

/** As the service's own messages spell a member. */
const parameter = (name: SettingName): string => name.charAt(0).toLowerCase() + name.slice(1);

function checkStart(source: EventSource, settings: MappingSettings, now: Milliseconds): void {
  const { StartingPosition: position, StartingPositionTimestamp: time } = settings;
  const shares = settings.SelfManagedKafkaEventSourceConfig?.ConsumptionMode === 'Queue';
  if (shares && position !== undefined) throw unsupported(source, 'StartingPosition');
  if (shares && settings.MaximumBatchingWindowInSeconds !== undefined) {
    throw unsupported(source, 'MaximumBatchingWindowInSeconds');
  }
  if (position === undefined && isStream(source)) {
    // The wording of the front end, with a code and a full stop of the service's own.
    throw invalidParameterValue(
      "1 validation error detected: Value null at 'startingPosition' failed to satisfy constraint: Member must not be null.",
    );
  }
  if (position !== 'AT_TIMESTAMP') return;
  if (source.kind === 'dynamodb') {
    throw invalidParameterValue(`Unsupported starting position for arn type: ${source.arn}`);
  }
  if (time === undefined) throw invalidParameterValue('Need to specify a timestamp');
  if (time.getTime() > now) throw invalidParameterValue('StartingPositionTimestamp cannot be in the future.');
}

function checkQueueBatch({ fifo }: { readonly fifo: boolean }, settings: MappingSettings): void {
  const { BatchSize: size = 0, MaximumBatchingWindowInSeconds: window = 0 } = settings;
  if (fifo && window > 0) throw invalidParameterValue('Batching window is not supported for FIFO queues');
  if (fifo && size > 10) throw invalidParameterValue('Maximum batch size must be between 1 and 10 inclusive');
  if (size > 10 && window === 0) {
    throw invalidParameterValue(
      'Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than 10',
    );
  }
}

function checkFilters({ FilterCriteria: criteria }: MappingSettings): void {
  const filters = criteria?.Filters ?? [];
  if (filters.length > filtersAtMost) {
    throw invalidParameterValue(`The number of filters must not exceed ${filtersAtMost}.`);
  }
  if (filters.some(({ Pattern }) => Pattern === undefined || parseFilterPattern(Pattern) === undefined)) {
    throw invalidParameterValue('Invalid filter pattern definition.');
  }
}

/** The model takes any number from -1; the documentation says which of them mean something. */
function checkRecordAge({ MaximumRecordAgeInSeconds: age = -1 }: MappingSettings): void {
  if (age === -1 || age >= 60) return;
  throw invalidParameterValue('MaximumRecordAgeInSeconds must be -1 or at least 60.');
}

/** @see AWS Lambda API reference, ProvisionedPollerConfig */
function checkPollers(source: EventSource, settings: MappingSettings): void {
  const { ProvisionedPollerConfig: pollers, ScalingConfig: scaling } = settings;
  if (pollers === undefined) return;
  const queue = source.kind === 'sqs';
  if (queue && scaling !== undefined) {
    throw invalidParameterValue('ScalingConfig and ProvisionedPollerConfig cannot be used together.');
  }
  if (queue && pollers.PollerGroupName !== undefined) throw unsupported(source, 'ProvisionedPollerConfig');
  const least = queue ? 2 : 1;
  const most = queue ? 10_000 : 2_000;
  const { MinimumPollers: minimum = least, MaximumPollers: maximum = 200 } = pollers;
  if (minimum < least) throw invalidParameterValue(`MinimumPollers must be at least ${least}.`);
  if (maximum > most || maximum < least) {
    throw invalidParameterValue(`MaximumPollers must be between ${least} and ${most}.`);
  }
  if (minimum > maximum) throw invalidParameterValue('MinimumPollers must not be greater than MaximumPollers.');
}
