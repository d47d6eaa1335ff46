/** The host executor: what is promised of external extensions, in each isolation. */
import { startedWith } from '../../../src/executors/host/process-tree.ts';
import { extensionsConformance } from './extensions-conformance.ts';
import { hostFixture } from './host-fixture.ts';

for (const sandbox of ['auto', 'off'] as const) {
  extensionsConformance(`extensions on the host (sandbox ${sandbox})`, () => hostFixture({ sandbox }), startedWith);
}
