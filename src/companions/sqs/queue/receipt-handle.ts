/** Receipt handles: which receive of which message of which queue. */
import { ServiceError } from '../../../aws/service-error.ts';

export interface Receipt {
  /** Of the queue; another for a queue of the same name that is made later. */
  readonly tag: string;
  readonly messageId: string;
  /** Of the receive. */
  readonly number: number;
}

export const formatReceipt = ({ tag, messageId, number }: Receipt): string =>
  Buffer.from(`${tag} ${messageId} ${number}`, 'latin1').toString('base64');

/** @throws ServiceError ReceiptHandleIsInvalid */
export function parseReceipt(handle: string, tag: string): Receipt {
  const match = /^([0-9a-f]+) ([0-9a-f-]{36}) (\d{1,15})$/.exec(Buffer.from(handle, 'base64').toString('latin1'));
  const [, found, messageId = '', number] = match ?? [];
  if (found !== tag) {
    throw new ServiceError(
      'ReceiptHandleIsInvalid',
      `The input receipt handle "${handle}" is not a valid receipt handle.`,
    );
  }
  return { tag, messageId, number: Number(number) };
}
