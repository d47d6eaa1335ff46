/** The platform's events about the first init phase of an environment. */
import { createHash } from 'node:crypto';
import type { EnvironmentId } from '../executors/executor.ts';
import { InvalidEntrypoint } from '../executors/invalid-entrypoint.ts';
import { type Milliseconds, megabytesToBytes } from '../kernel/quantity.ts';
import type { FunctionVersion, RuntimeId } from '../lambda/function/function-version.ts';
import type { BootOutcome } from './environment-outcome.ts';
import type { InitializationType } from './environment-variables.ts';
import type { InitRuntimeDone, PlatformEvent } from './platform-event.ts';

/** @param day `2026/01/31`, when the environment was started */
export function initStart(
  version: FunctionVersion,
  id: EnvironmentId,
  initializationType: InitializationType,
  day: string,
): Extract<PlatformEvent, { type: 'platform.initStart' }> {
  const { functionName, version: functionVersion, memorySize, runtime, scope } = version;
  return {
    type: 'platform.initStart',
    record: {
      initializationType,
      phase: 'init',
      ...(runtime !== undefined && runtimeVersion(runtime, scope.region)),
      functionName,
      functionVersion,
      instanceId: `${day}/${functionName}[${functionVersion}]${id}`,
      instanceMaxMemory: megabytesToBytes(memorySize),
    },
  };
}

/** The same of a restore: there is no init phase then, as at AWS. */
export function restoreStart(version: FunctionVersion, id: EnvironmentId, day: string): PlatformEvent {
  const { record } = initStart(version, id, 'snap-start', day);
  const { initializationType: _type, phase: _phase, ...rest } = record;
  return { type: 'platform.restoreStart', record: rest };
}

export function restoreEnd(outcome: BootOutcome, duration: Milliseconds): readonly PlatformEvent[] {
  const record = resultOf(outcome);
  return [
    { type: 'platform.restoreRuntimeDone', record },
    { type: 'platform.restoreReport', record: { ...record, metrics: { durationMs: duration } } },
  ];
}

/** How the phase ended, as the runtime's end and as the report. */
export function initEnd(
  outcome: BootOutcome,
  initializationType: InitializationType,
  duration: Milliseconds,
): readonly PlatformEvent[] {
  const record = { initializationType, phase: 'init', ...resultOf(outcome) } as const;
  return [
    { type: 'platform.initRuntimeDone', record },
    { type: 'platform.initReport', record: { ...record, metrics: { durationMs: duration } } },
  ];
}

function resultOf(outcome: BootOutcome): Pick<InitRuntimeDone, 'status' | 'errorType'> {
  switch (outcome.kind) {
    case 'ready':
      return { status: 'success' };
    case 'init-error':
    case 'restore-error':
    case 'extension-failed':
      return { status: 'error', errorType: outcome.errorType };
    case 'exited':
      return { status: 'error', errorType: 'Runtime.ExitError' };
    case 'timed-out':
    case 'restore-timed-out':
      return { status: 'timeout' };
    case 'start-failed':
      return {
        status: 'error',
        errorType: outcome.error instanceof InvalidEntrypoint ? outcome.error.errorType : 'Runtime.Unknown',
      };
  }
}

/** AWS counts the builds of a runtime; here there is one, which the name of the runtime stands for. */
function runtimeVersion(runtime: RuntimeId, region: string): { runtimeVersion: string; runtimeVersionArn: string } {
  const [, language = '', release = ''] = /^([a-z]+)\.?(.*?)(?:\.x)?$/.exec(runtime) ?? [];
  const build = createHash('sha256').update(runtime).digest('hex');
  return {
    runtimeVersion: `${language}:${release === '' ? '' : `${release}.`}v1`,
    runtimeVersionArn: `arn:aws:lambda:${region}::runtime:${build}`,
  };
}
