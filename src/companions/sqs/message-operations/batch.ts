/** What the batch operations have in common: entries with ids, each of which succeeds or fails by itself. */
import { ServiceError } from '../../../aws/service-error.ts';

export interface BatchEntry {
  readonly Id: string;
}

export interface FailedEntry {
  readonly Id: string;
  readonly SenderFault: boolean;
  readonly Code: string;
  readonly Message: string;
}

export interface BatchOutcome<Success> {
  readonly Successful: readonly Success[];
  readonly Failed: readonly FailedEntry[];
}

const most = 10;

/**
 * @param kind of the entries, as AWS's message names it
 * @throws ServiceError EmptyBatchRequest, TooManyEntriesInBatchRequest, InvalidBatchEntryId, BatchEntryIdsNotDistinct
 */
export function checkEntries(entries: readonly BatchEntry[] | undefined, kind: string): void {
  if (entries === undefined || entries.length === 0) {
    throw new ServiceError('EmptyBatchRequest', `There should be at least one ${kind} in the request.`);
  }
  if (entries.length > most) {
    const text = `Maximum number of entries per request are ${most}. You have sent ${entries.length}.`;
    throw new ServiceError('TooManyEntriesInBatchRequest', text);
  }
  const seen = new Set<string>();
  for (const { Id: id } of entries) {
    if (!/^[\w-]{1,80}$/.test(id)) {
      const text =
        'A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long.';
      throw new ServiceError('InvalidBatchEntryId', text);
    }
    if (seen.has(id)) throw new ServiceError('BatchEntryIdsNotDistinct', `Id ${id} repeated.`);
    seen.add(id);
  }
}

/** Runs the entries one after the other. */
export function eachEntry<Entry extends BatchEntry, Success>(
  entries: readonly Entry[],
  run: (entry: Entry) => Success,
): BatchOutcome<Success> {
  const successful: Success[] = [];
  const failed: FailedEntry[] = [];
  for (const entry of entries) {
    try {
      successful.push(run(entry));
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      failed.push({ Id: entry.Id, SenderFault: true, Code: error.code, Message: error.message });
    }
  }
  return { Successful: successful, Failed: failed };
}
