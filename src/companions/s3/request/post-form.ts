/**
 * A form that a page sends to put an object: its fields, and then the file, which is not held.
 * @see RFC 7578, and Amazon S3 API reference, "POST Object"
 */
import { ServiceError } from '../../../aws/service-error.ts';

export interface PostForm {
  /** By name in lower case. */
  readonly fields: ReadonlyMap<string, string>;
  readonly fileName: string;
  /** To be read to its end. */
  readonly file: AsyncIterable<Buffer>;
}

/** Of all fields before the file, in bytes. Source: Amazon S3 API reference, "Form fields". */
const longestPreamble = 20 * 1024;

/** @returns nothing for a request that is no such form */
export function formBoundary(contentType: string | undefined): string | undefined {
  const [, quoted, plain] =
    /^multipart\/form-data\s*;.*boundary=(?:"([^"]{1,70})"|([^;\s]{1,70}))/i.exec(contentType ?? '') ?? [];
  return quoted ?? plain;
}

/** @throws ServiceError MalformedPOSTRequest, MaxPostPreDataLengthExceededError, or InvalidArgument without a file */
export async function readPostForm(body: AsyncIterable<Buffer>, boundary: string): Promise<PostForm> {
  const reader = new FormReader(body);
  const delimiter = Buffer.from(`\r\n--${boundary}`);
  const fields = new Map<string, string>();
  let size = 0;
  const take = async (end: Buffer): Promise<Buffer> => {
    const taken = await reader.until(end, longestPreamble - size);
    size += taken.length;
    return taken;
  };
  await take(delimiter.subarray(2));
  for (;;) {
    const line = await take(Buffer.from('\r\n'));
    if (line.toString().startsWith('--')) throw fileMissing();
    // A part may have no header at all; then the empty line is the first.
    const head = (await take(Buffer.from('\r\n\r\n'))).toString('utf8');
    const name = /name="([^"]*)"/i.exec(head)?.[1]?.toLowerCase();
    if (name === undefined) throw malformed();
    if (name === 'file') {
      const fileName = /filename="([^"]*)"/i.exec(head)?.[1] ?? '';
      return { fields, fileName, file: reader.stream(delimiter) };
    }
    fields.set(name, (await take(delimiter)).toString('utf8'));
  }
}

class FormReader {
  readonly #source: AsyncIterator<Buffer>;
  #held: Buffer = Buffer.alloc(0);

  constructor(source: AsyncIterable<Buffer>) {
    this.#source = source[Symbol.asyncIterator]();
  }

  /** All before the end, which is passed over. */
  async until(end: Buffer, limit: number): Promise<Buffer> {
    for (;;) {
      const at = this.#held.indexOf(end);
      if (at > limit || (at < 0 && this.#held.length > limit + end.length)) throw tooLong();
      if (at >= 0) {
        const taken = this.#held.subarray(0, at);
        this.#held = this.#held.subarray(at + end.length);
        return taken;
      }
      await this.#more();
    }
  }

  /** The same piece by piece; what could be the beginning of the end is held back. */
  async *stream(end: Buffer): AsyncGenerator<Buffer> {
    for (;;) {
      const at = this.#held.indexOf(end);
      if (at >= 0) {
        if (at > 0) yield this.#held.subarray(0, at);
        this.#held = Buffer.alloc(0);
        // What follows the file is not part of the request's meaning, but of its bytes.
        while (!(await this.#source.next()).done);
        return;
      }
      const safe = Math.max(0, this.#held.length - end.length + 1);
      if (safe > 0) yield this.#held.subarray(0, safe);
      this.#held = this.#held.subarray(safe);
      await this.#more();
    }
  }

  async #more(): Promise<void> {
    const next = await this.#source.next();
    if (next.done === true) throw malformed();
    this.#held = this.#held.length === 0 ? next.value : Buffer.concat([this.#held, next.value]);
  }
}

const malformed = (): ServiceError =>
  new ServiceError('MalformedPOSTRequest', 'The body of your POST request is not well-formed multipart/form-data.', {
    status: 400,
  });

const tooLong = (): ServiceError =>
  new ServiceError(
    'MaxPostPreDataLengthExceeded',
    'Your POST request fields preceding the upload file were too large.',
    { status: 400 },
  );

const fileMissing = (): ServiceError =>
  new ServiceError('InvalidArgument', 'POST requires exactly one file upload per request.', {
    status: 400,
    members: { ArgumentName: 'file', ArgumentValue: '0' },
  });
