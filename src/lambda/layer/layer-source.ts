/** The port to layers that are not here: who can fetch those of other accounts, and what comes of it. */

export type FetchedLayer =
  | { readonly kind: 'found'; readonly archive: Buffer }
  | { readonly kind: 'missing' }
  /** Its owner does not allow it; the sentence is the owner's service's. */
  | { readonly kind: 'refused'; readonly message: string }
  /** Nobody could be asked; the reason says what to do, as it ends a sentence. */
  | { readonly kind: 'unreachable'; readonly reason: string };

export interface LayerSource {
  /** @param arn of a layer version; once begun it goes on when the asker has gone: the next one finds the layer there */
  fetch(arn: string): Promise<FetchedLayer>;
}
