/** The URLs of queues: how they are written, and how those that clients send are read. */
import { accountId, type Region, region, type Scope, scopeOf } from '../../../aws/scope.ts';
import { ServiceError } from '../../../aws/service-error.ts';
import type { QueueAddress } from './queue-name.ts';

/**
 * `dynamic`: by the host that the client itself used. `off`: the public host alone. `path`, `standard`, `domain`: the region
 * is part of the path, or of the host in AWS's newer or older form.
 */
export type QueueUrlForm = 'dynamic' | 'off' | 'path' | 'standard' | 'domain';

export interface QueueUrlsDeps {
  readonly form: QueueUrlForm;
  /** Scheme, host and port. */
  readonly publicOrigin: () => string;
}

export class QueueUrls {
  readonly #deps: QueueUrlsDeps;

  constructor(deps: QueueUrlsDeps) {
    this.#deps = deps;
  }

  /** @param origin by which the client came */
  urlOf({ scope: { account, region: place }, name }: QueueAddress, origin: string): string {
    const { form, publicOrigin } = this.#deps;
    switch (form) {
      case 'dynamic':
        return `${origin}/${account}/${name}`;
      case 'off':
        return `${publicOrigin()}/${account}/${name}`;
      case 'path':
        return `${publicOrigin()}/queue/${place}/${account}/${name}`;
      case 'standard':
        return `${below(publicOrigin(), `sqs.${place}`)}/${account}/${name}`;
      case 'domain':
        return `${below(publicOrigin(), place === 'us-east-1' ? 'queue' : `${place}.queue`)}/${account}/${name}`;
    }
  }
}

const below = (origin: string, labels: string): string => origin.replace('://', `://${labels}.`);

/** Origin, if any, then the path; what follows a question mark does not count. */
const form = /^(?:https?:\/\/([^/?#]*))?(?:\/queue\/([a-z0-9-]+))?\/(\d{12})\/([^/?#]+)\/?(?:[?#].*)?$/i;
const inHost = /^(?:sqs\.([a-z]{2,4}(?:-[a-z]+)+-\d+)\.|([a-z]{2,4}(?:-[a-z]+)+-\d+)\.queue\.)/;

/**
 * Any host will do: the account and the name are in the path, and the region, where it is neither there nor in the host, is
 * that of the caller.
 * @param url or its path alone
 * @throws ServiceError InvalidAddress
 */
export function readQueueUrl(url: string, caller: Scope): QueueAddress {
  const [, host = '', pathRegion, account, name] = form.exec(url) ?? [];
  if (account === undefined || name === undefined) {
    throw new ServiceError('InvalidAddress', `The address ${url} is not valid for this endpoint.`);
  }
  const [, newer, older] = inHost.exec(host) ?? [];
  const named = pathRegion ?? newer ?? older;
  const place: Region = named === undefined ? caller.region : region(named);
  return { scope: scopeOf(accountId(account), place), name };
}
