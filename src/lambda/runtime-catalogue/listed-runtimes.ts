/** `GET /_aws/lambda/runtimes`: the runtimes' names by filter. */
import type { RuntimeId } from '../function/function-version.ts';
import { runtimeCatalogue } from './runtime-catalogue.ts';

/**
 * @param filters as in the query: `all`, `supported`, `deprecated`, several add up. None, or none that is known,
 * means supported.
 */
export function listedRuntimes(filters: readonly string[]): readonly RuntimeId[] {
  const all = filters.includes('all');
  const deprecated = all || filters.includes('deprecated');
  const supported = all || filters.includes('supported') || !deprecated;
  return runtimeCatalogue
    .filter((entry) => (entry.withdrawn === true ? deprecated : supported))
    .map((entry) => entry.id);
}
