/** A way to a port on which a program in a container listens, for where its address will not do. */
import { Duplex } from 'node:stream';
import type { DockerEngine } from '../engine/docker-engine.ts';
import { OutputFrames } from '../engine/output-frames.ts';

/** With what images have: `bash`, which AWS's own do, else `nc`. One end of the connection ends it all. */
const relay = `
exec 2>/dev/null
if command -v bash >/dev/null; then
  exec bash -c 'exec 3<>"/dev/tcp/127.0.0.1/$1" || exit 1; { cat <&3; kill -KILL 0; } & cat >&3; kill -KILL 0' relay "$1"
fi
exec nc 127.0.0.1 "$1"
`;

/** Reaches also what listens on the loopback address alone. @throws EngineError when the container does not run */
export async function relayTo(engine: DockerEngine, container: string, port: number): Promise<Duplex> {
  const exec = await engine.createExec(container, {
    Cmd: ['/bin/sh', '-c', relay, 'relay', String(port)],
    AttachStdin: true,
    AttachStdout: true,
    AttachStderr: true,
  });
  return unframed(await engine.startExecInput(exec));
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
