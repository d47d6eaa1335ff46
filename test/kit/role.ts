/** A role ARN of the right form: functions need one, and nothing looks whether it exists. */

export const role = 'arn:aws:iam::000000000000:role/lambda-role';
