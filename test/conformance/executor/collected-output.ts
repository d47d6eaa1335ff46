/** What a process has written so far, for a test that waits for a certain line. */
export class CollectedOutput {
  #chunks: Buffer[] = [];
  readonly #waiting = new Set<() => void>();

  readonly sink = (chunk: Buffer): void => {
    this.#chunks.push(Buffer.from(chunk));
    for (const look of this.#waiting) look();
  };

  get text(): string {
    if (this.#chunks.length > 1) this.#chunks = [Buffer.concat(this.#chunks)];
    return this.#chunks[0]?.toString() ?? '';
  }

  get lines(): readonly string[] {
    return this.text.split('\n').slice(0, -1);
  }

  /** Forgets what was written, for what comes next. */
  clear(): void {
    this.#chunks = [];
  }

  /** Resolves with the text once `found` accepts it. */
  until(found: (text: string) => boolean): Promise<string> {
    return new Promise((resolve) => {
      const look = (): void => {
        if (!found(this.text)) return;
        this.#waiting.delete(look);
        resolve(this.text);
      };
      this.#waiting.add(look);
      look();
    });
  }
}
