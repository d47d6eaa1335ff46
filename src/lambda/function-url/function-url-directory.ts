/** Which function a URL belongs to. */
import type { FunctionUrlRecord } from './function-url-record.ts';
import type { FunctionUrlStore } from './function-url-store.ts';

/** What a call of the URL needs to know. */
export type FunctionUrlTarget = Pick<
  FunctionUrlRecord,
  'scope' | 'functionName' | 'qualifier' | 'functionArn' | 'authType' | 'invokeMode' | 'cors'
>;

export class FunctionUrlDirectory {
  readonly #urls: FunctionUrlStore;

  constructor(urls: FunctionUrlStore) {
    this.#urls = urls;
  }

  /** @param urlId first label of the host name, in any case; the account is not part of it. */
  find(urlId: string, region: string): FunctionUrlTarget | undefined {
    return this.#urls.findById(urlId, region);
  }
}
