/** One page of a list of queues. */
import { decodeMarker, encodeMarker } from '../../../aws/pagination-marker.ts';
import type { Queue } from '../queue/queue.ts';
import { invalidValue } from '../sqs-error.ts';

const most = 1000;

export interface QueuePage {
  readonly queues: readonly Queue[];
  readonly NextToken?: string;
}

/**
 * @param queues all of them, by name
 * @throws ServiceError InvalidParameterValue
 * @see Amazon SQS API reference, ListQueues: without MaxResults there is no next page
 */
export function queuePage(queues: readonly Queue[], size: number | undefined, token: string | undefined): QueuePage {
  if (size !== undefined && (size < 1 || size > most)) {
    throw invalidValue(size, 'MaxResults', `MaxResults must be an integer between 1 and ${most}.`);
  }
  const after = token === undefined || token === '' ? '' : decodeMarker(token);
  if (after === undefined) throw invalidValue(token ?? '', 'NextToken', 'It is not a token that this operation gave.');
  const rest = queues.filter(({ name }) => name > after);
  const page = rest.slice(0, size ?? most);
  const last = page.at(-1);
  const isMore = size !== undefined && rest.length > page.length && last !== undefined;
  return { queues: page, ...(isMore ? { NextToken: encodeMarker(last.name) } : {}) };
}
