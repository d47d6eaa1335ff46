/** A way to a port on which a program in a container listens, for where its address will not do. */
import { Duplex } from 'node:stream';
import type { Clock } from '../../../kernel/clock.ts';
import { milliseconds } from '../../../kernel/quantity.ts';
import type { DockerEngine } from '../engine/docker-engine.ts';
import { OutputFrames } from '../engine/output-frames.ts';

/**
 * With what images have: `bash`, which AWS's own do, else `nc`. Its first byte says that it runs; one end of the
 * connection ends it all.
 */
const relay = `
exec 2>/dev/null
if command -v bash >/dev/null; then
  exec bash -c 'exec 3<>"/dev/tcp/127.0.0.1/$1" || exit 1; echo; { cat <&3; kill -KILL 0; } & cat >&3; kill -KILL 0' relay "$1"
fi
command -v nc >/dev/null && echo && exec nc 127.0.0.1 "$1"
`;

/** To start a program in a container takes an engine some hundredths of a second. */
const patience = milliseconds(3000);

/**
 * Reaches also what listens on the loopback address alone. Resolves when the program runs: an engine that is told before
 * to pause the container stops both and hangs.
 * @throws EngineError when the container does not run, Error when nobody listens
 */
export async function relayTo(
  { engine, clock }: { readonly engine: DockerEngine; readonly clock: Clock },
  container: string,
  port: number,
): Promise<Duplex> {
  const exec = await engine.createExec(container, {
    Cmd: ['/bin/sh', '-c', relay, 'relay', String(port)],
    AttachStdin: true,
    AttachStdout: true,
    AttachStderr: true,
  });
  const connection = unframed(await engine.startExecInput(exec));
  using _ = clock.timer(patience, () => connection.destroy());
  await began(connection, port);
  return connection;
}

/** Takes the first byte, and leaves what follows. */
function began(connection: Duplex, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const look = (): void => {
      if (connection.read(1) === null) return;
      connection.off('readable', look);
      connection.off('close', fail);
      resolve();
    };
    const fail = (): void => reject(new Error(`nobody listens at port ${port} of the container`));
    connection.on('readable', look);
    connection.on('close', fail);
  });
}

/** The program reads what is written; what it writes comes in frames. */
function unframed(framed: Duplex): Duplex {
  const plain = new Duplex({
    allowHalfOpen: false,
    read: () => void framed.resume(),
    write: (chunk: Buffer, _encoding, done) => void framed.write(chunk, done),
    final: (done) => void framed.end(done),
    destroy: (error, done) => {
      framed.destroy();
      done(error);
    },
  });
  const frames = new OutputFrames((content) => {
    if (!plain.push(Buffer.from(content))) framed.pause();
  });
  framed.on('data', (chunk: Buffer) => frames.write(chunk));
  framed.on('end', () => plain.push(null));
  framed.on('close', () => plain.destroy());
  return plain;
}
