/** An HTTP request, as far as a signature covers it: everything as it came over the wire. */

export interface SignedRequest {
  readonly method: string;
  /** Path and query; one character per byte, as Node.js gives it. */
  readonly url: string;
  /** Values by name in lower case; one character per byte. */
  readonly headers: Readonly<Record<string, readonly string[] | undefined>>;
}

export const pathOf = ({ url }: SignedRequest): string => {
  const question = url.indexOf('?');
  return question < 0 ? url : url.slice(0, question);
};

/** Without the question mark; empty when there is none. */
export const rawQueryOf = ({ url }: SignedRequest): string => {
  const question = url.indexOf('?');
  return question < 0 ? '' : url.slice(question + 1);
};
