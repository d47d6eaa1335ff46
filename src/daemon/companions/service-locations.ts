/** Where each service beside Lambda is, as the settings say it: embedded, elsewhere, or not to be had. */
import type { ServiceLocation } from '../../aws/clients/service-clients.ts';
import { type ServiceName, serviceBy, serviceTraits } from '../../aws/service-names.ts';
import { ownCredentials } from '../../cloud/own-credentials.ts';
import { isAwsHost } from '../../cloud/sign-for-aws.ts';
import type { CompanionDirectory } from '../../companions/companion-directory.ts';
import type { Config } from '../config/config.ts';

type Located = Pick<Config, 'enabledServices' | 'endpoints' | 'fallbackEndpoint'>;

export class ServiceLocations {
  readonly #config: Located;
  readonly #directory: CompanionDirectory;

  constructor(config: Located, directory: CompanionDirectory) {
    this.#config = config;
    this.#directory = directory;
  }

  readonly locate = (service: ServiceName): ServiceLocation => {
    const { enabledServices, endpoints, fallbackEndpoint } = this.#config;
    // Streams belong to their tables.
    const endpoint = endpoints[service] ?? (service === 'dynamodbstreams' ? endpoints.dynamodb : undefined);
    if (endpoint !== undefined) return elsewhere(endpoint);
    const isEnabled = enabledServices.includes(service);
    if (isEnabled && this.#directory.has(service))
      return { kind: 'embedded', open: () => this.#directory.get(service) };
    if (fallbackEndpoint !== undefined) return elsewhere(fallbackEndpoint);
    return { kind: 'absent', reason: isEnabled ? notHere(service) : switchedOff(service) };
  };

  /** @param service what a signature calls a service, which need not be one of ours */
  readonly locateNamed = (service: string): ServiceLocation => {
    const known = Object.hasOwn(serviceTraits, service) ? (service as ServiceName) : serviceBy('signingName', service);
    if (known !== undefined) return this.locate(known);
    const { fallbackEndpoint } = this.#config;
    return fallbackEndpoint === undefined ? { kind: 'absent', reason: notHere(service) } : elsewhere(fallbackEndpoint);
  };
}

const elsewhere = (endpoint: string): ServiceLocation => ({
  kind: 'elsewhere',
  endpoint,
  credentials: isAwsHost(new URL(endpoint).hostname) ? ownCredentials : undefined,
});

const notHere = (service: string): string =>
  `The service ${service} is not part of lambdad. Set LAMBDAD_FALLBACK_ENDPOINT to another emulator, and its calls go there.`;

const switchedOff = (service: string): string =>
  `The service ${service} is switched off: SERVICES does not list it. Add it there, or set its endpoint.`;
