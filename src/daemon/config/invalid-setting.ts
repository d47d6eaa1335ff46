/** What stops the start: a setting whose value cannot be meant. */

export class InvalidSetting extends Error {
  override readonly name = 'InvalidSetting';
  /** The variable as the user wrote it, with its prefix when it had one. */
  readonly setting: string;

  /** @param allowed What may stand there instead, as it ends the sentence "allowed: …". */
  constructor(setting: string, value: string, allowed: string) {
    super(`${setting}=${JSON.stringify(value)} is not valid; allowed: ${allowed}`);
    this.setting = setting;
  }
}
