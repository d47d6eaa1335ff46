/** The control plane's stores, all in memory. */
import type { LambdaStores } from '../../lambda/lambda-stores.ts';
import { MemoryFunctionUrlStore } from './function-url-store.ts';
import { MemoryRecordStore } from './record-store.ts';

export const memoryStores = (): LambdaStores => ({
  functionUrls: new MemoryFunctionUrlStore(),
  provisionedConcurrency: new MemoryRecordStore(),
  eventInvokeConfigs: new MemoryRecordStore(),
  runtimeManagement: new MemoryRecordStore(),
  functionScaling: new MemoryRecordStore(),
  layers: new MemoryRecordStore(),
  codeSigningConfigs: new MemoryRecordStore(),
  policies: new MemoryRecordStore(),
  aliases: new MemoryRecordStore(),
  eventSourceMappings: new MemoryRecordStore(),
  capacityProviders: new MemoryRecordStore(),
});
