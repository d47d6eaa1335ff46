/** Between invocations an environment stands still, as on AWS, unless a setting says otherwise. */
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { TestDaemon } from '../kit/test-daemon.ts';

const ticking = {
  'index.js': `
    let ticks = 0;
    setInterval(() => { ticks += 1; }, 5);
    exports.handler = async ({ busy = 0 }) => {
      const before = ticks;
      if (busy) await new Promise((done) => setTimeout(done, busy));
      return { before, after: ticks };
    };`,
};
interface Ticks {
  readonly before: number;
  readonly after: number;
}

suite('Freeze', { skip: process.platform === 'win32' }, () => {
  /** How far the function's clock went while another function of the same daemon was busy for two seconds. */
  async function ticksBetween(settings: Record<string, string>): Promise<number> {
    await using lambdad = await TestDaemon.start({ settings });
    const fn = await lambdad.function({ code: ticking });
    const other = await lambdad.function({ code: ticking });
    await fn.invoke();
    const first = (await fn.invoke({ busy: 50 })).payload as Ticks;
    assert.ok(first.after > first.before, 'it ticks while it is invoked');
    await other.invoke({ busy: 2000 });
    const second = (await fn.invoke()).payload as Ticks;
    return second.before - first.after;
  }

  test('a timer of the function does not fire between invocations', async () => {
    const ticks = await ticksBetween({});
    assert.ok(ticks < 20, `${ticks} ticks`);
  });

  test('with LAMBDAD_FREEZE=0 it does', async () => {
    const ticks = await ticksBetween({ LAMBDAD_FREEZE: '0' });
    assert.ok(ticks > 25, `${ticks} ticks`);
  });
});
