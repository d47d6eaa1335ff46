/** A function that runs from a folder of its author's, which a test edits. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { CreateFunctionCommandInput } from '@aws-sdk/client-lambda';
import type { TestDaemon } from './test-daemon.ts';
import { type Invoked, TestFunction } from './test-function.ts';
import type { Files } from './zip-of.ts';

/** Far more invocations than a change takes to arrive, few enough that a test which waits in vain fails soon. */
const manyInvocations = 2000;

export class LiveFunction implements Disposable {
  readonly folder: string;
  readonly fn: TestFunction;
  readonly #parent: string;

  private constructor(parent: string, fn: TestFunction) {
    this.#parent = parent;
    this.folder = join(parent, 'code');
    this.fn = fn;
  }

  /** @param fill puts into the folder what is more than files of text */
  static async create(
    { lambda }: TestDaemon,
    files: Files,
    options: Partial<CreateFunctionCommandInput> = {},
    fill: (folder: string) => void = () => {},
  ): Promise<LiveFunction> {
    const parent = mkdtempSync(join(tmpdir(), 'lambdad-live-'));
    const folder = join(parent, 'code');
    write(folder, files);
    fill(folder);
    const fn = await TestFunction.from(lambda, options, { S3Bucket: 'hot-reload', S3Key: folder });
    return new LiveFunction(parent, fn);
  }

  write(files: Files): void {
    write(this.folder, files);
  }

  /** Invokes until the answer is what is waited for. */
  async until(arrived: (answer: Invoked) => boolean): Promise<Invoked> {
    for (let count = 0; count < manyInvocations; count += 1) {
      const answer = await this.fn.invoke();
      if (arrived(answer)) return answer;
    }
    throw new Error('the change never arrived');
  }

  [Symbol.dispose](): void {
    rmSync(this.#parent, { recursive: true, force: true });
  }
}

function write(folder: string, files: Files): void {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
}
