/** Where a version's code comes from: an archive that we keep, or an image that a registry keeps. */
import type { KeptArchive } from './code-reference.ts';

export type CodeSource = ({ readonly kind: 'zip' } & KeptArchive) | ({ readonly kind: 'image' } & ImageSource);

export interface ImageSource {
  readonly uri: string;
  /** SHA-256 of the image, hexadecimal; found when the version is prepared. */
  readonly digest?: string;
}
