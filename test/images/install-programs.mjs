/** Run as a process of its own: installs what making and running containers needs, where that is possible. */
import { ensureSystemPrograms } from '../../scripts/system-programs.mjs';

const missing = ensureSystemPrograms(['dockerd', 'docker', 'debootstrap', 'cmake', 'make', 'g++', 'pip3']);
if (missing.length > 0) process.exitCode = 1;
