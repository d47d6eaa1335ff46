/** debugpy, as a function's package has it. */
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { pythonPackage } from './python-package.ts';

export const debugpy = await pythonPackage('debugpy==1.8.22');

/** Puts it into a folder, without what is for other systems: of a function's folder every file is watched. */
export function addDebugpy(folder: string): void {
  const filter = (path: string): boolean => !/\.(?:pyd|exe|dll|dylib|pyx|c|h|hpp|cpp)$/.test(path);
  cpSync(join(debugpy, 'debugpy'), join(folder, 'debugpy'), { recursive: true, filter });
}
