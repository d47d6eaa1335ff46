/** Run as a process of its own by a test, which kills it: starts a function and says so. Arguments: folder, sandbox. */
import { hostFixture } from './host-fixture.ts';

const [, , folder = '', sandbox = '', mark = ''] = process.argv;
const fixture = await hostFixture({ folder, sandbox: sandbox === 'off' ? 'off' : 'auto' });
const { process: started, output } = await fixture.shell('setsid sleep 1000 & echo started; sleep 1000', {
  variables: { ABANDONED_MARK: mark },
});
await output.until((text) => text.includes('started'));
started.freeze();
console.log('started');
await started.exited;
