/** The control plane's stores, all in memory. */
import type { LambdaStores } from '../../lambda/lambda-stores.ts';
import { MemoryFunctionUrlStore } from './function-url-store.ts';

export const memoryStores = (): LambdaStores => ({
  functionUrls: new MemoryFunctionUrlStore(),
});
