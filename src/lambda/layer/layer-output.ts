/** A layer version in the API's form: whole, and as lists show it. */
import type { LambdaOperations } from '../../aws/generated/lambda-operations.ts';
import { isoTimestamp } from '../../kernel/timestamp.ts';
import type { LambdaCall } from '../lambda-call.ts';
import { type LayerAddress, layerVersionArn } from './layer-address.ts';
import { contentOutput } from './layer-content.ts';
import type { LayerVersionRecord } from './layer-record.ts';

type LayerVersionOutput = LambdaOperations['GetLayerVersion']['output'];
type ListedLayerVersion = NonNullable<LambdaOperations['ListLayerVersions']['output']['LayerVersions']>[number];

export function layerVersionOutput(
  layer: LayerAddress,
  version: LayerVersionRecord,
  { codeLocations }: Pick<LambdaCall, 'codeLocations'>,
): LayerVersionOutput {
  return {
    Content: contentOutput(version, (archive) => codeLocations.mint(archive)),
    LayerArn: layer.arn,
    ...listedLayerVersion(layer, version),
  };
}

/** What the publisher did not say is left out, but for the description. */
export const listedLayerVersion = (layer: LayerAddress, version: LayerVersionRecord): ListedLayerVersion => ({
  LayerVersionArn: layerVersionArn(layer, version.version),
  Version: version.version,
  Description: version.description,
  // The API writes the offset without its colon.
  CreatedDate: isoTimestamp(version.created).replace('Z', '+0000'),
  CompatibleRuntimes: version.compatibleRuntimes,
  CompatibleArchitectures: version.compatibleArchitectures,
  LicenseInfo: version.licenseInfo,
});
