/** The forms of settings that concern containers. */
import { parseDockerFlags } from '../../executors/docker/docker-flags.ts';
import { type ImageMapping, parseImageMapping, showImageMapping } from '../../executors/docker/image-mapping.ts';
import { runtimeApiLevelIn, runtimeApiLevelVariable } from './runtime-api-level-in.ts';
import type { SettingType } from './setting-type.ts';

/** A setting that need not have a value. */
export const optional = <Value>(type: SettingType<Value>): SettingType<Value | undefined> => ({
  ...type,
  show: (value) => (value === undefined ? '' : type.show(value)),
});

export const engineHost: SettingType<string> = {
  allowed: 'unix:///path/of/socket or tcp://host:port',
  parse: (text) => (/^(?:unix:\/\/\/|(?:tcp|https?):\/\/[^\s/]+\/?$)/.test(text) ? text : undefined),
  show: (value) => value,
};

export const imageMapping: SettingType<ImageMapping> = {
  allowed: 'a pattern with <runtime> in it, or a JSON object from runtimes to images',
  parse: parseImageMapping,
  show: showImageMapping,
};

/** The text, once it has been found right. */
export const containerFlags: SettingType<string> = {
  allowed:
    '-e, -v, -p, -l, -u, --add-host, --env-file, --network, --dns, --ulimit, --platform, each with a value, and --privileged; LOCALSTACK_INIT_LOG_LEVEL from trace to panic',
  parse(text) {
    const flags = parseDockerFlags(text);
    const named = flags !== undefined && runtimeApiLevelVariable in flags.environment;
    return flags === undefined || (named && runtimeApiLevelIn(text) === undefined) ? undefined : text;
  },
  show: (text) => text,
};

export const names: SettingType<readonly string[]> = {
  allowed: 'names separated by commas',
  parse(text) {
    const list = text === '' ? [] : text.split(',').map((part) => part.trim());
    return list.every((name) => /^[\w.-]+$/.test(name)) ? list : undefined;
  },
  show: (value) => value.join(','),
};

export const word: SettingType<string> = {
  allowed: 'a name or an address',
  parse: (text) => (/^[\w.:-]+$/.test(text) ? text : undefined),
  show: (value) => value,
};
