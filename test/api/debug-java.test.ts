/** Debuggers of Java functions: the JDK's own, at a breakpoint. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { suite, test } from 'node:test';
import { compiledJava } from '../kit/compiled-java.ts';
import { attachedTo, debugPortOf } from '../kit/debugger-of.ts';
import { TestDaemon } from '../kit/test-daemon.ts';

const source = `package shop;

import java.util.Map;

public class Sales {
  public String sell(Map<String, Object> event) {
    String greeting = "hello " + event.get("name");
    return greeting;
  }
}
`;

/** `jdb`, which reads commands and prints what it finds. */
class Jdb implements AsyncDisposable {
  readonly #child;
  readonly #closed: Promise<unknown>;
  #printed = '';
  #heard = Promise.withResolvers<void>();

  constructor(port: number) {
    this.#child = spawn('jdb', ['-attach', `127.0.0.1:${port}`], { stdio: ['pipe', 'pipe', 'pipe'] });
    this.#closed = once(this.#child, 'close');
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => this.#hear(text));
    }
    this.#child.once('close', () => this.#hear('\n(jdb has ended)'));
  }

  /** Types a command, and reads on to what is expected. */
  async type(command: string, expected: RegExp): Promise<void> {
    this.#child.stdin.write(`${command}\n`);
    await this.until(expected);
  }

  async until(expected: RegExp): Promise<void> {
    for (;;) {
      const found = expected.exec(this.#printed);
      if (found !== null) {
        this.#printed = this.#printed.slice(found.index + found[0].length);
        return;
      }
      assert.doesNotMatch(this.#printed, /jdb has ended/);
      await this.#heard.promise;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.#closed;
  }

  #hear(text: string): void {
    this.#printed += text;
    this.#heard.resolve();
    this.#heard = Promise.withResolvers();
  }
}

suite('debugging Java', { skip: process.platform !== 'linux' && 'the client of AWS is for Linux' }, () => {
  test('a breakpoint stops an invocation for longer than its time-out, and a debugger that dies lets it go', async () => {
    await using lambdad = await TestDaemon.start({ fetchesRuntimes: true, settings: { LAMBDA_DEBUG_MODE: '1' } });
    const fn = await lambdad.function({
      Runtime: 'java17',
      Handler: 'shop.Sales::sell',
      MemorySize: 512,
      Timeout: 2,
      code: await compiledJava('Sales', source),
    });
    const port = await debugPortOf(lambdad, fn.name);
    await using jdb = new Jdb(port);
    await jdb.until(/Initializing jdb/);
    await jdb.type('stop at shop.Sales:8', /(?:Deferring|Set) breakpoint/);
    const invoked = fn.invoke({ name: 'Ada' });
    await jdb.until(/Breakpoint hit: .*line=8/);
    await jdb.type('print greeting', /greeting = "hello Ada"/);
    // The debugger has nothing that takes time: the daemon is asked instead.
    const due = Date.now() + 2500;
    while (Date.now() < due) await attachedTo(lambdad, fn.name, 1);
    await jdb.type('cont', />/);
    assert.equal((await invoked).payload, 'hello Ada');

    const again = fn.invoke({ name: 'Eve' });
    await jdb.until(/Breakpoint hit: .*line=8/);
    await jdb[Symbol.asyncDispose]();
    assert.equal((await again).payload, 'hello Eve');
    await attachedTo(lambdad, fn.name, 0);
    assert.equal((await fn.invoke({ name: 'Ben' })).payload, 'hello Ben');
  });
});
