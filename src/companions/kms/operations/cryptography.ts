/** The operations that encrypt, decrypt and make data keys. */
import { randomBytes } from 'node:crypto';
import type { KmsOperations } from '../../../aws/generated/kms-operations.ts';
import type { Operation } from '../../../aws/operation-table.ts';
import type { Scope } from '../../../aws/scope.ts';
import { type EncryptionContext, keyIdIn, seal, unseal } from '../ciphertext.ts';
import type { KeyStore } from '../key-store.ts';
import { incorrectKey, invalidCiphertext, kmsValidation } from '../kms-faults.ts';

type Of<Name extends keyof KmsOperations> = Operation<KmsOperations[Name]['input'], KmsOperations[Name]['output']>;

const algorithm = 'SYMMETRIC_DEFAULT' as const;

export const encrypt =
  (store: KeyStore): Of<'Encrypt'> =>
  ({ KeyId, Plaintext, EncryptionContext = {} }, { scope }) => {
    const key = store.requireUsable(scope, KeyId);
    const CiphertextBlob = seal(key.id, key.material, Plaintext, EncryptionContext);
    return { CiphertextBlob, KeyId: key.arn, EncryptionAlgorithm: algorithm };
  };

interface Sealed {
  readonly ciphertext: Buffer | undefined;
  readonly context: EncryptionContext;
  /** Where the caller says which key it must be. */
  readonly keyId: string | undefined;
}

/** @throws ServiceError for bytes that the key, with this context, did not make */
function opened(store: KeyStore, scope: Scope, { ciphertext, context, keyId }: Sealed) {
  if (ciphertext === undefined) throw kmsValidation('CiphertextBlob is required.');
  const id = keyIdIn(ciphertext);
  const key = store.keys(scope).find((each) => each.id === id);
  if (key === undefined) throw invalidCiphertext();
  if (keyId !== undefined && store.require(scope, keyId).id !== key.id) throw incorrectKey();
  const usable = store.requireUsable(scope, key.id);
  return { key: usable, plaintext: unseal(usable.material, ciphertext, context) };
}

export const decrypt =
  (store: KeyStore): Of<'Decrypt'> =>
  ({ CiphertextBlob: ciphertext, EncryptionContext: context = {}, KeyId: keyId }, { scope }) => {
    const { key, plaintext } = opened(store, scope, { ciphertext, context, keyId });
    return { KeyId: key.arn, Plaintext: plaintext, EncryptionAlgorithm: algorithm };
  };

export const reEncrypt =
  (store: KeyStore): Of<'ReEncrypt'> =>
  (input, { scope }) => {
    const { CiphertextBlob: ciphertext, SourceEncryptionContext: context = {}, SourceKeyId: keyId } = input;
    const { key: source, plaintext } = opened(store, scope, { ciphertext, context, keyId });
    const target = store.requireUsable(scope, input.DestinationKeyId);
    return {
      CiphertextBlob: seal(target.id, target.material, plaintext, input.DestinationEncryptionContext ?? {}),
      SourceKeyId: source.arn,
      KeyId: target.arn,
      SourceEncryptionAlgorithm: algorithm,
      DestinationEncryptionAlgorithm: algorithm,
    };
  };

interface DataKeyInput {
  readonly KeyId: string;
  readonly EncryptionContext?: EncryptionContext | undefined;
  readonly KeySpec?: string | undefined;
  readonly NumberOfBytes?: number | undefined;
}

/** @throws ServiceError unless exactly one of the two lengths is given */
function dataKey(
  store: KeyStore,
  scope: Scope,
  { KeyId, EncryptionContext = {}, KeySpec, NumberOfBytes }: DataKeyInput,
) {
  if ((KeySpec === undefined) === (NumberOfBytes === undefined)) {
    throw kmsValidation('Please specify either number of bytes or key spec.');
  }
  const key = store.requireUsable(scope, KeyId);
  const Plaintext = randomBytes(NumberOfBytes ?? (KeySpec === 'AES_128' ? 16 : 32));
  return { Plaintext, CiphertextBlob: seal(key.id, key.material, Plaintext, EncryptionContext), KeyId: key.arn };
}

export const generateDataKey =
  (store: KeyStore): Of<'GenerateDataKey'> =>
  (input, { scope }) =>
    dataKey(store, scope, input);

export const generateDataKeyWithoutPlaintext =
  (store: KeyStore): Of<'GenerateDataKeyWithoutPlaintext'> =>
  (input, { scope }) => {
    const { CiphertextBlob, KeyId } = dataKey(store, scope, input);
    return { CiphertextBlob, KeyId };
  };

export const generateRandom: Of<'GenerateRandom'> = ({ NumberOfBytes }) => {
  if (NumberOfBytes === undefined) throw kmsValidation('NumberOfBytes is required.');
  return { Plaintext: randomBytes(NumberOfBytes) };
};
