/** Whether a message fits the filter of a subscription. */
import type { MessageFilter } from '../topic.ts';
import type { Notification, NotificationAttribute } from './notification.ts';

export function fitsFilter(filter: MessageFilter | undefined, notification: Notification): boolean {
  if (filter === undefined) return true;
  return filter.scope === 'MessageBody' ? fitsBody(filter, notification) : filter.fits(attributeValues(notification));
}

/** A body that is no JSON object fits no policy. */
function fitsBody({ fits }: MessageFilter, notification: Notification): boolean {
  try {
    const body: unknown = JSON.parse(notification.textFor('default'));
    return typeof body === 'object' && body !== null && !Array.isArray(body) && fits(body);
  } catch {
    return false;
  }
}

/** Bytes are nothing that a policy could speak of. */
const attributeValues = ({ attributes }: Notification): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    [...attributes]
      .filter(([, { bytes }]) => bytes === undefined)
      .map(([name, attribute]) => [name, valueOf(attribute)]),
  );

function valueOf({ type, value }: NotificationAttribute): unknown {
  if (type.startsWith('Number')) return Number(value);
  if (!type.startsWith('String.Array')) return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}
