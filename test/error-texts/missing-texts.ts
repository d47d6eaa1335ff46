/** Texts 1 to 19: what is not there, or out of reach. */
import { notFound, type Refusal } from '../kit/refusal.ts';
import { arnOf, asked, created, type ErrorTexts, functionsPath, prefix } from './error-world.ts';

const nobody = '11111111-1111-4111-8111-111111111111';
const mapping = `${prefix}:event-source-mapping:${nobody}`;
const signing = `${prefix}:code-signing-config:csc-0123456789abcdef0`;
const known = encodeURIComponent(arnOf('known'));
const requested = notFound('The resource you requested does not exist.');
const noFunction = notFound('Function does not exist');
const layer = `${prefix}:layer:layer`;

const withoutType = (code: string, Message: string): Refusal => ({ status: 404, code, body: { Message } });

export const missingTexts: ErrorTexts = {
  1: [
    [asked('GET', `${functionsPath}/nobody`), notFound(`Function not found: ${arnOf('nobody')}`)],
    [asked('GET', `${functionsPath}/known?Qualifier=7`), notFound(`Function not found: ${arnOf('known')}:7`)],
    [
      asked('POST', `${functionsPath}/nobody/invocations`, {}),
      notFound(`Function not found: ${arnOf('nobody')}:$LATEST`),
    ],
  ],
  2: [
    [
      asked('GET', `${functionsPath}/${known}`, undefined, { region: 'eu-west-1' }),
      notFound("Functions from 'us-east-1' are not reachable in this region ('eu-west-1')"),
    ],
  ],
  3: [
    [
      asked('GET', `${functionsPath}/${known}`, undefined, { account: '111122223333' }),
      { status: 403, code: 'AccessDeniedException', body: { Message: null } },
    ],
  ],
  4: [[asked('GET', `${functionsPath}/known/aliases/gone`), notFound(`Cannot find alias arn: ${arnOf('known')}:gone`)]],
  5: [[asked('PUT', `${functionsPath}/known/aliases/gone`, {}), notFound(`Alias not found: ${arnOf('known')}:gone`)]],
  6: [
    [asked('GET', '/2021-10-31/functions/bare/url'), requested],
    [asked('GET', `${functionsPath}/nobody/policy`), requested],
  ],
  7: [
    [asked('GET', '/2021-10-31/functions/nobody/urls'), noFunction],
    [asked('POST', '/2021-10-31/functions/nobody/url', { AuthType: 'NONE' }), noFunction],
  ],
  8: [
    [asked('DELETE', `${functionsPath}/bare/policy/sid`), notFound('No policy is associated with the given resource.')],
  ],
  9: [[asked('DELETE', `${functionsPath}/nobody/policy/sid`), notFound(`No policy found for: ${arnOf('nobody')}`)]],
  10: [
    [
      asked('DELETE', `${functionsPath}/known/policy/gone`),
      notFound('Statement gone is not found in resource policy.'),
    ],
  ],
  11: [
    [asked('GET', '/2018-10-31/layers/layer/versions/9/policy'), notFound(`Layer version ${layer}:9 does not exist.`)],
  ],
  12: [
    [
      created({ Layers: [`${layer}:9`] }),
      {
        status: 400,
        code: 'InvalidParameterValueException',
        body: { Type: 'User', message: `Layer version ${layer}:9 does not exist.` },
      },
    ],
  ],
  13: [
    [
      asked('PUT', '/2019-09-25/functions/nobody/event-invoke-config', { MaximumRetryAttempts: 1 }),
      notFound("The function doesn't exist."),
    ],
  ],
  14: [
    [
      asked('GET', '/2019-09-25/functions/bare/event-invoke-config'),
      notFound(`The function ${arnOf('bare')}:$LATEST doesn't have an EventInvokeConfig`),
    ],
  ],
  15: [
    [
      asked('GET', `/2017-03-31/tags/${encodeURIComponent(mapping)}`),
      notFound(`Event source mapping not found: ${mapping}`),
    ],
    [asked('GET', `/2015-03-31/event-source-mappings/${nobody}`), requested],
  ],
  16: [
    [
      asked('GET', '/2025-11-30/capacity-providers/nobody'),
      notFound(`Capacity provider not found: ${prefix}:capacity-provider:nobody`),
    ],
  ],
  17: [
    [
      asked('GET', '/2019-09-30/functions/bare/provisioned-concurrency?Qualifier=1'),
      {
        status: 404,
        code: 'ProvisionedConcurrencyConfigNotFoundException',
        body: { Type: 'User', message: 'No Provisioned Concurrency Config found for this function' },
      },
    ],
  ],
  18: [
    [
      asked('PUT', '/2020-06-30/functions/known/code-signing-config', { CodeSigningConfigArn: signing }),
      withoutType(
        'CodeSigningConfigNotFoundException',
        `The code signing configuration cannot be found. Check that the provided configuration is not deleted: ${signing}.`,
      ),
    ],
  ],
  19: [
    [
      asked('GET', `/2020-04-22/code-signing-configs/${encodeURIComponent(signing)}`),
      withoutType('ResourceNotFoundException', `The Lambda code signing configuration ${signing} can not be found.`),
    ],
  ],
};
