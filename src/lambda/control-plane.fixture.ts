/** A control plane to test with: real code on disk, records in memory, time that stands still, and a pretended data plane. */
import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Call, RequestId } from '../aws/call.ts';
import type { LambdaOperations } from '../aws/generated/lambda-operations.ts';
import { accountId, region, type Scope, scopeOf } from '../aws/scope.ts';
import { ServiceError } from '../aws/service-error.ts';
import type { Logger } from '../kernel/logger.ts';
import { bytes } from '../kernel/quantity.ts';
import { systemRandom } from '../kernel/random.ts';
import { VirtualClock } from '../kernel/virtual-clock.ts';
import { MemoryFunctionStore } from '../persistence/memory/function-store.ts';
import { memoryStores } from '../persistence/memory/lambda-stores.ts';
import type { CodeReference } from './code/code-reference.ts';
import { isLiveFolder } from './code/live-folder.ts';
import { rawZip } from './code/raw-zip.fixture.ts';
import { type ControlPlaneOptions, openControlPlane } from './control-plane.ts';
import type { ArchiveVersion, FunctionVersion } from './function/function-version.ts';
import type { ControlPlaneOperations } from './lambda-operations.ts';
import { PretendedDataPlane, settle } from './pretended-data-plane.fixture.ts';

export const scope = scopeOf(accountId('000000000000'), region('us-east-1'));
export const arn = (name: string): string => `arn:aws:lambda:us-east-1:000000000000:function:${name}`;
export const role = 'arn:aws:iam::000000000000:role/any';
export const zip = (text: string): Buffer => rawZip([{ name: 'index.mjs', data: text }]);

type Implemented = {
  readonly [Name in keyof ControlPlaneOperations]: (
    input: LambdaOperations[Name]['input'],
    from?: Scope,
  ) => Promise<LambdaOperations[Name]['output']>;
};

/** The least that CreateFunction needs. */
export const createInput = (name: string) =>
  ({
    FunctionName: name,
    Runtime: 'nodejs24.x',
    Handler: 'index.handler',
    Role: role,
    Code: { ZipFile: zip(name) },
  }) as const;

/** The least that CreateCapacityProvider needs. */
export const providerInput = (name: string) => ({
  CapacityProviderName: name,
  VpcConfig: { SubnetIds: ['subnet-0123456789abcdef0'], SecurityGroupIds: ['sg-0123456789abcdef0'] },
  PermissionsConfig: { CapacityProviderOperatorRoleArn: role },
});

/** Operations as a client in `scope`, or elsewhere, would call them. */
function callable(operations: ControlPlaneOperations): Implemented {
  const { signal } = new AbortController();
  const requestId = '11111111-1111-4111-8111-111111111111' as RequestId;
  return new Proxy({} as Implemented, {
    get:
      (_, name: keyof ControlPlaneOperations) =>
      async (input: never, from: Scope = scope): Promise<unknown> => {
        const operation = operations[name];
        assert.ok(operation !== 'not yet', name);
        const call: Call = { scope: from, requestId, signal, traceHeader: undefined };
        return operation(input, call);
      },
  });
}

export function openTestControlPlane(options: Partial<ControlPlaneOptions> = {}) {
  const dataDirectory = mkdtempSync(join(tmpdir(), 'control-plane-'));
  const clock = new VirtualClock();
  const dataPlane = new PretendedDataPlane();
  const warnings: string[] = [];
  const logger: Logger = {
    debug() {},
    info() {},
    warn: (text) => warnings.push(text),
    error: (text) => warnings.push(text),
  };
  const controlPlane = openControlPlane({
    clock,
    random: systemRandom,
    logger,
    functions: new MemoryFunctionStore(),
    stores: memoryStores(),
    preparation: dataPlane,
    environments: dataPlane,
    dataDirectory,
    limits: {
      totalCodeSize: bytes(1_000_000),
      codeSizeZipped: bytes(50_000),
      codeSizeUnzipped: bytes(100_000),
      environmentVariablesSize: bytes(4096),
      concurrentExecutions: 1000,
      minimumUnreservedConcurrency: 100,
    },
    runtimeValidation: false,
    synchronousCreate: false,
    publicHost: () => 'localhost:4566',
    ...options,
  });
  const operations = callable(controlPlane.operations);
  return {
    controlPlane,
    operations,
    clock,
    dataPlane,
    warnings,
    create: async (name: string) => {
      await operations.CreateFunction(createInput(name));
      await settle();
    },
    /** What an invocation would run: an archive, as all functions are that `create` makes. */
    resolve(functionName: string, qualifier?: string) {
      const { version, invokedFunctionArn } = controlPlane.catalogue.resolve({ scope, functionName, qualifier });
      assert.ok(isUploaded(version));
      return { version, invokedFunctionArn };
    },
    async [Symbol.asyncDispose]() {
      // As in the daemon: who runs functions ends first.
      await dataPlane.finishProvisioning({ kind: 'superseded' });
      await controlPlane[Symbol.asyncDispose]();
      await controlPlane[Symbol.asyncDispose]();
      assert.deepEqual(readdirSync(join(dataDirectory, 'code')), [], 'no code is left');
      assert.equal(clock.waiting, 0, 'no timer is left');
      rmSync(dataDirectory, { recursive: true });
    },
  };
}

const isUploaded = (version: FunctionVersion): version is ArchiveVersion & { readonly code: CodeReference } =>
  version.packageType === 'Zip' && !isLiveFolder(version.code);

/** The AWS error that a call ends with. */
export const fails = (code: string, message: string | RegExp) => (error: unknown) => {
  if (!(error instanceof ServiceError)) throw error;
  assert.equal(error.code, code);
  if (typeof message === 'string') assert.equal(error.message, message);
  else assert.match(error.message, message);
  return true;
};
