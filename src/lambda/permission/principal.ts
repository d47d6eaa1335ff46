/** Who is granted a permission, from AddPermission's one string to the policy's element. */
import type { Scope } from '../../aws/scope.ts';
import { invalidParameterValue } from '../lambda-error.ts';
import type { PolicyPrincipal } from './policy-document.ts';

/** `s3.amazonaws.com`, `alexa-appkit.amazon.com`, `logs.eu-west-1.amazonaws.com`, `ec2.amazonaws.com.cn`, … */
const service = /^[a-z0-9-]+(\.[a-z0-9-]+)*\.(amazonaws\.com|amazonaws\.com\.cn|amazonaws\.eu|amazon\.com)$/;
const identity = /^arn:aws[a-z-]*:(iam|sts)::\d{12}:(root|(user|role|assumed-role|federated-user)\/\S+)$/;

/**
 * An account stands for its root. Whether a user, role or service of that name exists is not asked.
 * @throws ServiceError InvalidParameterValueException for what has none of these forms.
 * @see AWS Lambda API reference, AddPermission, Principal
 */
export function principalElement({ partition }: Scope, principal: string): PolicyPrincipal {
  if (principal === '*') return '*';
  if (/^\d{12}$/.test(principal)) return { AWS: `arn:${partition}:iam::${principal}:root` };
  if (identity.test(principal)) return { AWS: principal };
  if (service.test(principal)) return { Service: principal };
  throw invalidParameterValue('The provided principal was invalid. Please check the principal and try again.');
}
