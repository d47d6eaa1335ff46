/**
 * Decides whether a request was signed by who it says, for this service, and lately.
 * Source: IAM user guide, "AWS Signature Version 4 for API requests".
 */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { basicTimestamp, parseBasicTimestamp } from '../../kernel/basic-timestamp.ts';
import type { Clock } from '../../kernel/clock.ts';
import { milliseconds } from '../../kernel/quantity.ts';
import type { AccessKey, AccessKeys } from './access-keys.ts';
import { canonicalRequest, type PathRule } from './canonical-request.ts';
import type { Claim } from './claim.ts';
import { SignatureFault, signatureDoesNotMatch, unknownToken } from './signature-fault.ts';
import type { SignedRequest } from './signed-request.ts';
import { SigningKeys } from './signing-keys.ts';

/** What a service expects of signatures. */
export interface SigningRules {
  readonly service: string;
  readonly region: string;
  readonly pathRule: PathRule;
  /** Whether `X-Amz-Content-Sha256: UNSIGNED-PAYLOAD` leaves the body out; Lambda does not allow it. */
  readonly unsignedPayload: boolean;
}

export interface SignatureVerifierDeps {
  readonly keys: AccessKeys;
  readonly clock: Clock;
}

const minute = 60_000;
/** How far a client's clock may be off, either way. */
const skewMinutes = 15;
/** Seconds: a pre-signed request lives a week at most. */
const longestExpiry = 604_800;
const unsignedPayload = 'UNSIGNED-PAYLOAD';

export class SignatureVerifier {
  readonly #deps: SignatureVerifierDeps;
  readonly #signingKeys = new SigningKeys();

  constructor(deps: SignatureVerifierDeps) {
    this.#deps = deps;
  }

  /**
   * All that can be said before the body has come: scope, time and access key.
   * @returns the key whose signature the request claims to bear
   * @throws SignatureFault
   */
  keyOf(claim: Claim, rules: SigningRules): AccessKey {
    checkScope(claim, rules);
    this.#checkTime(claim);
    if (!claim.signedHeaders.includes('host')) {
      throw invalid("'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.");
    }
    const key = this.#deps.keys.find(claim.accessKeyId);
    if (key === undefined) throw unknownToken();
    if (key.sessionToken !== undefined && key.sessionToken !== claim.sessionToken) throw unknownToken();
    return key;
  }

  /** @throws SignatureFault when the signature is not that of the key, over this request and this body */
  verify(request: SignedRequest, body: Buffer, claim: Claim, key: AccessKey, rules: SigningRules): void {
    const { date, region, service } = claim.scope;
    const unsigned = rules.unsignedPayload && request.headers['x-amz-content-sha256']?.[0] === unsignedPayload;
    const canonical = canonicalRequest({
      request,
      signedHeaders: claim.signedHeaders,
      payloadHash: unsigned ? unsignedPayload : createHash('sha256').update(body).digest('hex'),
      pathRule: rules.pathRule,
    });
    const text = [
      'AWS4-HMAC-SHA256',
      claim.signedAt,
      `${date}/${region}/${service}/aws4_request`,
      createHash('sha256').update(canonical, 'latin1').digest('hex'),
    ].join('\n');
    const expected = createHmac('sha256', this.#signingKeys.keyOf(key.secret, claim.scope)).update(text).digest();
    const given = Buffer.from(/^[0-9a-f]{64}$/.test(claim.signature) ? claim.signature : '', 'hex');
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) throw signatureDoesNotMatch();
  }

  #checkTime({ signedAt, scope, expires }: Claim): void {
    const time = parseBasicTimestamp(signedAt);
    if (time === undefined) {
      throw new SignatureFault(
        'IncompleteSignatureException',
        `Date must be in ISO-8601 'basic format'. Got '${signedAt}'. See http://en.wikipedia.org/wiki/ISO_8601`,
      );
    }
    const day = signedAt.slice(0, 8);
    if (scope.date !== day) {
      throw invalid(
        `Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '${scope.date}' != '${day}', from '${signedAt}'.`,
      );
    }
    const now = this.#deps.clock.now();
    const at = basicTimestamp(now);
    const latest = basicTimestamp(milliseconds(now + skewMinutes * minute));
    // Text of one length orders as the times do, to the second, as the signature has them.
    if (signedAt > latest) {
      throw invalid(
        `Signature not yet current: ${signedAt} is still later than ${latest} (${at} + ${skewMinutes} min.)`,
      );
    }
    const allowed = expires === undefined ? skewMinutes * 60 : secondsOf(expires);
    const earliest = basicTimestamp(milliseconds(now - allowed * 1000));
    if (signedAt < earliest) {
      const length = allowed % 60 === 0 ? `${allowed / 60} min.` : `${allowed} sec.`;
      throw invalid(`Signature expired: ${signedAt} is now earlier than ${earliest} (${at} - ${length})`);
    }
  }
}

function secondsOf(expires: string): number {
  const seconds = /^\d{1,7}$/.test(expires) ? Number(expires) : Number.NaN;
  if (seconds >= 1 && seconds <= longestExpiry) return seconds;
  throw invalid(`X-Amz-Expires must be a number of seconds, 1 to ${longestExpiry}; got '${expires}'`);
}

function checkScope({ scope }: Claim, { region, service }: SigningRules): void {
  const wrong: string[] = [];
  if (scope.region !== region) wrong.push(`Credential should be scoped to a valid region, not '${scope.region}'.`);
  if (scope.service !== service) wrong.push(`Credential should be scoped to correct service: '${service}'.`);
  if (scope.terminator !== 'aws4_request') {
    wrong.push(`Credential should be scoped with a valid terminator: 'aws4_request', not '${scope.terminator}'.`);
  }
  if (wrong.length > 0) throw invalid(wrong.join(' '));
}

const invalid = (message: string): SignatureFault => new SignatureFault('InvalidSignatureException', message);
