/** The peak memory of a container: exactly where the engine's processes are this machine's, else as the engine tells. */
import { readFileSync } from 'node:fs';
import { type Bytes, bytes } from '../../kernel/quantity.ts';
import { MemoryMeter } from '../host/memory-meter.ts';
import { childrenOf } from '../host/process-tree.ts';
import type { DockerEngine } from './engine/docker-engine.ts';
import type { ContainerDetails } from './engine/engine-types.ts';

export class ContainerMemory implements Disposable {
  readonly #engine: DockerEngine;
  readonly #meter = new MemoryMeter();
  #asking: string | undefined;
  #asked = false;

  constructor(engine: DockerEngine) {
    this.#engine = engine;
  }

  /** Looks at this run of the container from now on. @param launched whether a launcher starts the runtime */
  follow({ Id: container, State }: ContainerDetails, launched: boolean): void {
    const first = State.Pid;
    if (!State.Running) return;
    if (!isOf(container, first)) {
      this.#asking = container;
      this.#ask();
      return;
    }
    this.#asking = undefined;
    // The first process is the engine's; its child is the runtime, or the launcher, whose child that is.
    this.#meter.follow(() => {
      const [child] = childrenOf(first);
      return launched && child !== undefined ? childrenOf(child)[0] : child;
    });
  }

  /** Some microseconds; across machines it is what the engine said last, asked again for the next time. */
  peak(): Bytes {
    this.#ask();
    return bytes(this.#meter.peak());
  }

  raise(value: Bytes): void {
    this.#meter.raise(value);
  }

  [Symbol.dispose](): void {
    this.#asking = undefined;
    this.#meter[Symbol.dispose]();
  }

  #ask(): void {
    const container = this.#asking;
    if (container === undefined || this.#asked) return;
    this.#asked = true;
    this.#engine
      .stats(container)
      .then(({ memory_stats: memory }) => this.#meter.raise(memory?.max_usage ?? memory?.usage ?? 0))
      // What is not known is not shown.
      .catch(() => undefined)
      .finally(() => {
        this.#asked = false;
      });
  }
}

/** Whether the process of that number on this machine belongs to the container, and not to another machine. */
function isOf(container: string, pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/cgroup`, 'latin1').includes(container);
  } catch {
    return false;
  }
}
