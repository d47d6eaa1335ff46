/** External extensions on the host. */
import { extensionCases, extensionFailureCases, realExtensionCase } from '../kit/extension-cases.ts';
import { TestDaemon } from '../kit/test-daemon.ts';

for (const sandbox of ['auto', 'off']) {
  const site = {
    name: `on the host (sandbox ${sandbox})`,
    start: (settings = {}) => TestDaemon.start({ settings: { LAMBDAD_SANDBOX: sandbox, ...settings } }),
    common: {},
    shortTimeout: 1,
    outputLags: false,
  };
  extensionCases(site);
  if (sandbox === 'auto') {
    realExtensionCase(site);
    extensionFailureCases(site);
  }
}
