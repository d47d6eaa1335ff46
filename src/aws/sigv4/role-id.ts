/** The id of a role: found from its ARN, so that whoever shows it shows the same one, whether or not the role exists here. */
import { createHash } from 'node:crypto';

/** Of the form of IAM's ids. Unlike IAM's, that of a role that is deleted and made again stays. */
export const roleIdOf = (roleArn: string): string =>
  `AROA${createHash('sha256').update(roleArn).digest('hex').toUpperCase().slice(0, 17)}`;
