/** Where a version's code comes from: an archive that we keep, or an image that a registry keeps. */
import type { CodeReference } from './code-reference.ts';

export type CodeSource =
  | { readonly kind: 'zip'; readonly code: CodeReference }
  | { readonly kind: 'image'; readonly uri: string };
