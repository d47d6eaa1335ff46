/** What the Host header says about a request: meant for this daemon, for a function URL, or for somebody else. */
import { isPrivateAddress } from './private-address.ts';

export type HostKind =
  | { readonly kind: 'own' }
  | { readonly kind: 'function-url'; readonly urlId: string; readonly region: string; readonly domainName: string }
  /** A name that a page on the web could have pointed at us (DNS rebinding). */
  | { readonly kind: 'foreign' };

const own: HostKind = { kind: 'own' };
const foreign: HostKind = { kind: 'foreign' };

/** Names that public DNS cannot hand to a stranger: reserved top-level domains, and names without a dot. */
const privateSuffixes = ['.localhost', '.local', '.internal', '.test', '.lan', '.home.arpa', '.cluster.local'];
/**
 * Endpoints of AWS's services, which containers resolve to us. A stranger gets names below `amazonaws.com` too (machines,
 * load balancers, buckets), and may choose where some of them point; those have other forms.
 */
const awsEndpoint =
  /^[a-z0-9-]+\.(?:(?:[a-z]{2,3}(?:-[a-z]+){1,3}-\d\.)?amazonaws\.com(?:\.cn)?|[a-z]{2,3}(?:-[a-z]+){1,3}-\d\.api\.(?:aws|amazonwebservices\.com\.cn))$/;
const functionUrl = /^([^.]+)\.lambda-url\.([a-z0-9-]+)\./;
/** Names of buckets at AWS, which clients are pointed here with: nobody but AWS could hand them to a stranger. */
const bucketAtAws = /(?:^|\.)s3(?!-website)(?:[.-][a-z0-9-]+)*\.amazonaws\.com(?:\.cn)?$/;
const ipv4 = /^\d{1,3}(?:\.\d{1,3}){3}$/;

export class HostNames {
  readonly #publicHost: string;
  /** Clients send few different hosts, many times. */
  readonly #known = new Map<string, HostKind>();

  /** @param publicHost the name in LOCALSTACK_HOST, whose subdomains are ours too */
  constructor(publicHost: string) {
    this.#publicHost = publicHost.toLowerCase();
  }

  classify(host: string | undefined): HostKind {
    if (host === undefined) return own; // HTTP/1.0: no browser sends that
    const known = this.#known.get(host);
    if (known !== undefined) return known;
    const kind = this.#classify(host.toLowerCase());
    if (this.#known.size < 1000) this.#known.set(host, kind);
    return kind;
  }

  #classify(host: string): HostKind {
    const name = withoutPort(host);
    const url = functionUrl.exec(name);
    if (url?.[1] !== undefined && url[2] !== undefined) {
      return { kind: 'function-url', urlId: url[1], region: url[2], domainName: name };
    }
    // A browser names an address only when it truly connects to it: whatever address reached us is ours.
    const isOwn = this.#isOwnName(name) || awsEndpoint.test(name) || bucketAtAws.test(name);
    return isAddress(name) || isOwn ? own : foreign;
  }

  /** Whether a page that was served under this host name is one of the developer's own. */
  servesOwnPages(name: string): boolean {
    return isAddress(name) ? isPrivateAddress(name) : this.#isOwnName(name);
  }

  #isOwnName(name: string): boolean {
    if (name === this.#publicHost || name.endsWith(`.${this.#publicHost}`)) return true;
    if (!name.includes('.')) return true;
    if (name === 'localhost.localstack.cloud' || name.endsWith('.localhost.localstack.cloud')) return true;
    return privateSuffixes.some((suffix) => name.endsWith(suffix));
  }
}

const isAddress = (name: string): boolean => ipv4.test(name) || name.startsWith('[');

function withoutPort(host: string): string {
  if (host.startsWith('[')) return host.slice(0, host.indexOf(']') + 1);
  const colon = host.indexOf(':');
  return colon < 0 ? host : host.slice(0, colon);
}
