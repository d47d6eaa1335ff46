/** `lambdad config`: which settings are in force and where each comes from. */
import { hostFacts } from '../daemon/config/host-facts.ts';
import { settingNotices } from '../daemon/config/setting-notices.ts';
import { reportSettings, type SettingReport } from '../daemon/config/setting-report.ts';
import { type CliContext, ExitCode } from './cli-context.ts';
import { coloursFor } from './terminal-colours.ts';
import { textTable } from './text-table.ts';

export interface ConfigOptions {
  readonly json?: boolean;
}

/** @throws InvalidSetting */
export function config(options: ConfigOptions, context: CliContext): ExitCode {
  const report = reportSettings(context.environment, hostFacts());
  const notices = settingNotices(context.environment);
  context.stdout.write(
    options.json === true ? `${JSON.stringify({ settings: report, notices }, null, 2)}\n` : configText(report, context),
  );
  if (options.json !== true) for (const notice of notices) context.stderr.write(`${notice}\n`);
  return ExitCode.ok;
}

function configText(report: readonly SettingReport[], { stdout, environment }: CliContext): string {
  const colours = coloursFor(stdout, environment);
  const lines = textTable(
    report.map(({ name, value, setBy }) => [
      name,
      value === '' ? '(none)' : value,
      setBy === undefined ? 'default' : setBy === name ? 'environment' : `environment, as ${setBy}`,
    ]),
  );
  let group = '';
  let text = '';
  for (const [index, entry] of report.entries()) {
    if (entry.group !== group) text += `${group === '' ? '' : '\n'}${colours.bold(entry.group)}\n`;
    group = entry.group;
    const line = `  ${lines[index] ?? ''}`;
    text += `${entry.setBy === undefined ? line : colours.green(line)}\n`;
  }
  return text;
}
