/** Why a request's signature is not accepted, in AWS's words. */

export type SignatureFaultCode =
  | 'IncompleteSignatureException'
  | 'InvalidSignatureException'
  | 'UnrecognizedClientException';

/** Answered with status 403. */
export class SignatureFault extends Error {
  override readonly name = 'SignatureFault';
  readonly code: SignatureFaultCode;

  constructor(code: SignatureFaultCode, message: string) {
    super(message);
    this.code = code;
  }
}

export const signatureDoesNotMatch = (): SignatureFault =>
  new SignatureFault(
    'InvalidSignatureException',
    'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.',
  );

/** The access key is unknown, or its session token is not the one that was given with it. */
export const unknownToken = (): SignatureFault =>
  new SignatureFault('UnrecognizedClientException', 'The security token included in the request is invalid.');
