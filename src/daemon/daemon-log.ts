/** Writes the daemon's own log: single lines for people, or one JSON object a line for machines. */
import type { Clock } from '../kernel/clock.ts';
import type { Logger } from '../kernel/logger.ts';
import { isoTimestamp } from '../kernel/timestamp.ts';
import type { LogFormat, LogLevel } from './config/config.ts';

export interface DaemonLogOptions {
  readonly level: LogLevel;
  readonly format: LogFormat;
  /** Text only: dim and coloured, with a short time, for a terminal. */
  readonly colours: boolean;
  readonly clock: Clock;
  /** Takes whole lines, with their newline. */
  readonly write: (line: string) => void;
}

type Fields = Readonly<Record<string, unknown>>;

const severity: Readonly<Record<LogLevel, number>> = { debug: 20, info: 30, warn: 40, error: 50 };
const colour: Readonly<Record<LogLevel, number>> = { debug: 90, info: 36, warn: 33, error: 31 };

/** Asynchronous because the JSON writer is loaded only when asked for: it costs 15 ms of every start. */
export async function createDaemonLog(options: DaemonLogOptions): Promise<Logger> {
  return options.format === 'json' ? jsonLog(options) : textLog(options);
}

function textLog({ level, colours, clock, write }: DaemonLogOptions): Logger {
  const line =
    (of: LogLevel) =>
    (message: string, fields?: Fields): void => {
      if (severity[of] < severity[level]) return;
      const time = isoTimestamp(clock.now());
      const label = of.toUpperCase().padEnd(5);
      const head = colours
        ? `\x1b[2m${time.slice(11, 23)}\x1b[0m \x1b[${colour[of]}m${label}\x1b[0m`
        : `${time} ${label}`;
      write(`${head} ${singleLine(message)}${fields === undefined ? '' : fieldText(fields, level)}\n`);
    };
  return { debug: line('debug'), info: line('info'), warn: line('warn'), error: line('error') };
}

async function jsonLog({ level, clock, write }: DaemonLogOptions): Promise<Logger> {
  // Once bundled, the module has its default export only.
  const { default: pino } = await import('pino');
  const log = pino(
    {
      level,
      base: null,
      messageKey: 'message',
      errorKey: 'error',
      timestamp: () => `,"time":"${isoTimestamp(clock.now())}"`,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { error: pino.stdSerializers.err },
    },
    { write },
  );
  const line =
    (of: LogLevel) =>
    (message: string, fields: Fields = {}): void => {
      log[of](fields, message);
    };
  return { debug: line('debug'), info: line('info'), warn: line('warn'), error: line('error') };
}

function fieldText(fields: Fields, level: LogLevel): string {
  let text = '';
  for (const [name, value] of Object.entries(fields)) {
    if (value !== undefined) text += ` ${name}=${valueText(value, level)}`;
  }
  return text;
}

function valueText(value: unknown, level: LogLevel): string {
  if (value instanceof Error) {
    // The stack interests whoever asked for details; its lines stay one line of the log.
    return quoted(level === 'debug' ? (value.stack ?? value.message) : value.message);
  }
  return typeof value === 'string' ? quoted(value) : singleLine(JSON.stringify(value) ?? String(value));
}

function quoted(text: string): string {
  return /^[\w$.,:;/@+-]+$/.test(text) ? text : JSON.stringify(text);
}

// What a function or a client sent may end up in a message: it must not be able to write lines of its own.
function singleLine(text: string): string {
  // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
  return text.replace(/[\x00-\x1f\x7f\u2028\u2029]/g, (character) => JSON.stringify(character).slice(1, -1));
}
