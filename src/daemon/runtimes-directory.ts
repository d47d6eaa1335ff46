/** Where the bootstraps lie: beside the sources, or beside the bundle that was built of them. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export function runtimesDirectory(): string {
  const besideBundle = fileURLToPath(new URL('./runtimes', import.meta.url));
  return existsSync(besideBundle) ? besideBundle : fileURLToPath(new URL('../runtimes', import.meta.url));
}
