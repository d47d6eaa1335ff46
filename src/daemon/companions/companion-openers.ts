/** The embedded services, each loaded when it is first used: a daemon that needs none of them pays for none. */
import type { ServiceName } from '../../aws/service-names.ts';
import type { CompanionDeps } from '../../companions/companion-deps.ts';
import type { CompanionOpener } from '../../companions/companion-directory.ts';
import type { Config, SqsConfig } from '../config/config.ts';

export function companionOpeners(
  deps: CompanionDeps,
  config: Pick<Config, 'sqs'>,
): Readonly<Partial<Record<ServiceName, CompanionOpener>>> {
  return {
    sqs: async () => (await import('../../companions/sqs/open-sqs.ts')).openSqs(deps, sqsOptions(config.sqs)),
  };
}

/** What AWS makes clients wait, in milliseconds. */
const rest = 60_000;

const sqsOptions = ({ queueUrlForm, purgeRest, nameRest }: SqsConfig) => ({
  queueUrlForm,
  purgeRest: purgeRest ? rest : 0,
  nameRest: nameRest ? rest : 0,
});
