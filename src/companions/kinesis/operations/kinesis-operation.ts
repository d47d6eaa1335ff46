/** What the operations of Kinesis have in common. */
import type { KinesisOperations } from '../../../aws/generated/kinesis-operations.ts';
import type { Operation } from '../../../aws/operation-table.ts';
import { milliseconds } from '../../../kernel/quantity.ts';
import { dateOf } from '../../../kernel/timestamp.ts';
import type { CompanionCall } from '../../companion-call.ts';
import { wouldHaveSucceeded } from '../kinesis-faults.ts';

export type KinesisOperation<Name extends keyof KinesisOperations> = Operation<
  KinesisOperations[Name]['input'],
  KinesisOperations[Name]['output'],
  CompanionCall
>;

export type KinesisOutput<Name extends keyof KinesisOperations> = KinesisOperations[Name]['output'];

/** @param time milliseconds since the epoch */
export const date = (time: number): Date => dateOf(milliseconds(time));

/** After all checks and before anything is done. @throws ServiceError when nothing shall be done */
export function stopDryRun({ DryRun }: { readonly DryRun?: boolean | undefined }): void {
  if (DryRun === true) throw wouldHaveSucceeded();
}
