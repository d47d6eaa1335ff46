/** Composes the services beside Lambda: those embedded, those elsewhere, and the clients of both. */
import { ServiceClients } from '../../aws/clients/service-clients.ts';
import { CompanionDirectory } from '../../companions/companion-directory.ts';
import type { FunctionTarget } from '../../companions/function-target.ts';
import type { Platform } from '../platform.ts';
import { type CompanionRecords, companionOpeners } from './companion-openers.ts';
import { ServiceLocations } from './service-locations.ts';

export interface Companions extends AsyncDisposable {
  readonly directory: CompanionDirectory;
  readonly locations: ServiceLocations;
  readonly clients: ServiceClients;
}

/** Nothing is opened yet. */
export function openCompanions(platform: Platform, functions: FunctionTarget, records: CompanionRecords): Companions {
  const { config, clock, random, logger, reach, accessKeys, runFolder } = platform;
  const clients = new ServiceClients((service) => locations.locate(service));
  const deps = {
    clock,
    random,
    logger,
    clients,
    functions,
    accessKeys,
    publicOrigin: () => `http://${reach.publicHost()}`,
    folder: runFolder,
  };
  const directory = new CompanionDirectory(companionOpeners(deps, config, records));
  const locations = new ServiceLocations(config, directory);
  return {
    directory,
    locations,
    clients,
    async [Symbol.asyncDispose]() {
      clients[Symbol.dispose]();
      await directory[Symbol.asyncDispose]();
    },
  };
}
