/** `lambdad certificate`: where the daemon's certificate authority is, and how clients are made to trust it. */
import { authorityCertificate } from '../daemon/certificates.ts';
import { readConfig } from '../daemon/config/config.ts';
import { hostFacts } from '../daemon/config/host-facts.ts';
import { type CliContext, ExitCode } from './cli-context.ts';
import { CommandFailure } from './command-failure.ts';
import { coloursFor } from './terminal-colours.ts';

export interface CertificateOptions {
  /** The certificate itself and nothing else. */
  readonly pem?: boolean;
}

/**
 * Makes the authority when no daemon has needed it yet.
 * @throws CommandFailure when it can be neither read nor made
 */
export async function certificate(options: CertificateOptions, context: CliContext): Promise<ExitCode> {
  const { certificateFile, dataDirectory } = readConfig(context.environment, hostFacts());
  const { file, pem } = await authorityCertificate(dataDirectory).catch((error: unknown) => {
    throw new CommandFailure(error instanceof Error ? error.message : String(error), undefined, error);
  });
  if (options.pem === true) {
    context.stdout.write(pem);
    return ExitCode.ok;
  }
  context.stdout.write(trustText(file, context));
  if (certificateFile !== undefined) {
    context.stderr.write(`The daemon does not use it: CUSTOM_SSL_CERT_PATH names ${certificateFile}.\n`);
  }
  return ExitCode.ok;
}

function trustText(file: string, { stdout, environment }: CliContext): string {
  const colours = coloursFor(stdout, environment);
  return `${colours.bold(file)}
is the certificate authority of the daemons that keep their data there. To trust it:

  curl              curl --cacert ${file} https://localhost:4566/…
  AWS CLI, boto3    export AWS_CA_BUNDLE=${file}
  Node.js           export NODE_EXTRA_CA_CERTS=${file}
  Python, Ruby, Go  export SSL_CERT_FILE=${file}
`;
}
