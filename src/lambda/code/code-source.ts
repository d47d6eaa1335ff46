/** Where a version's code comes from: an archive that we keep, an image that a registry keeps, a folder of its author's. */
import type { KeptArchive } from './code-reference.ts';
import type { LiveFolder } from './live-folder.ts';

export type CodeSource =
  | ({ readonly kind: 'zip' } & KeptArchive)
  | ({ readonly kind: 'image' } & ImageSource)
  | ({ readonly kind: 'folder' } & LiveFolder);

export interface ImageSource {
  readonly uri: string;
  /** SHA-256 of the image, hexadecimal; found when the version is prepared. */
  readonly digest?: string;
}
