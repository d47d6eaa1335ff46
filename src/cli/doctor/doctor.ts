/** `lambdad doctor`: looks at this machine and says what to type where something is missing. */
import { readConfig } from '../../daemon/config/config.ts';
import { hostFacts } from '../../daemon/config/host-facts.ts';
import { type CliContext, ExitCode } from '../cli-context.ts';
import { resolveEndpoint } from '../endpoint.ts';
import { Progress } from '../progress.ts';
import { coloursFor } from '../terminal-colours.ts';
import type { Check, CheckContext, Finding } from './check.ts';
import { dataDirectoryCheck } from './data-directory-check.ts';
import { gatewayCheck } from './gateway-check.ts';
import { memoryLimitCheck } from './memory-limit-check.ts';
import { nameCheck } from './name-check.ts';
import { nodeCheck } from './node-check.ts';
import { pythonCheck } from './python-check.ts';
import { sandboxCheck } from './sandbox-check.ts';

export interface DoctorOptions {
  readonly endpoint?: string;
  readonly json?: boolean;
}

const checks: readonly Check[] = [
  nodeCheck,
  sandboxCheck,
  memoryLimitCheck,
  pythonCheck,
  dataDirectoryCheck,
  gatewayCheck,
  nameCheck,
];

/**
 * Fails only when something is missing without which functions do not run, or not as the settings demand.
 * @throws InvalidSetting
 */
export async function doctor(options: DoctorOptions, context: CliContext): Promise<ExitCode> {
  const checkContext: CheckContext = {
    config: readConfig(context.environment, hostFacts()),
    endpoint: resolveEndpoint(options.endpoint, context.environment),
    platform: process.platform,
  };
  using progress = new Progress(context, 'looking at this machine');
  const findings = (await Promise.all(checks.map((check) => check(checkContext)))).flat();
  progress.clear();
  context.stdout.write(
    options.json === true ? `${JSON.stringify(findings, null, 2)}\n` : findingsText(findings, context),
  );
  return findings.some((finding) => finding.status === 'fail') ? ExitCode.failure : ExitCode.ok;
}

function findingsText(findings: readonly Finding[], { stdout, environment }: CliContext): string {
  const colours = coloursFor(stdout, environment);
  const mark = { ok: colours.green('ok  '), warn: colours.yellow('warn'), fail: colours.red('fail') };
  return findings
    .map(({ name, status, detail, fix }) => {
      const line = `${mark[status]}  ${colours.bold(name)}: ${detail}\n`;
      return fix === undefined ? line : `${line}      ${colours.cyan(fix)}\n`;
    })
    .join('');
}
