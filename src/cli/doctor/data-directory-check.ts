/** Can code and working files be kept where the settings say? */
import { access, constants } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Check } from './check.ts';

const name = 'data directory';

export const dataDirectoryCheck: Check = async ({ config: { dataDirectory } }) => {
  const writable = await nearestIsWritable(dataDirectory);
  return [
    writable
      ? { name, status: 'ok', detail: `${dataDirectory} can be written to` }
      : {
          name,
          status: 'fail',
          detail: `${dataDirectory} cannot be written to; set LAMBDAD_DATA_DIR to another absolute path`,
        },
  ];
};

/** The daemon makes the folder; what must be writable is the nearest parent that exists. */
async function nearestIsWritable(directory: string): Promise<boolean> {
  try {
    await access(directory, constants.W_OK | constants.X_OK);
    return true;
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    return missing && dirname(directory) !== directory && nearestIsWritable(dirname(directory));
  }
}
