/** What a request says of its signature: who signed, when and for what. Nothing of it is proven yet. */
import type { CredentialScope } from './signing-keys.ts';

export interface Claim {
  readonly accessKeyId: string;
  readonly scope: CredentialScope & { readonly terminator: string };
  /** In lower case, in the order of the signature. */
  readonly signedHeaders: readonly string[];
  /** Hexadecimal. */
  readonly signature: string;
  /** As the request has it: `20260131T235959Z`. */
  readonly signedAt: string;
  /** Of a pre-signed request: for how long it may be used, as it says. */
  readonly expires: string | undefined;
  readonly sessionToken: string | undefined;
}
