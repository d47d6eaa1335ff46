/** Explicit state machines: one table says every transition that is allowed, all others are refused. */

export type TransitionTable<State extends string> = { readonly [From in State]: readonly State[] };

export class InvalidTransition extends Error {
  override readonly name = 'InvalidTransition';

  constructor(machine: string, from: string, to: string) {
    super(`${machine} cannot go from ${from} to ${to}`);
  }
}

export class StateMachine<State extends string> {
  #state: State;
  readonly #name: string;
  readonly #table: TransitionTable<State>;

  constructor(name: string, table: TransitionTable<State>, initial: State) {
    this.#name = name;
    this.#table = table;
    this.#state = initial;
  }

  get state(): State {
    return this.#state;
  }

  can(to: State): boolean {
    return this.#table[this.#state].includes(to);
  }

  /** @throws InvalidTransition when the table does not list it; the state is then unchanged. */
  transition(to: State): void {
    if (!this.can(to)) throw new InvalidTransition(this.#name, this.#state, to);
    this.#state = to;
  }
}
