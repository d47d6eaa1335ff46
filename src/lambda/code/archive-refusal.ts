/** Why a deployment package is not accepted. */

export class ArchiveRefusal extends Error {
  override readonly name = 'ArchiveRefusal';
  /** `unreadable` is everything that AWS cannot unzip either; the message says what, for the log. */
  readonly kind: 'unreadable' | 'empty' | 'too-large';

  constructor(kind: ArchiveRefusal['kind'], message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.kind = kind;
  }
}
