/** One run of a container, from its start to its exit, and its output. */
import { Duplex, type Readable } from 'node:stream';
import type { Clock } from '../../kernel/clock.ts';
import { milliseconds } from '../../kernel/quantity.ts';
import type { OutputSink, ProcessExit } from '../executor.ts';
import { exitOfStatus } from '../exit-of-status.ts';
import type { DockerEngine } from './engine/docker-engine.ts';
import type { ContainerDetails } from './engine/engine-types.ts';
import { OutputFrames } from './engine/output-frames.ts';
import { startRuntime } from './extensions/container-launcher.ts';
import { MarkedOutput } from './extensions/marked-output.ts';

export interface ContainerRunDeps {
  readonly clock: Clock;
  readonly engine: DockerEngine;
  readonly container: string;
  readonly output: OutputSink;
  /** Where the container waits to be told to start the runtime: what marks the report of the runtime's end. */
  readonly mark: string | undefined;
}

/** How long the engine may take to tell of what happened before. */
const eventLag = milliseconds(500);

export class ContainerRun {
  /** Settles when the runtime has ended and all its output has been read. Never rejects. */
  readonly exited: Promise<ProcessExit>;
  /** The same of the container, which where a launcher keeps it is later. */
  readonly ended: Promise<ProcessExit>;
  /** Just after its start; it may have ended by now. */
  readonly details: ContainerDetails;
  readonly #input: Duplex | undefined;

  private constructor(deps: ContainerRunDeps, stream: Readable, details: ContainerDetails) {
    this.details = details;
    if (deps.mark === undefined || !(stream instanceof Duplex)) {
      this.ended = follow(deps, stream, deps.output);
      this.exited = this.ended;
      return;
    }
    this.#input = stream;
    const runtime = Promise.withResolvers<ProcessExit>();
    const marked = new MarkedOutput(deps.mark, deps.output, (status) => runtime.resolve(exitOf(deps, status)));
    this.ended = follow(deps, stream, (chunk) => marked.write(chunk)).finally(() => {
      marked.end();
      stream.destroy();
    });
    this.exited = Promise.race([runtime.promise, this.ended]);
  }

  /** @throws EngineError when it cannot be started */
  static async start(deps: ContainerRunDeps, signal: AbortSignal): Promise<ContainerRun> {
    const { engine, container, mark } = deps;
    signal.throwIfAborted();
    // The signal ends a start, not what has been started: the output of its end is still to come.
    const stream = await (mark === undefined ? engine.attach(container) : engine.attachInput(container));
    try {
      signal.throwIfAborted();
      await engine.start(container);
      return new ContainerRun(deps, stream, await engine.container(container));
    } catch (error) {
      stream.destroy();
      throw error;
    }
  }

  startRuntime(): void {
    this.#input?.write(startRuntime);
  }
}

/** The first process holds both outputs as long as it lives: their end is its end. */
async function follow(deps: ContainerRunDeps, output: Readable, sink: OutputSink): Promise<ProcessExit> {
  const frames = new OutputFrames(sink);
  try {
    for await (const chunk of output) frames.write(chunk as Buffer);
  } catch {
    // The engine stopped; whether the container did too is asked next.
  }
  try {
    return await exitOf(deps, await deps.engine.waitForEnd(deps.container));
  } catch {
    // There is no engine that could tell, or it has the container no more: it was taken away.
    return { kind: 'signal', signal: 'SIGKILL', oom: false };
  }
}

async function exitOf(deps: ContainerRunDeps, status: number): Promise<ProcessExit> {
  const exit = exitOfStatus(status);
  if (exit.kind === 'code') return exit;
  const oom = exit.signal === 'SIGKILL' && (await isOutOfMemory(deps));
  return { ...exit, oom };
}

/** What cannot be asked any more is not said. */
async function isOutOfMemory({ clock, engine, container }: ContainerRunDeps): Promise<boolean> {
  try {
    const { State } = await engine.container(container);
    if (!State.Running) return State.OOMKilled;
    // Of one that runs on there is only the event, which is on its way.
    const stop = new AbortController();
    using _ = clock.timer(eventLag, () => stop.abort(new Error('there was no such event')));
    await engine.event(container, 'oom', State.StartedAt, stop.signal);
    return true;
  } catch {
    return false;
  }
}
