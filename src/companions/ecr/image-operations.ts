/**
 * The operations on images. None are pushed here: tools that ask before they push are told so, and functions take their
 * images from the local engine.
 */
import { ServiceError } from '../../aws/service-error.ts';
import type { Repositories } from './repository.ts';
import type { EcrOperation } from './repository-operations.ts';

export const listImages =
  (repositories: Repositories): EcrOperation<'ListImages'> =>
  ({ repositoryName }, { scope }) => {
    repositories.require(scope, repositoryName);
    return { imageIds: [] };
  };

export const describeImages =
  (repositories: Repositories): EcrOperation<'DescribeImages'> =>
  ({ repositoryName, imageIds = [] }, { scope }) => {
    const { account } = repositories.require(scope, repositoryName);
    const [first] = imageIds;
    if (first === undefined) return { imageDetails: [] };
    const digest = first.imageDigest ?? 'null';
    const tag = first.imageTag ?? 'null';
    throw new ServiceError(
      'ImageNotFoundException',
      `The image with imageId {imageDigest:'${digest}', imageTag:'${tag}'} does not exist within the repository with name '${repositoryName}' in the registry with id '${account}'`,
    );
  };

const missing = (
  imageIds: readonly { readonly imageDigest?: string | undefined; readonly imageTag?: string | undefined }[],
) =>
  imageIds.map((imageId) => ({
    imageId,
    failureCode: 'ImageNotFound' as const,
    failureReason: 'Requested image not found',
  }));

export const batchGetImage =
  (repositories: Repositories): EcrOperation<'BatchGetImage'> =>
  ({ repositoryName, imageIds }, { scope }) => {
    repositories.require(scope, repositoryName);
    return { images: [], failures: missing(imageIds) };
  };

export const batchDeleteImage =
  (repositories: Repositories): EcrOperation<'BatchDeleteImage'> =>
  ({ repositoryName, imageIds }, { scope }) => {
    repositories.require(scope, repositoryName);
    return { imageIds: [], failures: missing(imageIds) };
  };

export const batchCheckLayerAvailability =
  (repositories: Repositories): EcrOperation<'BatchCheckLayerAvailability'> =>
  ({ repositoryName, layerDigests }, { scope }) => {
    repositories.require(scope, repositoryName);
    return {
      layers: layerDigests.map((layerDigest) => ({ layerDigest, layerAvailability: 'UNAVAILABLE' })),
      failures: [],
    };
  };
