/** `IncreaseStreamRetentionPeriod` and `DecreaseStreamRetentionPeriod`: the same number set in two directions. */
import { invalidArgument } from '../kinesis-faults.ts';
import type { StreamStore } from '../stream/stream-store.ts';
import type { KinesisOperation } from './kinesis-operation.ts';

/** Hours. Source: Kinesis developer guide, "Change the data retention period". */
const shortest = 24;
const longest = 8760;

/** The period that it has already is taken too: Terraform sets it after each creation. */
export const increaseRetention =
  (store: StreamStore): KinesisOperation<'IncreaseStreamRetentionPeriod'> =>
  ({ RetentionPeriodHours, ...reference }, { scope }) => {
    const { settings, origin } = store.requireActive(scope, reference);
    requirePossible(RetentionPeriodHours);
    if (RetentionPeriodHours < settings.retentionHours) {
      throw invalidArgument(
        `Requested retention period (${RetentionPeriodHours} hours) for stream ${origin.name} can not be shorter than ` +
          `existing retention period (${settings.retentionHours} hours). Use DecreaseRetentionPeriod API.`,
      );
    }
    settings.retentionHours = RetentionPeriodHours;
    return {};
  };

export const decreaseRetention =
  (store: StreamStore): KinesisOperation<'DecreaseStreamRetentionPeriod'> =>
  ({ RetentionPeriodHours, ...reference }, { scope }) => {
    const { settings, origin } = store.requireActive(scope, reference);
    requirePossible(RetentionPeriodHours);
    if (RetentionPeriodHours > settings.retentionHours) {
      throw invalidArgument(
        `Requested retention period (${RetentionPeriodHours} hours) for stream ${origin.name} can not be longer than ` +
          `existing retention period (${settings.retentionHours} hours). Use IncreaseRetentionPeriod API.`,
      );
    }
    settings.retentionHours = RetentionPeriodHours;
    return {};
  };

function requirePossible(hours: number): void {
  if (hours < shortest) {
    throw invalidArgument(
      `Minimum allowed retention period is ${shortest} hours. Requested retention period (${hours} hours) is too short.`,
    );
  }
  if (hours > longest) {
    throw invalidArgument(
      `Maximum allowed retention period is ${longest} hours. Requested retention period (${hours} hours) is too long.`,
    );
  }
}
