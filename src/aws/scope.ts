/** Where a resource lives: partition, account and region. */
import type { Brand } from '../kernel/brand.ts';

export type Partition = Brand<string, 'Partition'>;
/** Twelve digits. */
export type AccountId = Brand<string, 'AccountId'>;
export type Region = Brand<string, 'Region'>;

export interface Scope {
  readonly partition: Partition;
  readonly account: AccountId;
  readonly region: Region;
}

export const accountId = (value: string): AccountId => value as AccountId;
export const region = (value: string): Region => value as Region;

/** The partition that a region belongs to. Source: AWS General Reference, "ARNs". */
export function partitionOf(name: Region): Partition {
  if (name.startsWith('cn-')) return 'aws-cn' as Partition;
  if (name.startsWith('us-gov-')) return 'aws-us-gov' as Partition;
  if (name.startsWith('eusc-')) return 'aws-eusc' as Partition;
  if (name.startsWith('us-isob-')) return 'aws-iso-b' as Partition;
  if (name.startsWith('us-isof-') || name.startsWith('eu-isoe-')) {
    return (name.startsWith('us-isof-') ? 'aws-iso-f' : 'aws-iso-e') as Partition;
  }
  if (name.startsWith('us-iso-')) return 'aws-iso' as Partition;
  return 'aws' as Partition;
}

export const scopeOf = (account: AccountId, name: Region): Scope => ({
  partition: partitionOf(name),
  account,
  region: name,
});
