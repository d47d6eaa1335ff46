/** The user's own AWS credentials, as the AWS command line would find them. */
import type { AwsCredentialIdentity } from '@aws-sdk/types';

/** @returns nothing when there are none, or only such as tests use */
export type OwnCredentials = () => Promise<AwsCredentialIdentity | undefined>;

/** From the environment, the files in `~/.aws`, single sign-on, a container or the machine; looked for at each call. */
export const ownCredentials: OwnCredentials = async () => {
  // Loaded when a layer is to be fetched, which most daemons never do.
  const { defaultProvider } = await import('@aws-sdk/credential-provider-node');
  const provider = defaultProvider({ maxRetries: 0, timeout: 1000 });
  try {
    const found = await provider();
    return isOfAws(found.accessKeyId) ? found : undefined;
  } catch {
    // None of the places has any; which of them were looked at is no news.
    return undefined;
  }
};

/**
 * Whether AWS has given this key out: `test`, account numbers and the like stay here, as does the key of AWS's examples.
 * @see IAM user guide, "IAM identifiers": AKIA are long-term keys, ASIA temporary ones
 */
export const isOfAws = (accessKeyId: string): boolean =>
  /^(?:AKIA|ASIA)[A-Z2-7]{12,}$/.test(accessKeyId) && !accessKeyId.endsWith('EXAMPLE');
