/** Containers, as a place for the cases of extensions. */
import type { ExtensionSite } from '../kit/extension-cases.ts';
import { startDockerDaemon } from './docker-daemon.ts';

export const dockerExtensions: ExtensionSite = {
  name: 'in Docker',
  start: (settings = {}) => startDockerDaemon({ settings }),
  common: { MemorySize: 256, Timeout: 20 },
  shortTimeout: 3,
  outputLags: true,
};
