/** For listeners that no test speaks TLS to. */
import type { ListenOptions } from '../../src/gateway/listener.ts';
import { silentLogger } from '../../src/kernel/logger.ts';

export const withoutTls: ListenOptions = {
  certificates: { certificateFor: () => Promise.reject(new Error('there is no certificate')) },
  logger: silentLogger,
};
