/** The certificate authority of this machine's daemons: made once, kept in the data directory, trusted by whoever wants. */
import { createPrivateKey, generateKeyPairSync, type KeyObject, X509Certificate } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../kernel/clock.ts';
import { milliseconds } from '../kernel/quantity.ts';
import type { Random } from '../kernel/random.ts';
import { signCertificate } from './certificate.ts';

export interface AuthorityDeps {
  readonly dataDirectory: string;
  readonly clock: Clock;
  readonly random: Random;
}

/** A certificate with its key, in PEM. */
export interface ServerCertificate {
  readonly certificate: string;
  readonly key: string;
}

const day = 86_400_000;
const authorityDays = 3650;
/** Browsers take no longer than 398 days from anybody. */
export const serverDays = 365;

/** Clocks of other machines and containers may be slow. */
const backdated = day;

/** What the authority's own certificate is called, whether it is there yet or not. */
export const authorityPath = (dataDirectory: string): string => join(dataDirectory, 'certificates', 'ca.pem');

export class CertificateAuthority {
  readonly certificate: string;
  readonly #subject: string;
  readonly #key: KeyObject;
  readonly #deps: AuthorityDeps;

  private constructor(certificate: string, key: KeyObject, deps: AuthorityDeps) {
    this.certificate = certificate;
    this.#subject = new X509Certificate(certificate).subject.replace(/^CN=/, '');
    this.#key = key;
    this.#deps = deps;
  }

  /**
   * The one in the data directory; a new one where there is none, or where it has expired.
   * @throws Error that says what to do when it can be neither read nor made
   */
  static async open(deps: AuthorityDeps): Promise<CertificateAuthority> {
    const folder = join(deps.dataDirectory, 'certificates');
    const kept = (await read(folder, deps.clock)) ?? (await make(folder, deps));
    return new CertificateAuthority(kept.certificate, kept.key, deps);
  }

  /** A certificate for a server with these DNS names and addresses; at least one. */
  issue(names: readonly string[]): ServerCertificate {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const now = this.#deps.clock.now();
    const certificate = signCertificate({
      subject: (names[0] ?? 'localhost').slice(0, 64),
      issuer: this.#subject,
      publicKey,
      issuerKey: this.#key,
      serialNumber: serialNumber(this.#deps.random),
      notBefore: milliseconds(now - backdated),
      notAfter: milliseconds(now + serverDays * day),
      use: { kind: 'server', names },
    });
    return { certificate, key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() };
  }
}

interface Kept {
  readonly certificate: string;
  readonly key: KeyObject;
}

async function make(folder: string, deps: AuthorityDeps): Promise<Kept> {
  await rm(folder, { recursive: true, force: true });
  await create(folder, deps);
  // Another daemon may have been quicker: both use what is there.
  const made = await read(folder, deps.clock);
  if (made === undefined) throw new Error(`no certificate authority could be made in ${folder}`);
  return made;
}

async function read(folder: string, clock: Clock): Promise<Kept | undefined> {
  try {
    const [certificate, key] = await Promise.all([
      readFile(join(folder, 'ca.pem'), 'utf8'),
      readFile(join(folder, 'ca-key.pem'), 'utf8'),
    ]);
    const { validToDate } = new X509Certificate(certificate);
    // What it signs must not outlive it.
    if (validToDate.getTime() < clock.now() + serverDays * day) return undefined;
    return { certificate, key: createPrivateKey(key) };
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw new Error(`the certificates in ${folder} cannot be used: remove that folder to have new ones made`, {
      cause: error,
    });
  }
}

/** The folder appears whole or not at all, so that daemons which start together agree. */
async function create(folder: string, { clock, random }: AuthorityDeps): Promise<void> {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const name = `lambdad local authority ${random.hex(4)}`;
  const now = clock.now();
  const certificate = signCertificate({
    subject: name,
    issuer: name,
    publicKey,
    issuerKey: privateKey,
    serialNumber: serialNumber(random),
    notBefore: milliseconds(now - backdated),
    notAfter: milliseconds(now + authorityDays * day),
    use: { kind: 'authority' },
  });
  const part = `${folder}.${random.hex(8)}.part`;
  await mkdir(part, { recursive: true, mode: 0o755 });
  try {
    await writeFile(join(part, 'ca-key.pem'), privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
    await writeFile(join(part, 'ca.pem'), certificate, { mode: 0o644 });
    await rename(part, folder);
  } catch (error) {
    await rm(part, { recursive: true, force: true });
    const taken = error instanceof Error && 'code' in error && ['ENOTEMPTY', 'EEXIST'].includes(String(error.code));
    if (!taken) throw error;
  }
}

/** Positive, and unlike any other. */
const serialNumber = (random: Random): Buffer => Buffer.from(random.hex(16), 'hex');
