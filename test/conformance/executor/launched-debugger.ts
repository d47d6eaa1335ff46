/** What a process is given that lets debuggers in, with a record of what the executor tells about it. */
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import type { DebuggerLaunch } from '../../../src/executors/debugger-launch.ts';

export class LaunchedDebugger implements DebuggerLaunch {
  readonly port: number;
  readonly wait = false;
  readonly hosts: string[] = [];
  over = false;

  constructor(port: number) {
    this.port = port;
  }

  readonly launched = (host: string): void => void this.hosts.push(host);

  readonly ended = (): void => {
    this.over = true;
  };

  /** What the latest process says to who connects: it may take a moment before it listens. */
  async answer(): Promise<string> {
    for (let attempt = 0; attempt < 500; attempt += 1) {
      const answer = await text(connect(this.port, this.hosts.at(-1))).catch(() => '');
      if (answer !== '') return answer;
      await delay(20);
    }
    throw new Error(`nobody answers at ${this.hosts.at(-1)}:${this.port}`);
  }
}
