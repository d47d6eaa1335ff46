/** The Docker executor: what is promised of external extensions. */
import { startedWith } from '../../../src/executors/host/process-tree.ts';
import { runtimeImageOrSkip } from '../../images/runtime-image.ts';
import { dockerFixture } from './docker-fixture.ts';
import { extensionsConformance } from './extensions-conformance.ts';

const image = await runtimeImageOrSkip();

extensionsConformance('extensions in Docker', () => dockerFixture(image), startedWith);
