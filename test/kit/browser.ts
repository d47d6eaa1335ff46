/** A real browser without a window: Debian's Chromium, driven by Playwright, with a profile of its own that is thrown away. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium } from 'playwright-core';

/** Where Debian puts it. */
export const chromiumPath = '/usr/bin/chromium';

const quiet = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-dev-shm-usage',
];

export class Browser implements AsyncDisposable {
  readonly #context: BrowserContext;
  readonly #profile: string;

  private constructor(context: BrowserContext, profile: string) {
    this.#context = context;
    this.#profile = profile;
  }

  static async start(): Promise<Browser> {
    const profile = await mkdtemp(join(tmpdir(), 'lambdad-browser-'));
    const context = await chromium.launchPersistentContext(profile, { executablePath: chromiumPath, args: quiet });
    return new Browser(context, profile);
  }

  /** Runs a script on a page of an origin. */
  async on<Given, Result>(page: string, script: (given: Given) => Promise<Result>, given: Given): Promise<Result> {
    const opened = await this.#context.newPage();
    await opened.goto(page);
    const result: Result = await opened.evaluate(script as never, given);
    await opened.close();
    return result;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#context.close();
    await rm(this.#profile, { recursive: true, force: true });
  }
}
