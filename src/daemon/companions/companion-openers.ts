/** The embedded services, each loaded when it is first used: a daemon that needs none of them pays for none. */
import type { ServiceName } from '../../aws/service-names.ts';
import type { CompanionDeps } from '../../companions/companion-deps.ts';
import type { CompanionOpener } from '../../companions/companion-directory.ts';

export function companionOpeners(deps: CompanionDeps): Readonly<Partial<Record<ServiceName, CompanionOpener>>> {
  return {
    s3: async () => (await import('../../companions/s3/open-s3.ts')).openS3(deps),
  };
}
