/** Takes a function's answer while the function writes it: whoever invokes with one gets each chunk as it comes. */

export interface ResponseStream {
  /** The answer begins; called once, before the first chunk. */
  begin(contentType: string | undefined): void;
  /** @returns what to wait for before more is read, when the reader is slower than the function */
  write(chunk: Buffer): Promise<void> | undefined;
}
