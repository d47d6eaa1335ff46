/** The forms that a setting's value may have: how it is read, shown, and described to somebody who got it wrong. */
import { isAbsolute } from 'node:path';
import {
  formatHostAndPort,
  type HostAndPort,
  type ListenAddress,
  parseHostAndPort,
  parseListenAddresses,
} from './listen-address.ts';

export interface SettingType<Value> {
  /** Ends the sentence "allowed: …". */
  readonly allowed: string;
  /** The text holds secrets: no message repeats it. */
  readonly secret?: true;
  /** `undefined` when the text is none of what is allowed. */
  parse(text: string): Value | undefined;
  /** As it would be written in the environment. */
  show(value: Value): string;
}

/** `1` or `0`; the words `true` and `false` are understood too, however they are capitalised. */
export const toggle: SettingType<boolean> = {
  allowed: '1 or 0 (true or false)',
  parse(text) {
    const word = text.toLowerCase();
    if (word === '1' || word === 'true') return true;
    return word === '0' || word === 'false' ? false : undefined;
  },
  show: (value) => (value ? '1' : '0'),
};

/** A whole number, given as its decimal digits; `unit` only describes it. */
export function integer<Unit extends number>(options: {
  readonly min: number;
  readonly max?: number;
  readonly unit?: string;
  readonly of: (value: number) => Unit;
}): SettingType<Unit> {
  const { min, max = Number.MAX_SAFE_INTEGER, unit } = options;
  const range = max === Number.MAX_SAFE_INTEGER ? `${min} or more` : `${min} to ${max}`;
  return {
    allowed: `a whole number${unit === undefined ? '' : ` of ${unit}`}, ${range}`,
    parse(text) {
      if (!/^\d{1,16}$/.test(text)) return undefined;
      const value = Number(text);
      return value >= min && value <= max ? options.of(value) : undefined;
    },
    show: String,
  };
}

/** One of a few words, exactly as written here. */
export function choice<const Word extends string>(...words: readonly Word[]): SettingType<Word> {
  return {
    allowed: `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`,
    parse: (text) => words.find((word) => word === text),
    show: (value) => value,
  };
}

export const listenAddresses: SettingType<readonly ListenAddress[]> = {
  allowed: 'host:port, several separated by commas, IPv6 in brackets, for example 127.0.0.1:4566,[::1]:4566',
  parse: parseListenAddresses,
  show: (value) => value.map(formatHostAndPort).join(','),
};

export const hostAndPort: SettingType<HostAndPort> = {
  allowed: 'host or host:port, for example localhost.localstack.cloud:4566',
  parse: parseHostAndPort,
  show: formatHostAndPort,
};

export const bucketName: SettingType<string> = {
  allowed: 'the name of a bucket: letters, digits, dots, hyphens, underscores',
  parse: (text) => (/^[\w.-]{3,63}$/.test(text) && !text.endsWith('.') ? text : undefined),
  show: (value) => value,
};

const origin = /^[a-z][a-z0-9+.-]*:\/\/[^\s/,?#]+$/;

/** Web origins, as a browser sends them in `Origin`. */
export const origins: SettingType<readonly string[]> = {
  allowed: 'origins separated by commas, for example http://localhost:3000,https://app.example.com',
  parse(text) {
    const list = text.split(',').map((part) => part.trim().toLowerCase().replace(/\/$/, ''));
    return list.every((part) => origin.test(part)) ? list : undefined;
  },
  show: (value) => value.join(','),
};

export const webAddress: SettingType<string> = {
  allowed: 'a URL that begins with http:// or https://',
  parse: (text) => (/^https?:\/\/[^\s/?#]+\/?$/.test(text) && URL.canParse(text) ? text : undefined),
  show: (value) => value,
};

export const directory: SettingType<string> = {
  allowed: 'an absolute path',
  parse: (text) => (isAbsolute(text) && !text.includes('\0') ? text : undefined),
  show: (value) => value,
};
