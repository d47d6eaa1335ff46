/** Texts 34 to 64: what a function, a version, an alias or a permission cannot be. */
import { rawZip } from '../../src/lambda/code/raw-zip.fixture.ts';
import { entityTooLarge, invalidParameter, validation, violation } from '../kit/refusal.ts';
import { arnOf, asked, created, type ErrorTexts, functionsPath } from './error-world.ts';

const big = { BIG: 'x'.repeat(4096) };
const long = 'x'.repeat(65);
const tooLong = 'x'.repeat(141);
const runtimes =
  '[nodejs20.x, python3.14, provided.al2023, python3.12, python3.13, nodejs24.x, nodejs22.x, java25, python3.10, python3.11, java21, ruby3.3, ruby3.4, ruby3.2, python3.8, python3.9, java17, nodejs16.x, dotnet10, dotnet8, java11, dotnet6, nodejs18.x, provided.al2, java8.al2]';
const latest = encodeURIComponent('$LATEST');
const pattern = (value: string, member: string, expression: string) =>
  validation(violation(value, member, `satisfy regular expression pattern: ${expression}`));
const zip = (archive: Buffer) => created({ Code: { ZipFile: archive.toString('base64') } });
const alias = (FunctionVersion: string, AdditionalVersionWeights: object) =>
  asked('POST', `${functionsPath}/known/aliases`, {
    Name: 'refused',
    FunctionVersion,
    RoutingConfig: { AdditionalVersionWeights },
  });
const weights = (value: string, rule: string) =>
  validation(
    `1 validation error detected: Value '${value}' at 'routingConfig.additionalVersionWeights' failed to satisfy constraint: ${rule}`,
  );
const permission = (more: object, query = '') =>
  asked('POST', `${functionsPath}/known/policy${query}`, {
    StatementId: 'sid',
    Action: 'lambda:InvokeFunction',
    Principal: 's3.amazonaws.com',
    ...more,
  });

export const functionTexts: ErrorTexts = {
  34: [
    [
      asked('POST', functionsPath, Buffer.alloc(70_167_212, 0x20)),
      entityTooLarge('Request must be smaller than 70167211 bytes for the CreateFunction operation'),
    ],
  ],
  35: [[zip(Buffer.alloc(52_428_801)), entityTooLarge('Zipped size must be smaller than 52428800 bytes')]],
  36: [
    [
      zip(rawZip([{ name: 'index.js' }, { name: 'large', data: Buffer.alloc(262_144_001) }])),
      invalidParameter('Unzipped size must be smaller than 262144000 bytes'),
    ],
  ],
  37: [
    [
      zip(Buffer.from('no zip at all')),
      invalidParameter('Could not unzip uploaded file. Please check your file, then try to upload again.'),
    ],
  ],
  38: [
    [
      created({ Code: { S3Bucket: 'no-such-bucket', S3Key: 'code.zip' } }),
      invalidParameter(
        'Error occurred while GetObject. S3 Error Code: NoSuchBucket. S3 Error Message: The specified bucket does not exist',
      ),
    ],
  ],
  39: [
    [
      async (world) => {
        await world.makeBucket('code-bucket');
        return created({ Code: { S3Bucket: 'code-bucket', S3Key: 'no-such-key.zip' } })(world);
      },
      invalidParameter(
        'Error occurred while GetObject. S3 Error Code: NoSuchKey. S3 Error Message: The specified key does not exist.',
      ),
    ],
  ],
  40: [
    [
      created({ Environment: { Variables: big } }),
      invalidParameter(
        `Lambda was unable to configure your environment variables because the environment variables you have provided exceeded the 4KB limit. String measured: ${JSON.stringify(big)}`,
      ),
    ],
  ],
  42: [
    [
      created({ Role: 'r1' }),
      pattern('r1', 'role', String.raw`arn:(aws[a-zA-Z-]*)?:iam::\d{12}:role/?[a-zA-Z_0-9+=,.@\-_/]+`),
    ],
  ],
  43: [
    [
      created({ Runtime: 'nodejs99.x' }),
      invalidParameter(
        `Value nodejs99.x at 'runtime' failed to satisfy constraint: Member must satisfy enum value set: ${runtimes} or be a valid ARN`,
      ),
    ],
  ],
  44: [
    [
      created({ Runtime: 'python3.7' }),
      invalidParameter(
        'The runtime parameter of python3.7 is no longer supported for creating or updating AWS Lambda functions. We recommend you use a supported runtime while creating or updating functions.',
      ),
    ],
  ],
  45: [
    [
      created({ Architectures: ['x86_64', 'arm64'] }),
      validation(violation('[x86_64, arm64]', 'architectures', 'have length less than or equal to 1')),
    ],
  ],
  46: [
    [
      created({ Architectures: ['X86_64'] }),
      validation(
        violation(
          '[X86_64]',
          'architectures',
          'satisfy constraint: [Member must satisfy enum value set: [x86_64, arm64], Member must not be null]',
        ),
      ),
    ],
  ],
  47: [
    [
      created({ FunctionName: long }),
      invalidParameter(violation(long, 'functionName', 'have length less than or equal to 64')),
    ],
  ],
  48: [
    [
      created({ FunctionName: tooLong }),
      validation(violation(tooLong, 'functionName', 'have length less than or equal to 140')),
    ],
  ],
  49: [
    [
      asked('GET', `${functionsPath}/${encodeURIComponent(`${arnOf('known')}:$LATEST`)}?Qualifier=1`),
      invalidParameter('The derived qualifier from the function name does not match the specified qualifier.'),
    ],
  ],
  50: [
    [
      asked('DELETE', `${functionsPath}/known?Qualifier=live`),
      invalidParameter('Deletion of aliases is not currently supported.'),
    ],
  ],
  51: [
    [
      asked('DELETE', `${functionsPath}/known?Qualifier=${latest}`),
      invalidParameter('$LATEST version cannot be deleted without deleting the function.'),
    ],
  ],
  52: [
    [
      asked('POST', `${functionsPath}/known/versions`, { CodeSha256: 'other' }),
      (world) =>
        invalidParameter(
          `CodeSHA256 (other) is different from current CodeSHA256 in $LATEST (${world.codeSha256}). Please try again with the CodeSHA256 in $LATEST.`,
        ),
    ],
  ],
  53: [
    [
      alias('$LATEST', { 1: 0.5 }),
      invalidParameter('$LATEST is not supported for an alias pointing to more than 1 version'),
    ],
  ],
  54: [
    [
      alias('1', { 2: 0.1, 3: 0.1 }),
      invalidParameter('Number of items in AdditionalVersionWeights cannot be greater than 1'),
    ],
  ],
  55: [
    [
      alias('1', { 1: 0.5 }),
      invalidParameter('Invalid function version 1. Function version 1 is already included in routing configuration.'),
    ],
  ],
  56: [
    [
      alias('1', { 2: 2 }),
      weights(
        '{2=2.0}',
        'Map value must satisfy constraint: [Member must have value less than or equal to 1.0, Member must have value greater than or equal to 0.0, Member must not be null]',
      ),
    ],
  ],
  57: [
    [
      alias('1', { $LATEST: 0.5 }),
      weights(
        '{$LATEST=0.5}',
        'Map keys must satisfy constraint: [Member must have length less than or equal to 1024, Member must have length greater than or equal to 1, Member must satisfy regular expression pattern: [0-9]+]',
      ),
    ],
  ],
  58: [
    [
      asked('POST', `${functionsPath}/known/aliases`, { Name: '2024', FunctionVersion: '1' }),
      pattern('2024', 'name', '(?!^[0-9]+$)([a-zA-Z0-9-_]+)'),
    ],
  ],
  59: [
    [
      permission({}, `?Qualifier=${latest}`),
      invalidParameter('We currently do not support adding policies for $LATEST.'),
    ],
  ],
  60: [
    [
      permission({ Principal: 'nobody.nowhere.com' }),
      invalidParameter('The provided principal was invalid. Please check the principal and try again.'),
    ],
  ],
  61: [[permission({ StatementId: 'no blanks' }), pattern('no blanks', 'statementId', '([a-zA-Z0-9-_]+)')]],
  62: [
    [
      asked('GET', `${functionsPath}/known?Qualifier=invalid!`),
      pattern('invalid!', 'qualifier', String.raw`\$(LATEST(\.PUBLISHED)?)|[a-zA-Z0-9-_$]+`),
    ],
  ],
  63: [
    [
      asked('POST', '/2021-10-31/functions/known/url?Qualifier=1', { AuthType: 'NONE' }),
      pattern('1', 'qualifier', String.raw`((?!^\d+$)^[0-9a-zA-Z-_]+$)`),
    ],
  ],
  64: [
    [
      asked('POST', '/2021-10-31/functions/known/url', { AuthType: 'NONE', InvokeMode: 'NONE' }),
      validation(violation('NONE', 'invokeMode', 'satisfy enum value set: [RESPONSE_STREAM, BUFFERED]')),
    ],
  ],
};
