/** The layers of a request that are not here and had to be fetched, kept for as long as the request needs them. */
import type { ServiceError } from '../../aws/service-error.ts';
import type { KeptArchive } from '../code/code-reference.ts';
import type { CodeStore } from '../code/code-store.ts';
import { receiveArchive } from '../code/received-code.ts';
import type { LambdaCall } from '../lambda-call.ts';
import { addressLayerVersion, isOwn } from './layer-address.ts';
import type { FetchedLayer } from './layer-source.ts';
import { findVersion } from './require-layer-version.ts';

export type ObtainedLayer = ({ readonly kind: 'kept' } & KeptArchive) | Exclude<FetchedLayer, { kind: 'found' }>;

/** Disposing it gives the archives up, but for those that a function uses by then. */
export class ObtainedLayers implements Disposable {
  readonly #layers = new Map<string, ObtainedLayer>();
  readonly #codeStore: CodeStore | undefined;

  constructor(codeStore?: CodeStore) {
    this.#codeStore = codeStore;
  }

  find(arn: string): ObtainedLayer | undefined {
    return this.#layers.get(arn);
  }

  add(arn: string, layer: ObtainedLayer): void {
    this.#layers.set(arn, layer);
  }

  [Symbol.dispose](): void {
    for (const layer of this.#layers.values()) {
      if (layer.kind === 'kept') this.#codeStore?.release(layer.code);
    }
    this.#layers.clear();
  }
}

/**
 * Fetches what another account has published and this daemon has not; a layer that is here belongs to an account that
 * is here too, whose policy decides.
 * @param arns as the request names them; what is wrong with them is said by `attachedLayers`
 * @throws ServiceError for an archive that is refused
 */
export async function obtainLayers(arns: readonly string[] | undefined, call: LambdaCall): Promise<ObtainedLayers> {
  const obtained = new ObtainedLayers(call.codeStore);
  const { layerSource } = call;
  if (layerSource === undefined || arns === undefined) return obtained;
  const wanted = arns.filter((arn) => isElsewhere(arn, call)).slice(0, mostLayers);
  const fetched = await Promise.allSettled(
    wanted.map(async (arn) => obtained.add(arn, await keep(await layerSource.fetch(arn), call))),
  );
  const failed = fetched.find((result) => result.status === 'rejected');
  if (failed === undefined) return obtained;
  obtained[Symbol.dispose]();
  throw failed.reason as ServiceError;
}

/** More are refused anyhow. */
const mostLayers = 5;

function isElsewhere(arn: string, { scope, stores }: LambdaCall): boolean {
  const address = addressLayerVersion(arn);
  if (address === undefined || address.version < 1 || isOwn(address, scope)) return false;
  return address.scope.region === scope.region && findVersion(address, address.version, stores.layers) === undefined;
}

async function keep(layer: FetchedLayer, call: LambdaCall): Promise<ObtainedLayer> {
  return layer.kind === 'found' ? { kind: 'kept', ...(await receiveArchive({ ZipFile: layer.archive }, call)) } : layer;
}
