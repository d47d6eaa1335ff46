/** The options of `lambdad dev`. */
import type { Command } from 'commander';
import type { CliContext, ExitCode } from '../cli-context.ts';
import type { DevOptions } from './dev.ts';

const help = `
The runtime and the handler are found by looking at the folder, and printed. A change of a file is live at once, TypeScript
included. A daemon is started when none answers, and ends with this command. Ctrl-C removes the function unless --keep is
given; one that was there before stays, and stays on the folder.

Examples:
  $ lambdad dev .
  $ lambdad dev ./orders --env TABLE=orders --invoke '{"id": 1}'
  $ lambdad dev ./api --runtime python3.13 --handler app.main
`;

const collect = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];

export function addDev(root: Command, invocation: { readonly context: CliContext; exitCode: ExitCode }): void {
  root
    .command('dev')
    .description('run a folder as a function with a URL while it is edited')
    .argument('[folder]', 'the folder (default: this one)', '.')
    .option('--name <name>', "the function's name (default: the folder's)")
    .option('--runtime <runtime>', 'in place of what is found, for example nodejs22.x')
    .option('--handler <handler>', 'in place of what is found, for example src/index.handler')
    .option('--env <key=value>', 'an environment variable; may be given several times', collect)
    .option('--env-file <file>', 'a file with environment variables, KEY=VALUE on each line')
    .option('--timeout <seconds>', 'time-out of an invocation (default: 30)')
    .option('--memory <megabytes>', 'memory of the function (default: 512)')
    .option('--no-url', 'no function URL')
    .option('--invoke <json>', 'invoke it with this event at the start and after each change')
    .option('--keep', 'leave the function in the daemon at the end')
    .option('--region <region>', 'region of the function (default: AWS_REGION, or us-east-1)')
    .option(
      '--endpoint <url>',
      'where the daemon is (default: AWS_ENDPOINT_URL, or the address that the settings name)',
    )
    .addHelpText('after', help)
    .action(async (folder: string, options: DevOptions) => {
      const { dev } = await import('./dev.ts');
      invocation.exitCode = await dev(folder, options, invocation.context);
    });
}
