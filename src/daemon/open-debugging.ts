/** Opens debug mode when it is asked for; otherwise nothing of it is even loaded. */
import type { OpenDebugMode } from '../devtools/debug/open-debug-mode.ts';
import type { Executor } from '../executors/executor.ts';
import { hostFacts } from './config/host-facts.ts';
import type { Platform } from './platform.ts';

/** @throws Error that names the file and the line that cannot be meant */
export async function openDebugging(
  { config, clock, logger }: Platform,
  executor: Executor,
): Promise<OpenDebugMode | undefined> {
  if (!config.debugMode) {
    if (config.debugModeFile !== undefined) {
      logger.warn('LAMBDA_DEBUG_MODE_CONFIG_PATH has no effect without LAMBDA_DEBUG_MODE=1.');
    }
    return undefined;
  }
  const { openDebugMode } = await import('../devtools/debug/open-debug-mode.ts');
  return openDebugMode({
    clock,
    logger,
    executor,
    // In a container, ports are published as the user says.
    host: hostFacts().insideContainer ? '0.0.0.0' : '127.0.0.1',
    dataDirectory: config.dataDirectory,
    file: config.debugModeFile,
    wait: config.debugWait,
  });
}
