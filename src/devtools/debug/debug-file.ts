/** Reads the file of LAMBDA_DEBUG_MODE_CONFIG_PATH: which functions are debugged, and how. */
import { isMap, isNode, isScalar, LineCounter, type Pair, parseDocument } from 'yaml';
import { parseFunctionReference } from '../../aws/function-arn.ts';
import type { FunctionDebugSettings, NamedDebugSettings } from './debug-settings.ts';

/** The file cannot be meant: its message names file and line, and what may stand there. */
export class InvalidDebugFile extends Error {
  override readonly name = 'InvalidDebugFile';
}

/**
 * @param path for messages
 * @param wait for functions of which the file does not say it
 * @throws InvalidDebugFile
 */
export function parseDebugFile(text: string, path: string, wait: boolean): readonly NamedDebugSettings[] {
  const lines = new LineCounter();
  const fail = (at: number | undefined, message: string): never => {
    throw new InvalidDebugFile(`${path}:${lines.linePos(at ?? 0).line || 1}: ${message}`);
  };
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const [fault] = document.errors;
  if (fault !== undefined) return fail(fault.pos[0], `this is not YAML: ${fault.message}`);
  const found: NamedDebugSettings[] = [];
  for (const section of entriesOf(document.contents, fail, 'the file')) {
    if (section.key !== 'functions') fail(section.at, `${section.key} is not known here; allowed: functions`);
    for (const entry of entriesOf(section.value, fail, 'functions')) {
      const named = { ...functionOf(entry, fail), ...settingsOf(entry, wait, fail) };
      const other = found.find(({ port }) => port !== undefined && port === named.port);
      if (other !== undefined) fail(entry.at, `port ${named.port} is already that of ${other.name}`);
      found.push(named);
    }
  }
  return found;
}

type Fail = (at: number | undefined, message: string) => never;

interface Entry {
  readonly key: string;
  readonly value: unknown;
  /** Where it begins in the text. */
  readonly at: number | undefined;
}

function entriesOf(node: unknown, fail: Fail, what: string): readonly Entry[] {
  if (node === null || (isScalar(node) && node.value === null)) return [];
  if (!isMap(node)) return fail(startOf(node), `${what} must be a mapping, each line a name, a colon and a value`);
  return node.items.map(({ key, value }: Pair) => ({
    key: isScalar(key) ? String(key.value) : '',
    value,
    at: startOf(key),
  }));
}

function startOf(node: unknown): number | undefined {
  return isNode(node) ? node.range?.[0] : undefined;
}

function functionOf({ key, at }: Entry, fail: Fail): Pick<NamedDebugSettings, 'scope' | 'name' | 'version'> {
  const reference = parseFunctionReference(key);
  if (reference === undefined) return fail(at, `${JSON.stringify(key)} is not the name or the ARN of a function`);
  const { account, region, name, qualifier = '$LATEST' } = reference;
  if (!/^(?:\$LATEST|\d+)$/.test(qualifier)) {
    fail(at, `${qualifier} is an alias, which may lead to several versions: name a version, or leave it out`);
  }
  const scope = account === undefined || region === undefined ? undefined : { account, region };
  return { scope, name, version: qualifier };
}

function settingsOf(entry: Entry, wait: boolean, fail: Fail): FunctionDebugSettings {
  const settings: { -readonly [Name in keyof FunctionDebugSettings]: FunctionDebugSettings[Name] } = {
    enforceTimeouts: false,
    wait,
  };
  for (const { key, value, at } of entriesOf(entry.value, fail, entry.key)) {
    const given = isScalar(value) ? value.value : undefined;
    const isTrue = (): boolean => (typeof given === 'boolean' ? given : fail(at, `${key} must be true or false`));
    switch (key) {
      case 'debug-port':
        Object.assign(settings, addressOf(given) ?? fail(at, `${key} must be a port from 1 to 65535, or host:port`));
        break;
      case 'enforce-timeouts':
        settings.enforceTimeouts = isTrue();
        break;
      case 'wait':
        settings.wait = isTrue();
        break;
      default:
        fail(at, `${key} is not known here; allowed: debug-port, enforce-timeouts, wait`);
    }
  }
  return settings;
}

function addressOf(given: unknown): Pick<FunctionDebugSettings, 'host' | 'port'> | undefined {
  const [, host, digits] = /^(?:(\[[\da-fA-F:]+\]|[\w.-]+):)?(\d{1,5})$/.exec(String(given)) ?? [];
  const port = Number(digits);
  if (digits === undefined || port < 1 || port > 65_535) return undefined;
  return host === undefined ? { port } : { port, host: host.replace(/^\[|\]$/g, '') };
}
