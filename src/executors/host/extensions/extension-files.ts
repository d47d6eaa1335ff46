/** The external extensions that a function's layers bring. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/**
 * File names in the folder `extensions` of the layers, sorted; folders beside them are the extensions' own.
 * @see Lambda Developer Guide, "Using the Lambda Extensions API to create extensions"
 */
export function extensionFiles(layers: string | undefined): readonly string[] {
  if (layers === undefined) return [];
  try {
    return readdirSync(join(layers, 'extensions'), { withFileTypes: true })
      .filter((entry) => !entry.isDirectory())
      .map(({ name }) => name)
      .toSorted();
  } catch {
    return []; // The layers have no such folder.
  }
}
