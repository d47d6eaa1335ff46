/** The settings of the services beside Lambda. */
import { type ServiceName, serviceNames, serviceTraits } from '../../aws/service-names.ts';
import type { Setting } from './setting.ts';
import { inGroup } from './setting-group.ts';
import { choice, type SettingType, toggle } from './setting-type.ts';

const services = inGroup('Services');

const isServiceName = (name: string): name is ServiceName => Object.hasOwn(serviceTraits, name);

/** Lambda may be listed, as compose files do; it is always there. */
const nameList: SettingType<readonly ServiceName[]> = {
  allowed: `names separated by commas, of lambda, ${serviceNames.join(', ')}`,
  parse(text) {
    const names = text
      .split(',')
      .map((name) => name.trim())
      .filter((name) => name !== '' && name !== 'lambda');
    return names.every(isServiceName) ? names : undefined;
  },
  show: (names) => names.join(','),
};

const endpoint: SettingType<string | undefined> = {
  allowed: 'a URL with http or https, for example http://localhost:9324',
  parse(text) {
    const url = URL.parse(text);
    const usable = (url?.protocol === 'http:' || url?.protocol === 'https:') && url.hostname !== '';
    return usable ? text.replace(/\/+$/, '') : undefined;
  },
  show: (value) => value ?? '',
};

export const serviceSettings = {
  enabledServices: services(
    'SERVICES',
    nameList,
    serviceNames,
    'The services that this daemon offers beside Lambda; each starts when it is first used',
    'all of them',
  ),
  fallbackEndpoint: services(
    'LAMBDAD_FALLBACK_ENDPOINT',
    endpoint,
    undefined,
    'Where calls for services that are not offered here are passed on to; without it they are refused with 501',
    'none',
  ),
};

export const sqsSettings = {
  queueUrlForm: services(
    'SQS_ENDPOINT_STRATEGY',
    choice('dynamic', 'standard', 'domain', 'path', 'off'),
    'dynamic',
    'The URLs of queues: by the host that the client used, by the public host alone (`off`), or with the region in the host (`standard`, `domain`) or the path (`path`)',
  ),
  purgeRest: services(
    'SQS_DELAY_PURGE_RETRY',
    toggle,
    false,
    'A queue that was purged cannot be purged again for 60 seconds, as on AWS',
  ),
  nameRest: services(
    'SQS_DELAY_RECENTLY_DELETED',
    toggle,
    false,
    'The name of a queue that was deleted cannot be used again for 60 seconds, as on AWS',
  ),
};

const endpointSetting = (name: ServiceName): Setting<string | undefined> => {
  const variable = `AWS_ENDPOINT_URL_${serviceTraits[name].endpointVariable}`;
  return services(
    variable,
    endpoint,
    undefined,
    `Another ${name} to use, for clients and for event sources`,
    'the one here',
  );
};

/** By service; one that is set takes the place of the service here. */
export const endpointSettings = Object.fromEntries(
  serviceNames.map((name) => [name, endpointSetting(name)]),
  // One for each name; Object.fromEntries forgets that.
) as Readonly<Record<ServiceName, Setting<string | undefined>>>;
