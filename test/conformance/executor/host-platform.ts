/** The machine that the tests of the host executor run on, as its executor wants to be told of it. */
import type { HostPlatform } from '../../../src/executors/host/host-platform.ts';

export const hostPlatform: HostPlatform = {
  os: process.platform,
  architecture: process.arch,
  nodeBinary: process.execPath,
  nodeVersion: process.versions.node,
  searchPath: process.env.PATH ?? '/usr/bin:/bin',
  home: process.env.HOME,
  processId: process.pid,
  userId: process.getuid?.() ?? -1,
};
