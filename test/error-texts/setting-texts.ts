/** Texts 65 to 99: what the settings around a function cannot be. */
import { invalidParameter, type Refusal, validation, violation } from '../kit/refusal.ts';
import { role } from '../kit/role.ts';
import { arnOf, asked, created, type ErrorTexts, functionsPath } from './error-world.ts';

const latest = encodeURIComponent('$LATEST');
const layer = (version: number, region = 'us-east-1'): string =>
  `arn:aws:lambda:${region}:000000000000:layer:layer:${version}`;
const uuid = '[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}';
const region = String.raw`(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}`;
const resource = String.raw`arn:(aws[a-zA-Z-]*):lambda:${region}:\d{12}:(function:[a-zA-Z0-9-_]+(:(\$LATEST|[a-zA-Z0-9-_]+))?|layer:([a-zA-Z0-9-_]+)|code-signing-config:csc-[a-z0-9]{17}|event-source-mapping:${uuid}|capacity-provider:[a-zA-Z0-9-_]+)`;
const destination = String.raw`$|kafka://([^.]([a-zA-Z0-9\-_.]{0,248}))|arn:(aws[a-zA-Z0-9-]*):([a-zA-Z0-9\-])+:((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1})?:(\d{12})?:(.*)`;
const taken = 'arn:aws:kinesis:us-east-1:000000000000:stream/s';

/** The limits of concurrency are refused without a Type. */
const limit = (message: string): Refusal => ({ ...invalidParameter(message), body: { message } });
const reserve = (name: string, count: number) =>
  asked('PUT', `/2017-10-31/functions/${name}/concurrency`, { ReservedConcurrentExecutions: count });
const provision = (name: string, qualifier: string, count: number) =>
  asked('PUT', `/2019-09-30/functions/${name}/provisioned-concurrency?Qualifier=${qualifier}`, {
    ProvisionedConcurrentExecutions: count,
  });
const events = (body: object) => asked('PUT', '/2019-09-25/functions/known/event-invoke-config', body);
const onFailure = (Destination: string) => events({ DestinationConfig: { OnFailure: { Destination } } });
const tags = (method: string, arn: string, body?: object) =>
  asked(method, `/2017-03-31/tags/${encodeURIComponent(arn)}`, body);
const vpc = (SubnetIds: readonly string[], SecurityGroupIds: readonly string[]) =>
  created({ VpcConfig: { SubnetIds, SecurityGroupIds } });
const list = (id: string, member: string, expression: string) =>
  validation(
    violation(
      `[${id}]`,
      member,
      `satisfy constraint: [Member must have length less than or equal to 1024, Member must have length greater than or equal to 0, Member must satisfy regular expression pattern: ${expression}]`,
    ),
  );
const image = '000000000000.dkr.ecr.us-east-1.amazonaws.com/repository:latest';

export const settingTexts: ErrorTexts = {
  65: [
    [
      reserve('known', 901),
      limit(
        "Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [100].",
      ),
    ],
  ],
  66: [
    [
      provision('known', '1', 950),
      limit(
        "Specified ConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [100].",
      ),
    ],
  ],
  // Two of the thousand are provisioned.
  67: [
    [
      provision('known', '1', 2000),
      limit("Specified ConcurrentExecutions for function is greater than account's unreserved concurrency [998]."),
    ],
  ],
  68: [
    [
      reserve('early-version', 0),
      limit(" ReservedConcurrentExecutions  0 should not be lower than function's total provisioned concurrency [1]."),
    ],
  ],
  69: [
    [
      provision('stopped', '1', 1),
      invalidParameter(
        'Requested Provisioned Concurrency should not be greater than the reservedConcurrentExecution for function',
      ),
    ],
  ],
  70: [
    [
      provision('known', latest, 1),
      invalidParameter('Provisioned Concurrency Configs cannot be applied to unpublished function versions.'),
    ],
  ],
  71: [
    [
      asked('GET', `/2019-09-30/functions/known/provisioned-concurrency?Qualifier=${latest}`),
      invalidParameter('The function resource provided must be an alias or a published version.'),
    ],
  ],
  72: [
    [
      provision('known', '1', 0),
      validation(violation('0', 'provisionedConcurrentExecutions', 'have value greater than or equal to 1')),
    ],
  ],
  73: [
    [
      reserve('known:1', 1),
      invalidParameter(
        'This operation is permitted on Lambda functions only. Aliases and versions do not support this operation. Please specify either a function name or an unqualified function ARN.',
      ),
    ],
  ],
  74: [[events({}), invalidParameter('You must specify at least one of error handling or destination setting.')]],
  75: [[onFailure(arnOf('known')), invalidParameter("You can't specify the function as a destination for itself.")]],
  76: [[onFailure(arnOf('nobody')), invalidParameter(`The destination ARN ${arnOf('nobody')} is invalid.`)]],
  77: [
    [
      events({ DestinationConfig: { OnSuccess: { Destination: taken } } }),
      invalidParameter(
        `The provided destination config DestinationConfig(onSuccess=OnSuccess(destination=${taken}), onFailure=null) is invalid.`,
      ),
    ],
  ],
  78: [
    [
      onFailure('nowhere'),
      validation(
        violation(
          'nowhere',
          'destinationConfig.onFailure.destination',
          `satisfy regular expression pattern: ${destination}`,
        ),
      ),
    ],
  ],
  79: [
    [
      created({ Layers: [1, 2, 3, 4, 5, 6].map((version) => layer(version)) }),
      invalidParameter('Cannot reference more than 5 layers.'),
    ],
  ],
  80: [
    [
      created({ Layers: [layer(1, 'eu-west-1')] }),
      invalidParameter(
        'Layers are not in the same region as the function. Layers are expected to be in region us-east-1.',
      ),
    ],
  ],
  81: [
    [
      created({ Layers: [layer(1), layer(2)] }),
      invalidParameter(
        `Two different versions of the same layer are not allowed to be referenced in the same function. ${layer(1)} and ${layer(2)} are versions of the same layer.`,
      ),
    ],
  ],
  82: [[created({ Layers: [layer(0)] }), invalidParameter('Layer Version Cannot be less than 1')]],
  83: [
    [
      asked('POST', '/2018-10-31/layers/layer/versions/1/policy', {
        StatementId: 'sid',
        Action: 'lambda:*',
        Principal: '*',
      }),
      validation(violation('lambda:*', 'action', 'satisfy regular expression pattern: lambda:GetLayerVersion')),
    ],
  ],
  84: [
    [
      asked('GET', '/2018-10-31/layers?CompatibleArchitecture=mips'),
      validation(violation('mips', 'compatibleArchitecture', 'satisfy enum value set: [x86_64, arm64]')),
    ],
  ],
  85: [
    [
      tags('POST', arnOf('known'), { Tags: Object.fromEntries(Array.from({ length: 51 }, (_, n) => [`t${n}`, ''])) }),
      invalidParameter('Number of tags exceeds resource tag limit.'),
    ],
  ],
  86: [
    [
      tags('POST', `${arnOf('known')}:live`, { Tags: { a: 'b' } }),
      invalidParameter('Tags on function aliases and versions are not supported. Please specify a function ARN.'),
    ],
  ],
  87: [
    [
      tags('POST', arnOf('known'), { Tags: {} }),
      invalidParameter('An error occurred and the request cannot be processed.'),
    ],
  ],
  88: [
    [
      tags('DELETE', arnOf('known')),
      validation(
        "1 validation error detected: Value null at 'tagKeys' failed to satisfy constraint: Member must not be null",
      ),
    ],
  ],
  89: [
    [
      tags('GET', 'nothing'),
      validation(violation('nothing', 'resource', `satisfy regular expression pattern: ${resource}`)),
    ],
  ],
  90: [
    [
      asked('PUT', '/2024-08-31/functions/known/recursion-config', { RecursiveLoop: 'Perhaps' }),
      validation(violation('Perhaps', 'recursiveLoop', 'satisfy enum value set: [Terminate, Allow]')),
    ],
  ],
  91: [
    [
      created({ SnapStart: { ApplyOn: 'invalid' } }),
      validation(violation('invalid', 'snapStart.applyOn', 'satisfy enum value set: [PublishedVersions, None]')),
    ],
  ],
  92: [
    [
      created({ SnapStart: { ApplyOn: 'PublishedVersions' } }),
      invalidParameter('nodejs24.x is not supported for SnapStart enabled functions.'),
    ],
  ],
  93: [
    [
      asked('PUT', `${functionsPath}/known/code`, { ImageUri: image }),
      invalidParameter("Please don't provide ImageUri when updating a function with packageType Zip."),
    ],
  ],
  94: [
    [
      async (world) => {
        const body = { FunctionName: 'image', PackageType: 'Image', Role: role, Code: { ImageUri: image } };
        await world.send({ method: 'POST', path: functionsPath, body });
        await world.settled('image');
        return asked('PUT', `${functionsPath}/image/code`, { ZipFile: world.archive })(world);
      },
      invalidParameter('Please provide ImageUri when updating a function with packageType Image.'),
    ],
  ],
  95: [
    [
      vpc(['subnet-1'], ['sg-0123456789abcdef0']),
      invalidParameter(
        "Error occurred while DescribeSubnets. EC2 Error Code: InvalidSubnetID.NotFound. EC2 Error Message: The subnet ID 'subnet-1' does not exist",
      ),
    ],
  ],
  96: [
    [
      vpc(['subnet-0123456789abcdef0'], ['sg-1']),
      invalidParameter(
        "Error occurred while DescribeSecurityGroups. EC2 Error Code: InvalidGroup.NotFound. EC2 Error Message: The security group 'sg-1' does not exist",
      ),
    ],
  ],
  97: [
    [vpc(['bad'], ['sg-1']), list('bad', 'vpcConfig.subnetIds', 'subnet-[0-9a-z]*')],
    [vpc(['subnet-1'], ['bad']), list('bad', 'vpcConfig.securityGroupIds', 'sg-[0-9a-zA-Z]*')],
  ],
  98: [
    [
      asked('GET', `${functionsPath}?FunctionVersion=invalid`),
      validation(violation('invalid', 'functionVersion', 'satisfy enum value set: [ALL]')),
    ],
  ],
  99: [
    [
      asked('POST', `${functionsPath}/known/invocations`, 'not json'),
      {
        status: 400,
        code: 'InvalidRequestContentException',
        body: {
          Type: 'User',
          message:
            "Could not parse request body into json: Could not parse payload into json: Unrecognized token 'not': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')\n at [Source: REDACTED (`StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION` disabled); line: 1, column: 4]",
        },
      },
    ],
  ],
};
