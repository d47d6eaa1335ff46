import { parsePattern } from '../event-pattern-text.ts';
import { invalid } from '../events-faults.ts';
import { deepestEvent, jsonDepth } from '../json-text.ts';
import type { EventsOperation } from './events-operation.ts';

/** Source: EventBridge API reference, TestEventPattern, Event: the fields that must be there. */
const required = ['id', 'account', 'source', 'time', 'region', 'resources', 'detail-type'];

/** `TestEventPattern`: whether an event would fit. */
export const testEventPattern: EventsOperation<'TestEventPattern'> = ({ EventPattern, Event }) => {
  const fits = parsePattern(EventPattern);
  let event: unknown;
  try {
    event = JSON.parse(Event);
  } catch {
    throw invalid('Parameter Event is not valid.');
  }
  const hasAll = typeof event === 'object' && event !== null && required.every((name) => Object.hasOwn(event, name));
  if (!hasAll || jsonDepth(Event) > deepestEvent) throw invalid('Parameter Event is not valid.');
  return { Result: fits(event) };
};
