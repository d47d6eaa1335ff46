/** How much the Runtime API logs: where functions run in containers, LAMBDA_DOCKER_FLAGS says so among their variables. */
import { parseDockerFlags } from '../../executors/docker/docker-flags.ts';
import { isRuntimeApiLevel, type RuntimeApiLevel } from '../../runtime-api/runtime-api-log.ts';

export const runtimeApiLevelVariable = 'LOCALSTACK_INIT_LOG_LEVEL';

/** Nothing when the flags do not say, or say what is no level. */
export function runtimeApiLevelIn(flags: string): RuntimeApiLevel | undefined {
  const level = parseDockerFlags(flags)?.environment[runtimeApiLevelVariable];
  return isRuntimeApiLevel(level) ? level : undefined;
}
