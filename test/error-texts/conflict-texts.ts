/** Texts 20 to 33: what is there already, has changed meanwhile, or may not be done now. */
import { conflict, type Refusal } from '../kit/refusal.ts';
import { zipOf } from '../kit/zip-of.ts';
import { arnOf, asked, created, type ErrorTexts, functionsPath, kafka, queue, stream } from './error-world.ts';

const permission = { Action: 'lambda:InvokeFunction', Principal: 's3.amazonaws.com' };
const sharing = { StatementId: 'sid', Action: 'lambda:GetLayerVersion', Principal: '*' };
const mappings = '/2015-03-31/event-source-mappings';
const advice = (uuid: string | undefined): string =>
  `already exists. Please update or delete the existing mapping with UUID ${uuid}`;

/** So many files that a request or two come before it is unpacked. */
const slowPackage = async (): Promise<string> => {
  const files = Array.from({ length: 3000 }, (_, n) => [`folder-${n}/file.js`, `// ${Math.imul(n, 7)}`] as const);
  return (await zipOf(Object.fromEntries(files))).toString('base64');
};

const precondition = (source: string): Refusal => ({
  status: 412,
  code: 'PreconditionFailedException',
  body: {
    Type: 'User',
    message: `The Revision Id provided does not match the latest Revision Id. Call the ${source} API to retrieve the latest Revision Id`,
  },
});

const provision = (name: string, qualifier: string) =>
  asked('PUT', `/2019-09-30/functions/${name}/provisioned-concurrency?Qualifier=${qualifier}`, {
    ProvisionedConcurrentExecutions: 1,
  });

export const conflictTexts: ErrorTexts = {
  20: [[created({ FunctionName: 'known' }), conflict('Function already exist: known')]],
  21: [
    [
      async (world) => {
        const ZipFile = await slowPackage();
        await world.send({ method: 'PUT', path: `${functionsPath}/busy/code`, body: { ZipFile } });
        return asked('PUT', `${functionsPath}/busy/configuration`, {})(world);
      },
      conflict(
        `The operation cannot be performed at this time. An update is in progress for resource: ${arnOf('busy')}`,
      ),
    ],
  ],
  22: [
    [
      async (world) => {
        await created({ FunctionName: 'slow', Code: { ZipFile: await slowPackage() } })(world);
        return asked('POST', `${functionsPath}/slow/invocations`, {})(world);
      },
      conflict(
        'The operation cannot be performed at this time. The function is currently in the following state: Pending',
      ),
    ],
  ],
  23: [
    [
      asked('POST', `${functionsPath}/known/aliases`, { Name: 'live', FunctionVersion: '1' }),
      conflict(`Alias already exists: ${arnOf('known')}:live`),
    ],
  ],
  24: [
    [
      asked('POST', `${functionsPath}/known/policy`, { StatementId: 'taken', ...permission }),
      conflict(
        'The statement id (taken) provided already exists. Please provide a new statement id, or remove the existing statement.',
      ),
    ],
  ],
  25: [
    [
      asked('POST', '/2021-10-31/functions/known/url', { AuthType: 'NONE' }),
      conflict(
        `Failed to create function url config for [functionArn = ${arnOf('known')}]. Error message:  FunctionUrlConfig exists for this Lambda function`,
      ),
    ],
  ],
  26: [
    [
      provision('early-version', 'live'),
      conflict("Alias can't be used for Provisioned Concurrency configuration on an already Provisioned version"),
    ],
  ],
  27: [[provision('early-alias', '1'), conflict('Version is pointed by a Provisioned Concurrency alias')]],
  28: [
    [
      asked('POST', mappings, { FunctionName: 'known', EventSourceArn: queue }),
      (world) =>
        conflict(
          `An event source mapping with SQS arn (" ${queue} ") and function (" known ") ${advice(world.mappings.get('queue'))}`,
        ),
    ],
  ],
  29: [
    [
      asked('POST', mappings, { FunctionName: 'known', EventSourceArn: stream, StartingPosition: 'LATEST' }),
      (world) =>
        conflict(
          `The event source arn (" ${stream} ") and function (" known ") provided mapping ${advice(world.mappings.get('stream'))}`,
        ),
    ],
  ],
  30: [
    [
      asked('POST', mappings, { FunctionName: 'known', ...kafka }),
      (world) =>
        conflict(
          `An event source mapping with event source ("broker:9092"), function ("${arnOf('known')}"), topics ("topic") ${advice(world.mappings.get('kafka'))}`,
        ),
    ],
  ],
  31: [
    [
      asked('PUT', `${functionsPath}/known/configuration`, { RevisionId: 'another' }),
      precondition('GetFunction/GetAlias'),
    ],
    [
      asked('PUT', `${functionsPath}/known/aliases/live`, { RevisionId: 'another' }),
      precondition('GetFunction/GetAlias'),
    ],
  ],
  32: [
    [
      asked('POST', `${functionsPath}/known/policy`, { StatementId: 'sid', RevisionId: 'another', ...permission }),
      precondition('GetPolicy'),
    ],
    [
      asked('POST', '/2018-10-31/layers/layer/versions/1/policy?RevisionId=another', sharing),
      precondition('GetLayerPolicy'),
    ],
  ],
  33: [
    [
      asked('POST', `${functionsPath}/stopped/invocations`, {}),
      {
        status: 429,
        code: 'TooManyRequestsException',
        body: {
          Type: 'User',
          message: 'Rate Exceeded.',
          Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded',
        },
      },
    ],
  ],
};
