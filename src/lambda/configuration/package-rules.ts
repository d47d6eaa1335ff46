/** Zip or image: which members a request must have and must not have for each. */
import { invalidParameterValue } from '../lambda-error.ts';
import type { FunctionSettings } from './function-settings.ts';

interface CodeInput {
  readonly ZipFile?: Buffer | undefined;
  readonly S3Bucket?: string | undefined;
  readonly S3Key?: string | undefined;
  readonly ImageUri?: string | undefined;
}

/** @throws ServiceError InvalidParameterValueException when settings do not go with the package type. */
export function checkPackageSettings(settings: FunctionSettings): void {
  if (settings.packageType === 'Image') {
    if (settings.runtime !== undefined || settings.handler !== undefined || settings.layers.length > 0) {
      throw invalidParameterValue(
        "Please don't provide Handler or Runtime or Layer when the intended function PackageType is Image.",
      );
    }
    return;
  }
  if (settings.runtime === undefined || settings.handler === undefined) {
    throw invalidParameterValue(
      'Runtime and Handler are mandatory parameters for functions created with deployment packages.',
    );
  }
  if (settings.image !== undefined) {
    throw invalidParameterValue("Please don't provide ImageConfig when the intended function PackageType is Zip.");
  }
}

/** @throws ServiceError InvalidParameterValueException when the code does not go with the package type, or is missing. */
export function checkCodeInput(packageType: 'Zip' | 'Image', code: CodeInput, verb: 'creating' | 'updating'): void {
  if (packageType === 'Image') {
    if (code.ImageUri === undefined) {
      throw invalidParameterValue(`Please provide ImageUri when ${verb} a function with packageType Image.`);
    }
    return;
  }
  if (code.ImageUri !== undefined) {
    throw invalidParameterValue(`Please don't provide ImageUri when ${verb} a function with packageType Zip.`);
  }
  const fromBucket = code.S3Bucket !== undefined || code.S3Key !== undefined;
  if (code.ZipFile !== undefined && fromBucket) {
    throw invalidParameterValue('Please do not provide other FunctionCode parameters when providing a ZipFile.');
  }
  if (code.ZipFile === undefined && (code.S3Bucket === undefined || code.S3Key === undefined)) {
    throw invalidParameterValue('Please provide a source for function code.');
  }
}
