/** External extensions in containers: the same cases as on the host, and what is Docker's own. */
import { extensionCases, extensionFailureCases } from '../kit/extension-cases.ts';
import { startDockerDaemon } from './docker-daemon.ts';

const site = {
  name: 'in Docker',
  start: (settings = {}) => startDockerDaemon({ settings }),
  common: { MemorySize: 256, Timeout: 20 },
  shortTimeout: 3,
};

extensionCases(site);
extensionFailureCases(site);
