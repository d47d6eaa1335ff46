/** Temporary links under which a deployment package can be downloaded: GetFunction's Code.Location. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Clock } from '../../kernel/clock.ts';
import { bytes } from '../../kernel/quantity.ts';
import type { CodeReference, CodeSha256 } from './code-reference.ts';
import { hexDigest } from './code-store.ts';

export interface CodeLocationDeps {
  readonly clock: Clock;
  /** Random, of this daemon's run: links do not outlive it. */
  readonly secret: string;
  /** `host:port` under which callers reach the daemon. */
  readonly publicHost: () => string;
}

/** Paths of all links start with this. */
export const codeLocationPath = '/_lambdad/code/';

const validSeconds = 600;

export class CodeLocations {
  readonly #deps: CodeLocationDeps;

  constructor(deps: CodeLocationDeps) {
    this.#deps = deps;
  }

  /** A URL that is good for ten minutes, as those of AWS are. */
  mint(code: CodeReference): string {
    const expires = Math.floor(this.#deps.clock.now() / 1000) + validSeconds;
    const digest = hexDigest(code);
    const query = new URLSearchParams({
      size: String(code.size),
      expires: String(expires),
      signature: this.#sign(digest, String(code.size), String(expires)),
    });
    return `http://${this.#deps.publicHost()}${codeLocationPath}${digest}?${query.toString()}`;
  }

  /** The package that a link is for; `undefined` when the link was not minted here or is no longer good. */
  verify(path: string, query: URLSearchParams): CodeReference | undefined {
    if (!path.startsWith(codeLocationPath)) return undefined;
    const digest = path.slice(codeLocationPath.length);
    const [size, expires, signature] = [query.get('size'), query.get('expires'), query.get('signature')];
    if (size === null || expires === null || signature === null) return undefined;
    if (!equalInConstantTime(signature, this.#sign(digest, size, expires))) return undefined;
    if (Number(expires) * 1000 < this.#deps.clock.now()) return undefined;
    return { sha256: Buffer.from(digest, 'hex').toString('base64') as CodeSha256, size: bytes(Number(size)) };
  }

  #sign(digest: string, size: string, expires: string): string {
    return createHmac('sha256', this.#deps.secret).update(`${digest}\n${size}\n${expires}`).digest('hex');
  }
}

function equalInConstantTime(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}
