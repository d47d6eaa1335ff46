/** All stores of the control plane beside that of functions. */
import type { FunctionUrlStore } from './function-url/function-url-store.ts';

export interface LambdaStores {
  readonly functionUrls: FunctionUrlStore;
}
