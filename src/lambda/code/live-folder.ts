/** Code that is not uploaded: a folder of its author's on this machine, run as it is whenever it is run. */
import { ServiceError } from '../../aws/service-error.ts';
import { invalidParameterValue } from '../lambda-error.ts';

export interface LiveFolder {
  /** Absolute path. */
  readonly folder: string;
}

/** How requests name such folders, and what this machine says of them. */
export interface LiveFolders {
  /** The name of a bucket that stands for this machine's file system: its keys are paths. */
  readonly bucket: string;
  /** Puts in the values of variables that a key names as `$NAME` or `${NAME}`. */
  readonly expand: (key: string) => string;
  /** Whether there is a folder under this path, now. */
  readonly exists: (path: string) => boolean;
}

/** What the API shows as the digest of such code. */
export const liveFolderSha256 = 'hot-reloading-hash-not-available';

export const isLiveFolder = (code: object): code is LiveFolder => 'folder' in code;

/**
 * The folder that a request names in place of an archive; `undefined` when it means a real bucket, or none.
 * @throws ServiceError InvalidParameterValueException for a path that is not absolute or leads to no folder.
 */
export function liveFolderOf(
  { S3Bucket: bucket, S3Key: key }: { readonly S3Bucket?: string | undefined; readonly S3Key?: string | undefined },
  folders: LiveFolders | undefined,
): LiveFolder | undefined {
  if (folders === undefined || bucket !== folders.bucket || key === undefined) return undefined;
  const folder = folders.expand(key);
  if (!isAbsolute(folder)) {
    throw new ServiceError(
      'InvalidParameterValueException',
      `When using hot reloading, the archive key has to be an absolute path! Your archive key: ${folder}`,
      { type: null },
    );
  }
  if (!folders.exists(folder)) {
    throw invalidParameterValue(
      `When using hot reloading, the archive key has to be the path of a folder, and there is none at ${folder}.`,
    );
  }
  return { folder };
}

/** Of this system or of Windows: a request may come from a template that is used on both. */
const isAbsolute = (path: string): boolean => path.startsWith('/') || /^[A-Za-z]:[\\/]/.test(path);
