/** Composes what the daemon shows to clients that speak TLS. */
import { readFile } from 'node:fs/promises';
import type { AuthorityDeps, ServerCertificate } from '../certificates/certificate-authority.ts';
import { authorityPath, CertificateAuthority } from '../certificates/certificate-authority.ts';
import { ServerCertificates } from '../certificates/server-certificates.ts';
import { systemClock } from '../kernel/clock.ts';
import { systemRandom } from '../kernel/random.ts';
import type { Config } from './config/config.ts';

/**
 * Nothing is made, nor read but for the user's own certificate, before a client speaks TLS.
 * @throws Error that says what is wrong with the user's own certificate
 */
export async function openCertificates(
  { certificateFile, dataDirectory }: Pick<Config, 'certificateFile' | 'dataDirectory'>,
  deps: Omit<AuthorityDeps, 'dataDirectory'>,
): Promise<ServerCertificates> {
  const given = certificateFile === undefined ? undefined : await readCertificate(certificateFile);
  return new ServerCertificates({ ...deps, dataDirectory }, given);
}

/** The certificate authority's own certificate, as a file and in PEM; made now where there is none yet. */
export async function authorityCertificate(
  dataDirectory: string,
): Promise<{ readonly file: string; readonly pem: string }> {
  const { certificate } = await CertificateAuthority.open({ dataDirectory, clock: systemClock, random: systemRandom });
  return { file: authorityPath(dataDirectory), pem: certificate };
}

async function readCertificate(file: string): Promise<ServerCertificate> {
  try {
    const text = await readFile(file, 'utf8');
    // The same file holds both, in any order.
    const { createSecureContext } = await import('node:tls');
    createSecureContext({ cert: text, key: text });
    return { certificate: text, key: text };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(
      `CUSTOM_SSL_CERT_PATH names ${file}, which does not hold a certificate and its key in PEM: ${reason}`,
      { cause: error },
    );
  }
}
