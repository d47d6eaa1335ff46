/** Waits for what happens over real sockets while the clock of a test stands still: turns of the event loop, no time. */
import assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';

/** Far more turns than anything local takes, few enough that a test which waits in vain fails at once. */
const manyTurns = 300_000;

/** Resolves when the condition holds. */
export async function eventually(condition: () => boolean, what: string): Promise<void> {
  for (let turns = 0; turns < manyTurns; turns += 1) {
    if (condition()) return;
    await turn();
  }
  assert.fail(`never: ${what}`);
}

/** Far more questions than anything local takes. */
const manyQuestions = 2000;

/** The same for what has to be asked for: each answer is a turn of its own. */
export async function eventuallyAnswered(ask: () => Promise<boolean>, what: string): Promise<void> {
  for (let questions = 0; questions < manyQuestions; questions += 1) if (await ask()) return;
  assert.fail(`never: ${what}`);
}
