/** The archives of layers in functions: a function keeps working with a layer version that was deleted since. */
import type { CodeStore } from '../code/code-store.ts';
import { isLiveFolder } from '../code/live-folder.ts';
import type { VersionCode } from '../function/function-version.ts';

interface Borrowed {
  readonly code: VersionCode;
}

/** For each version of a function that is stored; the size counts to the layer, not to the function. */
export function borrowLayers(layers: readonly Borrowed[], codeStore: CodeStore): void {
  for (const { code } of layers) if (!isLiveFolder(code)) codeStore.borrow(code);
}

/** When the version is no longer in the store. */
export function giveBackLayers(layers: readonly Borrowed[], codeStore: CodeStore): void {
  for (const { code } of layers) if (!isLiveFolder(code)) codeStore.giveBack(code);
}
