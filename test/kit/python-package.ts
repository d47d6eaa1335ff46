/** A Python package from PyPI, in a folder that later tests find again. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const cache = fileURLToPath(new URL('../../.lambdad/test-cache/python/', import.meta.url));

/**
 * @param requirement `name==version`, of a package that is the same for every Python
 * @returns the folder that holds it
 * @throws Error with what pip said
 */
export async function pythonPackage(requirement: string): Promise<string> {
  const folder = join(cache, requirement);
  if (existsSync(folder)) return folder;
  mkdirSync(dirname(folder), { recursive: true });
  const draft = mkdtempSync(`${folder}-draft-`);
  try {
    const wish = ['install', '--quiet', '--no-compile', '--no-deps', '--target', draft, requirement];
    const child = spawn('pip3', ['--disable-pip-version-check', ...wish], { stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text;
      });
    }
    const [code] = await once(child, 'close');
    if (code !== 0) throw new Error(`pip3 install ${requirement} ended with ${code}:\n${output}`);
    // Another test may have been quicker.
    if (!existsSync(folder)) renameSync(draft, folder);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
  return folder;
}
