/** One run of a container, from its start to its exit, and its output. */
import type { Readable } from 'node:stream';
import type { OutputSink, ProcessExit } from '../executor.ts';
import { signalOf } from '../signal-of.ts';
import type { DockerEngine } from './engine/docker-engine.ts';
import type { ContainerDetails } from './engine/engine-types.ts';
import { OutputFrames } from './engine/output-frames.ts';

export class ContainerRun {
  /** Settles when the container has ended and all its output has been read. Never rejects. */
  readonly exited: Promise<ProcessExit>;
  /** Just after its start; it may have ended by now. */
  readonly details: ContainerDetails;

  private constructor(exited: Promise<ProcessExit>, details: ContainerDetails) {
    this.exited = exited;
    this.details = details;
  }

  /** @throws EngineError when it cannot be started */
  static async start(engine: DockerEngine, id: string, sink: OutputSink, signal: AbortSignal): Promise<ContainerRun> {
    const output = await engine.attach(id, signal);
    try {
      await engine.start(id);
      return new ContainerRun(follow(engine, id, output, sink), await engine.container(id));
    } catch (error) {
      output.destroy();
      throw error;
    }
  }
}

/** The first process holds both outputs as long as it lives: their end is its end. */
async function follow(engine: DockerEngine, id: string, output: Readable, sink: OutputSink): Promise<ProcessExit> {
  const frames = new OutputFrames(sink);
  try {
    for await (const chunk of output) frames.write(chunk as Buffer);
  } catch {
    // The engine stopped; whether the container did too is asked next.
  }
  try {
    const code = await engine.waitForEnd(id);
    const killed = signalOf(code - 128);
    if (killed === undefined) return { kind: 'code', code };
    const oom = killed === 'SIGKILL' && (await engine.container(id)).State.OOMKilled;
    return { kind: 'signal', signal: killed, oom };
  } catch {
    // There is no engine that could tell, or it has the container no more: it was taken away.
    return { kind: 'signal', signal: 'SIGKILL', oom: false };
  }
}
