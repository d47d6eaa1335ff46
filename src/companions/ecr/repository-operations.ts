/** The operations on repositories and what is set on them. */
import type { EcrOperations } from '../../aws/generated/ecr-operations.ts';
import type { Operation } from '../../aws/operation-table.ts';
import { ServiceError } from '../../aws/service-error.ts';
import type { CompanionCall } from '../companion-call.ts';
import { pageAfter } from '../page.ts';
import type { Repositories, Repository } from './repository.ts';

export type EcrOperation<Name extends keyof EcrOperations> = Operation<
  EcrOperations[Name]['input'],
  EcrOperations[Name]['output'],
  CompanionCall
>;

const repositoryOutput = (repository: Repository) => ({
  repositoryArn: repository.arn,
  registryId: repository.account,
  repositoryName: repository.name,
  repositoryUri: repository.uri,
  createdAt: repository.created,
  imageTagMutability: repository.tagMutability,
  imageScanningConfiguration: { scanOnPush: repository.scanOnPush },
  encryptionConfiguration: {
    encryptionType: repository.encryptionType,
    ...(repository.kmsKey === undefined ? {} : { kmsKey: repository.kmsKey }),
  },
});

const named = ({ account, name }: Repository) => ({ registryId: account, repositoryName: name });

/** `CreateRepository`: its address is the one by which the caller reached the daemon. */
export const createRepository =
  (repositories: Repositories): EcrOperation<'CreateRepository'> =>
  (input, { scope, origin }) => {
    const repository = repositories.add(scope, origin.slice(origin.indexOf('//') + 2), {
      name: input.repositoryName,
      tags: new Map((input.tags ?? []).map(({ Key, Value }) => [Key, Value])),
      encryptionType: input.encryptionConfiguration?.encryptionType ?? 'AES256',
      kmsKey: input.encryptionConfiguration?.kmsKey,
      tagMutability: input.imageTagMutability ?? 'MUTABLE',
      scanOnPush: input.imageScanningConfiguration?.scanOnPush ?? false,
    });
    return { repository: repositoryOutput(repository) };
  };

export const describeRepositories =
  (repositories: Repositories): EcrOperation<'DescribeRepositories'> =>
  ({ repositoryNames, maxResults = 100, nextToken }, { scope }) => {
    const listed = repositoryNames?.map((name) => repositories.require(scope, name)) ?? repositories.all(scope);
    const page = pageAfter(listed, ({ name }) => name, maxResults, nextToken);
    if (page === undefined) throw new ServiceError('InvalidParameterException', 'Invalid parameter: nextToken');
    return { repositories: page.items.map(repositoryOutput), nextToken: page.next };
  };

export const deleteRepository =
  (repositories: Repositories): EcrOperation<'DeleteRepository'> =>
  ({ repositoryName }, { scope }) => {
    const repository = repositories.require(scope, repositoryName);
    repositories.remove(scope, repository);
    return { repository: repositoryOutput(repository) };
  };

export const putImageTagMutability =
  (repositories: Repositories): EcrOperation<'PutImageTagMutability'> =>
  ({ repositoryName, imageTagMutability }, { scope }) => {
    const repository = repositories.require(scope, repositoryName);
    repository.tagMutability = imageTagMutability;
    return { ...named(repository), imageTagMutability };
  };

export const putImageScanningConfiguration =
  (repositories: Repositories): EcrOperation<'PutImageScanningConfiguration'> =>
  ({ repositoryName, imageScanningConfiguration }, { scope }) => {
    const repository = repositories.require(scope, repositoryName);
    repository.scanOnPush = imageScanningConfiguration.scanOnPush ?? false;
    return { ...named(repository), imageScanningConfiguration: { scanOnPush: repository.scanOnPush } };
  };

export const setRepositoryPolicy =
  (repositories: Repositories): EcrOperation<'SetRepositoryPolicy'> =>
  ({ repositoryName, policyText }, { scope }) => {
    const repository = repositories.require(scope, repositoryName);
    repository.policy = jsonText(policyText);
    return { ...named(repository), policyText };
  };

export const getRepositoryPolicy =
  (repositories: Repositories): EcrOperation<'GetRepositoryPolicy'> =>
  ({ repositoryName }, { scope }) => {
    const repository = repositories.require(scope, repositoryName);
    return {
      ...named(repository),
      policyText: present(repository.policy, repository, 'RepositoryPolicyNotFoundException'),
    };
  };

export const deleteRepositoryPolicy =
  (repositories: Repositories): EcrOperation<'DeleteRepositoryPolicy'> =>
  ({ repositoryName }, { scope }) => {
    const repository = repositories.require(scope, repositoryName);
    const policyText = present(repository.policy, repository, 'RepositoryPolicyNotFoundException');
    repository.policy = undefined;
    return { ...named(repository), policyText };
  };

export const putLifecyclePolicy =
  (repositories: Repositories): EcrOperation<'PutLifecyclePolicy'> =>
  ({ repositoryName, lifecyclePolicyText }, { scope }) => {
    const repository = repositories.require(scope, repositoryName);
    repository.lifecyclePolicy = jsonText(lifecyclePolicyText);
    return { ...named(repository), lifecyclePolicyText };
  };

export const getLifecyclePolicy =
  (repositories: Repositories): EcrOperation<'GetLifecyclePolicy'> =>
  ({ repositoryName }, { scope }) => {
    const repository = repositories.require(scope, repositoryName);
    const lifecyclePolicyText = present(repository.lifecyclePolicy, repository, 'LifecyclePolicyNotFoundException');
    return { ...named(repository), lifecyclePolicyText };
  };

export const deleteLifecyclePolicy =
  (repositories: Repositories): EcrOperation<'DeleteLifecyclePolicy'> =>
  ({ repositoryName }, { scope }) => {
    const repository = repositories.require(scope, repositoryName);
    const lifecyclePolicyText = present(repository.lifecyclePolicy, repository, 'LifecyclePolicyNotFoundException');
    repository.lifecyclePolicy = undefined;
    return { ...named(repository), lifecyclePolicyText };
  };

export const tagResource =
  (repositories: Repositories): EcrOperation<'TagResource'> =>
  ({ resourceArn, tags }, { scope }) => {
    const repository = repositories.byArn(scope, resourceArn);
    for (const { Key = '', Value = '' } of tags) repository.tags.set(Key, Value);
    return {};
  };

export const untagResource =
  (repositories: Repositories): EcrOperation<'UntagResource'> =>
  ({ resourceArn, tagKeys }, { scope }) => {
    const repository = repositories.byArn(scope, resourceArn);
    for (const key of tagKeys) repository.tags.delete(key);
    return {};
  };

export const listTagsForResource =
  (repositories: Repositories): EcrOperation<'ListTagsForResource'> =>
  ({ resourceArn }, { scope }) => ({
    tags: [...repositories.byArn(scope, resourceArn).tags].map(([Key, Value]) => ({ Key, Value })),
  });

function present(text: string | undefined, { name, account }: Repository, code: string): string {
  if (text !== undefined) return text;
  const what = code.startsWith('Lifecycle') ? 'Lifecycle policy' : 'Repository policy';
  throw new ServiceError(
    code,
    `${what} does not exist for the repository with name '${name}' in the registry with id '${account}'`,
  );
}

/** @throws ServiceError for text that is not JSON */
function jsonText(text: string): string {
  try {
    JSON.parse(text);
    return text;
  } catch (cause) {
    throw new ServiceError('InvalidParameterException', 'Invalid parameter: the policy text is not JSON', { cause });
  }
}
