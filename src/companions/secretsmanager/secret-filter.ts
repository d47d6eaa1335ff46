/** The filters of ListSecrets: each must hold, for one of its values; `!` before a value means all others. */
import type { Secret } from './secret.ts';

export interface SecretFilter {
  readonly Key?: string | undefined;
  readonly Values?: readonly string[] | undefined;
}

/** @see Secrets Manager API reference, ListSecrets, Filters */
export const matchesFilters = (secret: Secret, filters: readonly SecretFilter[]): boolean =>
  filters.every(({ Key = 'all', Values = [] }) => Values.some((value) => matches(secret, Key, value)));

function matches(secret: Secret, key: string, value: string): boolean {
  const negated = value.startsWith('!');
  const wanted = negated ? value.slice(1) : value;
  return textsOf(secret, key).some((text) => begins(text, wanted, key)) !== negated;
}

function textsOf({ name, description, tags, scope }: Secret, key: string): readonly string[] {
  switch (key) {
    case 'name':
      return [name];
    case 'description':
      return words(description ?? '');
    case 'tag-key':
      return [...tags.keys()];
    case 'tag-value':
      return [...tags.values()];
    case 'primary-region':
      return [scope.region];
    case 'owning-service':
      return [];
    default:
      return [...words(name), ...words(description ?? ''), ...tags.keys(), ...tags.values()];
  }
}

/** All are prefixes; only what is said of names and tags minds the case. */
function begins(text: string, wanted: string, key: string): boolean {
  if (key === 'description' || key === 'all') return text.toLowerCase().startsWith(wanted.toLowerCase());
  return text.startsWith(wanted);
}

const words = (text: string): readonly string[] => text.split(/[\s/_+=.@-]+/).filter((word) => word !== '');
