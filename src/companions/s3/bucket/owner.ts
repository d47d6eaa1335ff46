/** Who owns something, as S3 shows it: by a canonical id that stands for the account. */
import { createHash } from 'node:crypto';
import type { AccountId } from '../../../aws/scope.ts';

/** 64 hexadecimal digits, the same for the same account at all times. */
export const canonicalId = (account: AccountId): string =>
  createHash('sha256').update(`canonical user id of ${account}`).digest('hex');

export const ownerOf = (account: AccountId): { readonly ID: string } => ({ ID: canonicalId(account) });
