/** A deployment package by content: what was uploaded is stored once, whoever uses it. */
import type { Brand } from '../../kernel/brand.ts';
import type { Bytes } from '../../kernel/quantity.ts';

/** Base64 of the archive's SHA-256, as the API's CodeSha256 shows it. */
export type CodeSha256 = Brand<string, 'CodeSha256'>;

export interface CodeReference {
  readonly sha256: CodeSha256;
  /** Size of the archive. */
  readonly size: Bytes;
}

/** An archive that is kept, with what was learnt when it was checked. */
export interface KeptArchive {
  readonly code: CodeReference;
  /** Of all its files together. */
  readonly unpackedSize: Bytes;
}
