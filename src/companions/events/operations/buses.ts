/** The operations on buses. */
import { ServiceError } from '../../../aws/service-error.ts';
import { policyText } from '../bus/bus-policy.ts';
import type { BusStore } from '../bus/bus-store.ts';
import { defaultBus, type EventBus } from '../bus/event-bus.ts';
import { busExists, invalid } from '../events-faults.ts';
import { type EventsOperation, eventsPage } from './events-operation.ts';

export const createEventBus =
  (store: BusStore): EventsOperation<'CreateEventBus'> =>
  ({ Name, EventSourceName, Description, KmsKeyIdentifier, DeadLetterConfig, LogConfig, Tags = [] }, { scope }) => {
    if (EventSourceName !== undefined) {
      const text = `Event source ${EventSourceName} does not exist.`;
      throw new ServiceError('ResourceNotFoundException', text);
    }
    if (Name.includes('/')) throw invalid("Event bus name must not contain '/'.");
    if (store.find(scope, Name) !== undefined) throw busExists(Name);
    const bus = store.create(scope, Name);
    bus.description = Description;
    bus.kmsKey = KmsKeyIdentifier;
    bus.deadLetterConfig = DeadLetterConfig;
    bus.logConfig = LogConfig;
    for (const { Key, Value } of Tags) bus.tags.set(Key, Value);
    return { EventBusArn: bus.arn, Description, KmsKeyIdentifier, DeadLetterConfig, LogConfig };
  };

export const updateEventBus =
  (store: BusStore): EventsOperation<'UpdateEventBus'> =>
  ({ Name, Description, KmsKeyIdentifier, DeadLetterConfig, LogConfig }, { scope }) => {
    const bus = store.require(scope, Name);
    if (Description !== undefined) bus.description = Description;
    if (KmsKeyIdentifier !== undefined) bus.kmsKey = KmsKeyIdentifier;
    if (DeadLetterConfig !== undefined) bus.deadLetterConfig = DeadLetterConfig;
    if (LogConfig !== undefined) bus.logConfig = LogConfig;
    bus.modified = store.now();
    return { Arn: bus.arn, Name: bus.name, ...settingsOf(bus) };
  };

const settingsOf = ({ description, kmsKey, deadLetterConfig, logConfig }: EventBus) => ({
  Description: description,
  KmsKeyIdentifier: kmsKey,
  DeadLetterConfig: deadLetterConfig,
  LogConfig: logConfig,
});

/** `DeleteEventBus`: one that is not there is as good as deleted. */
export const deleteEventBus =
  (store: BusStore): EventsOperation<'DeleteEventBus'> =>
  ({ Name }, { scope }) => {
    if (Name === defaultBus) throw invalid(`Cannot delete event bus ${defaultBus}.`);
    const bus = store.find(scope, Name);
    if (bus === undefined) return {};
    if (bus.rules.size > 0) throw invalid("Event bus can't be deleted since it has rules.");
    store.remove(bus);
    return {};
  };

const listed = (bus: EventBus) => ({
  Name: bus.name,
  Arn: bus.arn,
  Description: bus.description,
  Policy: policyText(bus),
  CreationTime: bus.created,
  LastModifiedTime: bus.modified,
});

export const describeEventBus =
  (store: BusStore): EventsOperation<'DescribeEventBus'> =>
  ({ Name }, { scope }) => {
    const bus = store.require(scope, Name);
    return { ...listed(bus), ...settingsOf(bus) };
  };

export const listEventBuses =
  (store: BusStore): EventsOperation<'ListEventBuses'> =>
  ({ NamePrefix = '', ...page }, { scope }) => {
    const all = store.all(scope).filter(({ name }) => name.startsWith(NamePrefix));
    const { items, NextToken } = eventsPage(all, ({ name }) => name, page);
    return { EventBuses: items.map(listed), NextToken };
  };
