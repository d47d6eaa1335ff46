/** The sandbox's `/etc`: copies of the few files that programs need to resolve names, load libraries and trust. */
import {
  appendFileSync,
  copyFileSync,
  type Dirent,
  mkdirSync,
  readdirSync,
  readlinkSync,
  renameSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { sandboxUser } from './sandbox-user.ts';

/** Change while the daemon runs: another network, another name. */
const changing = ['resolv.conf', 'hosts'];

/** All other files and folders that are let in; each is left out where the machine has none. */
const files = [
  ['nsswitch.conf', 'host.conf', 'gai.conf', 'services', 'protocols', 'mime.types', 'localtime', 'timezone'],
  ['ld.so.cache', 'ld.so.conf', 'os-release', 'ca-certificates.conf'],
].flat();
const folders = ['ld.so.conf.d', 'alternatives', 'fonts', 'ssl', 'ca-certificates', 'pki'];

/** Java's settings, which its packages keep here: `java-17-openjdk`, `java`. */
const isJava = (name: string): boolean => /^java(-[\w.-]+)?$/.test(name);

/** The names under which extensions listen for telemetry. */
const ownHosts = '127.0.0.1\tsandbox.localdomain sandbox\n';

/** Private keys, and the manual pages that fill `alternatives`. */
const refused = (name: string): boolean => name === 'private' || name.endsWith('.gz');

/** Binding each of them would cost every start more than copying them costs once (15 ms). */
export class SandboxEtc {
  readonly folder: string;
  readonly #copied = new Map<string, number>();
  #complete = false;

  /** Makes `folder` and puts the files there, not the folders yet: that keeps the daemon's start short. */
  constructor(folder: string) {
    this.folder = folder;
    mkdirSync(folder, { recursive: true });
    for (const name of files) tryCopy(join('/etc', name), join(folder, name));
    const { name, uid, gid } = sandboxUser;
    const users = `root:x:0:0:root:/root:/sbin/nologin\n${name}:x:${uid}:${gid}::/home/${name}:/sbin/nologin\n`;
    writeFileSync(join(folder, 'passwd'), users);
    writeFileSync(join(folder, 'group'), `root:x:0:\n${name}:x:${gid}:\n`);
    writeFileSync(join(folder, 'hosts'), ownHosts);
    this.refresh();
  }

  /** Copies the folders; idempotent. To be done before a function is started. */
  complete(): void {
    if (this.#complete) return;
    this.#complete = true;
    for (const name of [...folders, ...readdirSync('/etc').filter(isJava)])
      copyFolder(join('/etc', name), join(this.folder, name));
  }

  /** Copies again what has changed on this machine since; sandboxes that run see it too. Costs some microseconds. */
  refresh(): void {
    for (const name of changing) {
      const source = join('/etc', name);
      const changed = statSync(source, { throwIfNoEntry: false })?.mtimeMs;
      if (changed === undefined || this.#copied.get(name) === changed) continue;
      this.#copied.set(name, changed);
      const fresh = join(this.folder, `.${name}`);
      if (!tryCopy(source, fresh)) continue;
      if (name === 'hosts') appendFileSync(fresh, `\n${ownHosts}`);
      renameSync(fresh, join(this.folder, name));
    }
  }
}

/** Copies what a file or the end of a link holds; `false` when there is none or it is not for us to read. */
function tryCopy(source: string, target: string): boolean {
  try {
    copyFileSync(source, target);
    return true;
  } catch {
    return false;
  }
}

/** Keeps links as they are: they lead into the folders that the sandbox has. (`fs.cp` takes ten times as long.) */
function copyFolder(source: string, target: string): void {
  let entries: readonly Dirent[];
  try {
    entries = readdirSync(source, { withFileTypes: true });
  } catch {
    return; // Not there, or not for us to read.
  }
  mkdirSync(target);
  for (const entry of entries) {
    if (refused(entry.name)) continue;
    const [from, to] = [join(source, entry.name), join(target, entry.name)];
    if (entry.isDirectory()) copyFolder(from, to);
    else if (entry.isSymbolicLink()) symlinkSync(readlinkSync(from), to);
    else tryCopy(from, to);
  }
}
