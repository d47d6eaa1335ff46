/** What the defaults of some settings depend on: a few facts about the machine, looked up once at start-up. */
import { accessSync, constants, existsSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';

export interface HostFacts {
  /** The daemon itself runs in a container, where loopback would reach nobody. */
  readonly insideContainer: boolean;
  /** `undefined` when there is none that can be written to. */
  readonly homeDirectory: string | undefined;
  readonly temporaryDirectory: string;
}

function writableHome(): string | undefined {
  try {
    const home = homedir();
    accessSync(home, constants.W_OK);
    return home;
  } catch {
    // A user without a home directory is ordinary in containers: the caller falls back to the temporary directory.
    return undefined;
  }
}

/** Docker and Podman each leave a marker file at the root of their containers. */
export function hostFacts(): HostFacts {
  return {
    insideContainer: existsSync('/.dockerenv') || existsSync('/run/.containerenv'),
    homeDirectory: writableHome(),
    temporaryDirectory: tmpdir(),
  };
}
