/** The form of LAMBDAD_CREDENTIALS: access keys with their secrets. */
import type { SettingType } from './setting-type.ts';

const pair = /^(?<id>[A-Za-z0-9_]{1,128}):(?<secret>\S+)$/;

/** Secrets by access key id. They are read, never shown. */
export const accessKeyPairs: SettingType<ReadonlyMap<string, string>> = {
  allowed: 'access key ids with their secrets, separated by commas, for example AKIAIOSFODNN7EXAMPLE:secret',
  secret: true,
  parse(text) {
    const pairs = new Map<string, string>();
    for (const part of text.split(',')) {
      const { id, secret } = pair.exec(part.trim())?.groups ?? {};
      if (id === undefined || secret === undefined) return undefined;
      pairs.set(id, secret);
    }
    return pairs;
  },
  show: (value) => [...value.keys()].map((id) => `${id}:…`).join(','),
};
