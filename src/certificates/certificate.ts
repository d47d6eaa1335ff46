/**
 * Signs X.509 certificates, which `node:crypto` only reads.
 * @see RFC 5280
 */
import { createHash, createPublicKey, type KeyObject, sign } from 'node:crypto';
import { isIPv4, isIPv6 } from 'node:net';
import type { Milliseconds } from '../kernel/quantity.ts';
import { isoTimestamp } from '../kernel/timestamp.ts';
import * as der from './der.ts';

export interface CertificateRequest {
  /** The common name. */
  readonly subject: string;
  /** The common name of who signs. */
  readonly issuer: string;
  readonly publicKey: KeyObject;
  /** A P-256 key. */
  readonly issuerKey: KeyObject;
  /** Twenty random bytes at most. */
  readonly serialNumber: Buffer;
  /** Epoch. */
  readonly notBefore: Milliseconds;
  readonly notAfter: Milliseconds;
  readonly use: CertificateUse;
}

export type CertificateUse =
  | { readonly kind: 'authority' }
  /** DNS names, `*.` at their beginning allowed, and IP addresses. */
  | { readonly kind: 'server'; readonly names: readonly string[] };

/** @returns the certificate in PEM */
export function signCertificate(request: CertificateRequest): string {
  const unsigned = toBeSigned(request);
  const signature = sign('sha256', unsigned, request.issuerKey);
  const certificate = der.sequence(unsigned, ecdsaWithSha256, der.bitString(signature));
  const lines = certificate.toString('base64').replaceAll(/.{64}(?!$)/g, '$&\n');
  return `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`;
}

const ecdsaWithSha256 = der.sequence(der.objectIdentifier('1.2.840.10045.4.3.2'));
const version3 = der.tagged(0, der.integer(Buffer.of(2)), true);

function toBeSigned({ subject, issuer, publicKey, issuerKey, use, ...request }: CertificateRequest): Buffer {
  const serialNumber = Buffer.from(request.serialNumber);
  const extensions = [
    extension('2.5.29.14', der.octetString(keyIdentifier(publicKey))),
    extension('2.5.29.35', der.sequence(der.tagged(0, keyIdentifier(createPublicKey(issuerKey)), false))),
    ...(use.kind === 'authority' ? authorityExtensions : serverExtensions(use.names)),
  ];
  return der.sequence(
    version3,
    der.integer(serialNumber),
    ecdsaWithSha256,
    nameOf(issuer),
    der.sequence(der.time(isoTimestamp(request.notBefore)), der.time(isoTimestamp(request.notAfter))),
    nameOf(subject),
    publicKey.export({ type: 'spki', format: 'der' }),
    der.tagged(3, der.sequence(...extensions), true),
  );
}

const nameOf = (commonName: string): Buffer =>
  der.sequence(der.set(der.sequence(der.objectIdentifier('2.5.4.3'), der.utf8String(commonName))));

/** SHA-1 over the bits of the key, which are the end of what wraps them. */
function keyIdentifier(key: KeyObject): Buffer {
  // The wrapping of a P-256 key has 26 bytes, always the same.
  const bits = key.export({ type: 'spki', format: 'der' }).subarray(26);
  return createHash('sha1').update(bits).digest();
}

const critical = true;

function extension(id: string, value: Buffer, isCritical = false): Buffer {
  const parts = isCritical ? [der.boolean(true)] : [];
  return der.sequence(der.objectIdentifier(id), ...parts, der.octetString(value));
}

const authorityExtensions = [
  // A certificate authority that signs no others: the path may not go on.
  extension('2.5.29.19', der.sequence(der.boolean(true), der.integer(Buffer.of(0))), critical),
  // keyCertSign and cRLSign
  extension('2.5.29.15', der.bitString(Buffer.of(0x06), 1), critical),
];

const serverExtensions = (names: readonly string[]): readonly Buffer[] => [
  extension('2.5.29.19', der.sequence(), critical),
  // digitalSignature
  extension('2.5.29.15', der.bitString(Buffer.of(0x80), 7), critical),
  // serverAuth
  extension('2.5.29.37', der.sequence(der.objectIdentifier('1.3.6.1.5.5.7.3.1'))),
  extension('2.5.29.17', der.sequence(...names.map(alternativeName))),
];

function alternativeName(name: string): Buffer {
  const address = isIPv4(name) ? Buffer.from(name.split('.').map(Number)) : isIPv6(name) ? ipv6Bytes(name) : undefined;
  return address === undefined ? der.tagged(2, Buffer.from(name), false) : der.tagged(7, address, false);
}

function ipv6Bytes(address: string): Buffer {
  // The parser of URLs writes what it reads in one form: no zone, no dotted part.
  const plain = new URL(`http://[${address.replace(/%.*$/, '')}]`).hostname.slice(1, -1);
  const [head = '', tail] = plain.split('::');
  const groups = (text: string): string[] => (text === '' ? [] : text.split(':'));
  const [before, after] = [groups(head), groups(tail ?? '')];
  const zeros = tail === undefined ? [] : Array.from({ length: 8 - before.length - after.length }, () => '0');
  return Buffer.from([...before, ...zeros, ...after].map((group) => group.padStart(4, '0')).join(''), 'hex');
}
