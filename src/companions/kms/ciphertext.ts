/**
 * Ciphertexts of this KMS: a version, the key's id, a nonce, a tag and the encrypted bytes. The encryption context is
 * authenticated and not contained.
 */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { invalidCiphertext } from './kms-faults.ts';

export type EncryptionContext = Readonly<Record<string, string>>;

const version = 1;
const idLength = 16;
const nonceLength = 12;
const tagLength = 16;
const headLength = 1 + idLength + nonceLength + tagLength;
const algorithm = 'aes-256-gcm';

export function seal(keyId: string, material: Buffer, plaintext: Buffer, context: EncryptionContext): Buffer {
  const nonce = randomBytes(nonceLength);
  const cipher = createCipheriv(algorithm, material, nonce).setAAD(contextBytes(context));
  const sealed = Buffer.concat([cipher.update(plaintext), cipher.final()]);
  return Buffer.concat([Buffer.from([version]), idBytes(keyId), nonce, cipher.getAuthTag(), sealed]);
}

/** @throws ServiceError InvalidCiphertextException for bytes that no KMS of this kind made */
export function keyIdIn(ciphertext: Buffer): string {
  if (ciphertext.length < headLength || ciphertext[0] !== version) throw invalidCiphertext();
  const hex = ciphertext.toString('hex', 1, 1 + idLength);
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** @throws ServiceError InvalidCiphertextException also for another key or another context */
export function unseal(material: Buffer, ciphertext: Buffer, context: EncryptionContext): Buffer {
  const nonce = ciphertext.subarray(1 + idLength, 1 + idLength + nonceLength);
  const tag = ciphertext.subarray(headLength - tagLength, headLength);
  const decipher = createDecipheriv(algorithm, material, nonce).setAAD(contextBytes(context)).setAuthTag(tag);
  try {
    return Buffer.concat([decipher.update(ciphertext.subarray(headLength)), decipher.final()]);
  } catch {
    throw invalidCiphertext();
  }
}

const idBytes = (keyId: string): Buffer => Buffer.from(keyId.replaceAll('-', ''), 'hex');

/** The same whatever the order of the pairs. */
const contextBytes = (context: EncryptionContext): Buffer =>
  Buffer.from(JSON.stringify(Object.entries(context).toSorted(([a], [b]) => (a < b ? -1 : 1))));
