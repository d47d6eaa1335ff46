/** Which image a runtime runs in: AWS's own, or one that LAMBDA_RUNTIME_IMAGE_MAPPING names. */
import type { RuntimeId } from '../../lambda/function/function-version.ts';
import { findRuntime } from '../../lambda/runtime-catalogue/runtime-catalogue.ts';

export type ImageMapping =
  /** `<runtime>` stands for the runtime's identifier. */
  | { readonly kind: 'pattern'; readonly pattern: string }
  | { readonly kind: 'images'; readonly images: Readonly<Record<string, string>> };

const placeholder = '<runtime>';
const publicImages = 'public.ecr.aws/lambda/';

/** `undefined` when it is neither a pattern with `<runtime>` nor a JSON object from runtimes to images. */
export function parseImageMapping(text: string): ImageMapping | undefined {
  if (!text.startsWith('{')) {
    return text.includes(placeholder) && !/\s/.test(text) ? { kind: 'pattern', pattern: text } : undefined;
  }
  try {
    const images = JSON.parse(text) as Record<string, unknown>;
    const valid = Object.values(images).every((image) => typeof image === 'string' && image !== '');
    return valid ? { kind: 'images', images: images as Record<string, string> } : undefined;
  } catch {
    return undefined;
  }
}

export const showImageMapping = (mapping: ImageMapping): string =>
  mapping.kind === 'pattern' ? mapping.pattern : JSON.stringify(mapping.images);

/** `undefined` for a runtime that neither the mapping nor the catalogue knows. */
export function imageOf(runtime: RuntimeId, mapping: ImageMapping | undefined): string | undefined {
  if (mapping?.kind === 'pattern') return mapping.pattern.replaceAll(placeholder, runtime);
  if (mapping?.kind === 'images' && Object.hasOwn(mapping.images, runtime)) return mapping.images[runtime];
  const tag = findRuntime(runtime)?.image;
  return tag === undefined ? undefined : `${publicImages}${tag}`;
}
