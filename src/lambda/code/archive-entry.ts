/** One entry of a deployment package, as its central directory describes it and checked to be harmless. */

export interface ArchiveEntry {
  /** Relative, with `/` between its parts, none of them empty, `.` or `..`; without a slash at the end. */
  readonly path: string;
  readonly kind: 'file' | 'directory' | 'link';
  /** Permission bits; 0 where the archive says nothing of them. */
  readonly mode: number;
  readonly compression: 'stored' | 'deflated';
  /** Bytes in the archive, and unpacked. */
  readonly compressedSize: number;
  readonly size: number;
  readonly crc32: number;
  /** Where the entry's own header starts in the archive. */
  readonly headerOffset: number;
}
