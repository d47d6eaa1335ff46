/** The command line: which commands there are and what each takes; what they do is loaded when one of them runs. */
import { Command, CommanderError } from 'commander';
import { InvalidSetting } from '../daemon/config/invalid-setting.ts';
import { version } from '../daemon/version.ts';
import type { CertificateOptions } from './certificate.ts';
import { type CliContext, ExitCode } from './cli-context.ts';
import { CommandFailure } from './command-failure.ts';
import { addDev } from './dev/add-dev.ts';
import type { DoctorOptions } from './doctor/doctor.ts';
import type { InvokeOptions } from './invoke.ts';
import type { LogsOptions } from './logs.ts';
import type { PsOptions } from './ps.ts';
import type { StartOptions } from './start.ts';
import type { StatusOptions } from './status.ts';
import { coloursFor } from './terminal-colours.ts';

/** Runs one command line, without the name of the program. Never throws for what a user can get wrong. */
export async function runProgram(args: readonly string[], context: CliContext): Promise<ExitCode> {
  const invocation: Invocation = { context, exitCode: ExitCode.ok };
  try {
    await program(invocation).parseAsync(args, { from: 'user' });
    return invocation.exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? ExitCode.ok : ExitCode.usage;
    if (!(error instanceof CommandFailure || error instanceof InvalidSetting)) throw error;
    context.stderr.write(`lambdad: ${error.message}\n`);
    return error instanceof CommandFailure ? error.exitCode : ExitCode.usage;
  }
}

interface Invocation {
  readonly context: CliContext;
  exitCode: ExitCode;
}

function program(invocation: Invocation): Command {
  const { stdout, stderr, environment } = invocation.context;
  const colours = coloursFor(stdout, environment);
  const root = new Command('lambdad')
    .description('AWS Lambda on this machine, on port 4566')
    .version(version, '-V, --version', 'show the version')
    .helpOption('-h, --help', 'show this help')
    .helpCommand('help [command]', 'show the help of a command')
    .exitOverride()
    .configureOutput({ writeOut: (text) => stdout.write(text), writeErr: (text) => stderr.write(text) })
    .configureHelp({ styleTitle: (title) => colours.bold(title) });
  addStart(root, invocation);
  addStatus(root, invocation);
  addConfig(root, invocation);
  addDoctor(root, invocation);
  addCertificate(root, invocation);
  addDev(root, invocation);
  addInvoke(root, invocation);
  addPs(root, invocation);
  addLogs(root, invocation);
  return root;
}

const ENDPOINT = 'where the daemon is (default: AWS_ENDPOINT_URL, or the address that the settings name)';
const JSON_OUTPUT = 'print JSON, for scripts';

function addStart(root: Command, invocation: Invocation): void {
  command(root, 'start', 'run the daemon in the foreground', ['lambdad start', 'LAMBDA_KEEPALIVE_MS=0 lambdad start'])
    .option('--json-log', 'write the log as one JSON object a line')
    .action(async (options: StartOptions) => {
      const { start } = await import('./start.ts');
      invocation.exitCode = await start(options, invocation.context);
    });
}

function addStatus(root: Command, invocation: Invocation): void {
  command(root, 'status', 'show what the running daemon is doing', ['lambdad status', 'lambdad status --json'])
    .option('--endpoint <url>', ENDPOINT)
    .option('--json', JSON_OUTPUT)
    .action(async (options: StatusOptions) => {
      const { status } = await import('./status.ts');
      invocation.exitCode = await status(options, invocation.context);
    });
}

function addConfig(root: Command, invocation: Invocation): void {
  command(root, 'config', 'show the settings in force and where each comes from', ['lambdad config --json'])
    .option('--json', JSON_OUTPUT)
    .action(async (options: { json?: boolean }) => {
      const { config } = await import('./config.ts');
      invocation.exitCode = config(options, invocation.context);
    });
}

function addDoctor(root: Command, invocation: Invocation): void {
  command(root, 'doctor', 'check this machine, and say what to type where something is missing', ['lambdad doctor'])
    .option('--endpoint <url>', ENDPOINT)
    .option('--json', JSON_OUTPUT)
    .action(async (options: DoctorOptions) => {
      const { doctor } = await import('./doctor/doctor.ts');
      invocation.exitCode = await doctor(options, invocation.context);
    });
}

function addCertificate(root: Command, invocation: Invocation): void {
  command(root, 'certificate', 'show the certificate authority of https endpoints, and how to trust it', [
    'lambdad certificate',
    'lambdad certificate --pem | sudo tee /usr/local/share/ca-certificates/lambdad.crt',
  ])
    .option('--pem', 'print the certificate itself')
    .action(async (options: CertificateOptions) => {
      const { certificate } = await import('./certificate.ts');
      invocation.exitCode = await certificate(options, invocation.context);
    });
}

function addInvoke(root: Command, invocation: Invocation): void {
  command(root, 'invoke', 'invoke a function and print what it answers', [
    `lambdad invoke hello '{"name": "you"}' --tail`,
    'lambdad invoke hello @event.json --qualifier 2',
    'generate-event | lambdad invoke hello --stream',
    'lambdad invoke hello --file event.json --event',
  ])
    .argument('<function>', 'name or ARN')
    .argument('[payload]', 'JSON, @file, or - for standard input (default: what is piped in, else {})')
    .option('--endpoint <url>', ENDPOINT)
    .option('--region <region>', 'region of the function (default: AWS_REGION, or us-east-1)')
    .option('--qualifier <qualifier>', 'version or alias')
    .option('--file <file>', 'read the payload from a file')
    .option('--client-context <json>', "JSON object for the handler's context")
    .option('--tail', 'show the end of the log too')
    .option('--stream', 'print the answer while the function writes it')
    .option('--event', 'leave the event to be run later, and print its request id')
    .option('--json', 'print status, version, error, payload and log as one JSON object')
    .action(async (functionName: string, payload: string | undefined, options: InvokeOptions) => {
      const { invoke } = await import('./invoke.ts');
      invocation.exitCode = await invoke(functionName, payload, options, invocation.context);
    });
}

function addPs(root: Command, invocation: Invocation): void {
  command(root, 'ps', 'show the execution environments', ['lambdad ps', 'lambdad ps hello --watch'])
    .argument('[function]', 'only of this function')
    .option('--endpoint <url>', ENDPOINT)
    .option('--watch', 'show them again every second, until Ctrl-C')
    .option('--json', JSON_OUTPUT)
    .action(async (functionName: string | undefined, options: PsOptions) => {
      const { ps } = await import('./ps.ts');
      invocation.exitCode = await ps(functionName, options, invocation.context);
    });
}

function addLogs(root: Command, invocation: Invocation): void {
  command(root, 'logs', 'show what functions wrote', ['lambdad logs hello --since 10m', 'lambdad logs --follow'])
    .argument('[function]', 'only of this function')
    .option('--endpoint <url>', ENDPOINT)
    .option('--since <time>', 'a duration such as 90s, 10m, 2h, 1d, or an ISO 8601 time')
    .option('-f, --follow', 'go on with what is written from now on, until Ctrl-C')
    .option('--json', 'print one JSON object a line, for scripts')
    .action(async (functionName: string | undefined, options: LogsOptions) => {
      const { logs } = await import('./logs.ts');
      invocation.exitCode = await logs(functionName, options, invocation.context);
    });
}

function command(root: Command, name: string, summary: string, examples: readonly string[]): Command {
  const title = examples.length === 1 ? 'Example' : 'Examples';
  return root
    .command(name)
    .description(summary)
    .addHelpText('after', `\n${title}:\n${examples.map((example) => `  $ ${example}`).join('\n')}\n`);
}
