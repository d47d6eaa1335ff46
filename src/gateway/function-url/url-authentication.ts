/**
 * Who signed a request to a URL of AuthType AWS_IAM.
 * Source: Lambda developer guide, "Control access to Lambda function URLs".
 */
import type { IncomingMessage } from 'node:http';
import type { Scope } from '../../aws/scope.ts';
import type { KeyOwner } from '../../aws/sigv4/access-keys.ts';
import { readClaim } from '../../aws/sigv4/read-claim.ts';
import { roleIdOf } from '../../aws/sigv4/role-id.ts';
import type { SignatureVerifier, SigningRules } from '../../aws/sigv4/signature-verifier.ts';
import { rawQueryOf, type SignedRequest } from '../../aws/sigv4/signed-request.ts';
import { requestScope } from '../../aws/sigv4-scope.ts';

export interface UrlCaller {
  readonly accessKeyId: string;
  /** The caller's account, in the region of the URL. */
  readonly scope: Scope;
  readonly arn: string;
  /** What IAM calls the user id: the account of its root, or a role's id with the name of the session. */
  readonly id: string;
}

/** A signature whose claim holds; the body is still to come. */
export interface UrlSignature {
  readonly caller: UrlCaller;
  /** @throws SignatureFault when it is not the caller's, over this body */
  verify(body: Buffer): void;
}

export class UrlAuthentication {
  readonly #verifier: SignatureVerifier;

  constructor(verifier: SignatureVerifier) {
    this.#verifier = verifier;
  }

  /**
   * @returns nothing when the request is not signed
   * @throws SignatureFault when nobody known can have signed it now, for this region
   */
  signatureOf(message: IncomingMessage, region: string): UrlSignature | undefined {
    const { method = '', url = '/', headersDistinct: headers } = message;
    const request: SignedRequest = { method, url, headers };
    const claim = readClaim(request);
    if (claim === undefined) return undefined;
    const rules: SigningRules = { service: 'lambda', region, pathRule: 'encoded-again', unsignedPayload: false };
    const key = this.#verifier.keyOf(claim, rules);
    const scope = requestScope(message.headers.authorization, rawQueryOf(request));
    return {
      caller: { accessKeyId: claim.accessKeyId, scope, ...identityOf(key.owner, scope) },
      verify: (body) => this.#verifier.verify(request, body, claim, key, rules),
    };
  }
}

function identityOf(owner: KeyOwner, { partition, account }: Scope): Pick<UrlCaller, 'arn' | 'id'> {
  switch (owner.kind) {
    case 'account':
      return { arn: `arn:${partition}:iam::${account}:root`, id: account };
    case 'role': {
      const { roleArn, sessionName } = owner;
      const role = roleArn.slice(roleArn.lastIndexOf('/') + 1);
      return {
        arn: `arn:${partition}:sts::${account}:assumed-role/${role}/${sessionName}`,
        id: `${roleIdOf(roleArn)}:${sessionName}`,
      };
    }
    case 'user':
      return { arn: owner.arn, id: owner.userId };
  }
}
