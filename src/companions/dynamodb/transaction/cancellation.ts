/** Why a transaction did not happen, element by element. */
import { ServiceError } from '../../../aws/service-error.ts';
import { DetailedError } from '../engine/library-error.ts';
import { isConditionFailure } from '../engine/run-action.ts';
import type { Item } from '../item/item.ts';

export interface CancellationReason {
  readonly Code: string;
  readonly Message?: string;
  readonly Item?: Item;
}

export const noReason: CancellationReason = { Code: 'None' };

/**
 * @param shown gives the item that is shown when the element's condition is what failed
 * @throws The error itself, where it is not about one element.
 */
export function reasonOf(error: unknown, shown: () => Item | undefined): CancellationReason {
  if (!(error instanceof ServiceError)) throw error;
  const { message: Message } = error;
  if (isConditionFailure(error)) {
    const item = shown();
    return { Code: 'ConditionalCheckFailed', Message, ...(item === undefined ? {} : { Item: item }) };
  }
  if (error.code !== 'ValidationException') throw error;
  return { Code: 'ValidationError', Message };
}

/** @throws ServiceError TransactionCanceledException unless no element has a reason */
export function cancelFor(reasons: readonly CancellationReason[]): void {
  if (reasons.every(({ Code }) => Code === noReason.Code)) return;
  const codes = reasons.map(({ Code }) => Code).join(', ');
  throw new DetailedError(
    'TransactionCanceledException',
    `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes}]`,
    { CancellationReasons: reasons },
  );
}
