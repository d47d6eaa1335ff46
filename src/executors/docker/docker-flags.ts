/** Reads LAMBDA_DOCKER_FLAGS: flags of `docker run` that every container of a function gets. */
import type { PortBinding, Ulimit } from './engine/engine-types.ts';
import { parsePorts } from './port-flag.ts';
import { splitWords } from './split-words.ts';

export interface DockerFlags {
  readonly environment: Readonly<Record<string, string>>;
  /** Paths on the machine of the daemon, of lines `NAME=value`. */
  readonly environmentFiles: readonly string[];
  /** `source:target[:options]`, paths on the machine of the engine. */
  readonly volumes: readonly string[];
  /** By port of the container: `8080/tcp`. */
  readonly ports: Readonly<Record<string, readonly PortBinding[]>>;
  /** `name:address` */
  readonly hosts: readonly string[];
  readonly networks: readonly string[];
  readonly dns: readonly string[];
  readonly labels: Readonly<Record<string, string>>;
  readonly ulimits: readonly Ulimit[];
  readonly user: string | undefined;
  readonly platform: string | undefined;
  readonly privileged: boolean;
}

type Collected = { -readonly [Name in keyof DockerFlags]: Mutable<DockerFlags[Name]> };
type Mutable<Value> = Value extends readonly (infer Item)[]
  ? Item[]
  : Value extends Readonly<Record<string, infer Item>>
    ? Record<string, Item>
    : Value;

/** Takes the value of one flag; `false` when it is none. */
type Take = (flags: Collected, value: string) => boolean;

/** Short and long names, as the `docker` command has them. */
const takers: Readonly<Record<string, Take>> = {
  '-e': takeVariable,
  '--env': takeVariable,
  '--env-file': (flags, value) => flags.environmentFiles.push(value) > 0,
  '-v': takeVolume,
  '--volume': takeVolume,
  '-p': takePort,
  '--publish': takePort,
  '--add-host': (flags, value) => /^[^:=]+[:=].+$/.test(value) && flags.hosts.push(value.replace('=', ':')) > 0,
  '--network': (flags, value) => flags.networks.push(value) > 0,
  '--net': (flags, value) => flags.networks.push(value) > 0,
  '--dns': (flags, value) => flags.dns.push(value) > 0,
  '-l': takeLabel,
  '--label': takeLabel,
  '--ulimit': takeUlimit,
  '-u': takeUser,
  '--user': takeUser,
  '--platform': takePlatform,
};

export const noDockerFlags = (): DockerFlags => emptyFlags();

/** `undefined` when there is a flag that is not understood, or one whose value is missing or malformed. */
export function parseDockerFlags(text: string): DockerFlags | undefined {
  const words = splitWords(text);
  if (words === undefined) return undefined;
  const flags = emptyFlags();
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    const switched = /^--privileged(?:=(true|false))?$/.exec(word);
    if (switched) {
      flags.privileged = switched[1] !== 'false';
      continue;
    }
    const [, name = '', attached] = /^(--[a-z-]+|-[a-z])(?:=?([^]+))?$/.exec(word) ?? [];
    const take = Object.hasOwn(takers, name) ? takers[name] : undefined;
    const value = attached ?? words.shift();
    if (take === undefined || value === undefined || value === '' || !take(flags, value)) return undefined;
  }
  return flags;
}

function emptyFlags(): Collected {
  return {
    environment: {},
    environmentFiles: [],
    volumes: [],
    ports: {},
    hosts: [],
    networks: [],
    dns: [],
    labels: {},
    ulimits: [],
    user: undefined,
    platform: undefined,
    privileged: false,
  };
}

/** A name alone would mean a variable of the daemon's own, which functions never see. */
function takeVariable({ environment }: Collected, value: string): boolean {
  const [, name, content] = /^([^=]+)=([^]*)$/.exec(value) ?? [];
  if (name === undefined || content === undefined) return false;
  set(environment, name, content);
  return true;
}

function takeVolume({ volumes }: Collected, value: string): boolean {
  return /^[^:]+(?::[^:]+){1,2}$/.test(value) && volumes.push(value) > 0;
}

function takePort({ ports }: Collected, value: string): boolean {
  const parsed = parsePorts(value);
  for (const { container, binding } of parsed ?? []) set(ports, container, [...(ports[container] ?? []), binding]);
  return parsed !== undefined;
}

function takeLabel({ labels }: Collected, value: string): boolean {
  const [name = '', ...content] = value.split('=');
  set(labels, name, content.join('='));
  return name !== '';
}

function takeUlimit({ ulimits }: Collected, value: string): boolean {
  const [, Name, soft, hard = soft] = /^([a-z]+)=(-1|\d+)(?::(-1|\d+))?$/.exec(value) ?? [];
  if (Name === undefined) return false;
  ulimits.push({ Name, Soft: Number(soft), Hard: Number(hard) });
  return true;
}

function takeUser(flags: Collected, value: string): boolean {
  flags.user = value;
  return true;
}

function takePlatform(flags: Collected, value: string): boolean {
  flags.platform = value;
  return /^[a-z0-9]+(?:\/[a-z0-9_]+){0,2}$/.test(value);
}

/** An own property whatever its name: assigning to `__proto__` would do something else. */
function set<Value>(record: Record<string, Value>, name: string, value: Value): void {
  Object.defineProperty(record, name, { value, enumerable: true, configurable: true, writable: true });
}
