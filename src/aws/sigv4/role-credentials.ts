/** Credentials as those of a role: what a function signs with them acts in the function's own account. */

import type { Random } from '../../kernel/random.ts';
import type { AccountId } from '../scope.ts';

export interface RoleCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

export function roleCredentials(account: AccountId, random: Random): RoleCredentials {
  const text = (bytes: number): string => Buffer.from(random.hex(bytes), 'hex').toString('base64');
  return {
    accessKeyId: accessKeyOf(account, random),
    secretAccessKey: text(30),
    sessionToken: text(240),
  };
}

const base32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/**
 * Twenty characters, of the kind whose account this daemon reads (`LSIA`), so that no key is taken for one of AWS's.
 * The account's number is in bits 9 to 48 of the first fifty, as in AWS's keys; all others are random.
 */
function accessKeyOf(account: AccountId, random: Random): string {
  const noise = BigInt(`0x${random.hex(5)}`);
  const digits = (BigInt(account) << 39n) | (noise & 0x7f_ffff_ffffn);
  let key = '';
  for (let shift = 75n; shift >= 0n; shift -= 5n) key += base32.charAt(Number((digits >> shift) & 31n));
  return `LSIA${key}`;
}
