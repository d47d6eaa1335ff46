import type { SsmOperations } from '../../../aws/generated/ssm-operations.ts';
import type { Operation } from '../../../aws/operation-table.ts';
import { ServiceError } from '../../../aws/service-error.ts';
import { latestOf, type ParameterType } from '../parameter.ts';
import { invalidInput } from '../parameter-faults.ts';
import { checkNewName, parseReference } from '../parameter-name.ts';
import type { ParameterStore } from '../parameter-store.ts';

type Types = SsmOperations['PutParameter'];

/** Bytes of a value. Source: Systems Manager user guide, "Managing parameter tiers". */
const longest = { Standard: 4096, Advanced: 8192 };

/** `PutParameter`: a new parameter, or with `Overwrite` a new version of one. */
export const putParameter =
  (store: ParameterStore): Operation<Types['input'], Types['output']> =>
  (input, { scope }) => {
    const { Overwrite = false, Tags = [] } = input;
    const { name } = parseReference(input.Name);
    const present = store.find(scope, name);
    if (present === undefined) checkNewName(name);
    else if (!Overwrite) {
      throw new ServiceError(
        'ParameterAlreadyExists',
        'The parameter already exists. To overwrite this value, set the overwrite option in the request to true.',
      );
    }
    if (Overwrite && Tags.length > 0) {
      throw invalidInput(
        "Invalid request: tags and overwrite can't be used together. To create a parameter with tags, please remove overwrite flag. To update tags for an existing parameter, please use AddTagsToResource or RemoveTagsFromResource.",
      );
    }
    const latest = present && latestOf(present);
    const type = input.Type ?? latest?.type;
    if (type === undefined) throw invalidInput('A parameter type is required when you create a parameter.');
    checkValue(input.Value, type, input.AllowedPattern ?? latest?.allowedPattern);
    const tier = tierOf(input);
    const isSecure = type === 'SecureString';
    const version = (latest?.version ?? 0) + 1;
    const parameter = store.add(scope, name, {
      version,
      type,
      value: input.Value,
      ciphertext: isSecure ? store.encrypt(input.Value) : undefined,
      keyId: isSecure ? (input.KeyId ?? latest?.keyId ?? 'alias/aws/ssm') : undefined,
      description: input.Description ?? latest?.description,
      allowedPattern: input.AllowedPattern ?? latest?.allowedPattern,
      tier,
      dataType: input.DataType ?? latest?.dataType ?? 'text',
      policies: policiesIn(input.Policies) ?? latest?.policies,
      modified: store.now(),
      modifiedBy: `arn:${scope.partition}:iam::${scope.account}:root`,
      labels: new Set(),
    });
    for (const { Key = '', Value = '' } of Tags) parameter.tags.set(Key, Value);
    return { Version: version, Tier: tier };
  };

function checkValue(value: string, type: ParameterType, pattern: string | undefined): void {
  if (value === '') throw invalidInput('Parameter value, cannot be empty.');
  if (pattern === undefined) return;
  const allowed = regularExpression(pattern);
  const values = type === 'StringList' ? value.split(',') : [value];
  if (!values.every((each) => allowed.test(each))) {
    throw new ServiceError(
      'ParameterPatternMismatchException',
      `Parameter value, cannot be validated against allowedPattern: ${pattern}`,
    );
  }
}

function regularExpression(pattern: string): RegExp {
  try {
    return new RegExp(pattern);
  } catch (cause) {
    throw new ServiceError(
      'InvalidAllowedPatternException',
      `The allowed pattern ${pattern} is not a regular expression.`,
      { cause },
    );
  }
}

function tierOf({ Tier, Value, Policies }: Types['input']): 'Standard' | 'Advanced' {
  const size = Buffer.byteLength(Value);
  const asked = Tier ?? 'Standard';
  const needsAdvanced = size > longest.Standard || Policies !== undefined;
  const tier = asked === 'Advanced' || (asked === 'Intelligent-Tiering' && needsAdvanced) ? 'Advanced' : 'Standard';
  if (size > longest[tier]) {
    throw invalidInput(
      tier === 'Standard'
        ? 'Standard tier parameters support a maximum parameter value of 4096 characters. To create a larger parameter value, upgrade the parameter to use the advanced-parameter tier. For more information, see https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-advanced-parameters.html'
        : 'Advanced tier parameters support a maximum parameter value of 8192 characters.',
    );
  }
  return tier;
}

function policiesIn(text: string | undefined): string | undefined {
  if (text === undefined || text === '') return undefined;
  try {
    if (Array.isArray(JSON.parse(text))) return text;
  } catch {
    // Said below, as for what is no list.
  }
  throw new ServiceError('InvalidPolicyTypeException', 'The policies of a parameter are a list in JSON.');
}
