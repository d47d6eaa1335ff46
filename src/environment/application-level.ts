/**
 * Whether what a function wrote is serious enough for its log.
 *
 * Runtimes filter what their own loggers write; this is for all others, which write JSON documents that have a level.
 * Source: Lambda developer guide, "Log-level filtering".
 */
import type { ApplicationLogLevel } from '../lambda/function/function-version.ts';

const severity: Readonly<Record<ApplicationLogLevel, number>> = {
  TRACE: 1,
  DEBUG: 2,
  INFO: 3,
  WARN: 4,
  ERROR: 5,
  FATAL: 6,
};

/** What is not a JSON document is always logged; one without a level that is known has the level INFO. */
export function isSeriousEnough(line: string, least: ApplicationLogLevel): boolean {
  if (severity[least] === severity.TRACE || !line.startsWith('{')) return true;
  return (severityOf(line) ?? Number.POSITIVE_INFINITY) >= severity[least];
}

function severityOf(line: string): number | undefined {
  let document: unknown;
  try {
    document = JSON.parse(line);
  } catch {
    return undefined;
  }
  const name = levelNames.map((member) => memberOf(document, member)).find((value) => typeof value === 'string');
  const level = String(name).toUpperCase();
  return isLevel(level) ? severity[level] : severity.INFO;
}

/** Python's runtime writes the second for an error that nothing caught. */
const levelNames = ['level', 'log_level'];

function memberOf(document: unknown, name: string): unknown {
  return typeof document === 'object' && document !== null ? Reflect.get(document, name) : undefined;
}

const isLevel = (name: string): name is ApplicationLogLevel => Object.hasOwn(severity, name);
