/** What every companion is built with. */
import type { ServiceClients } from '../aws/clients/service-clients.ts';
import type { AccessKeys } from '../aws/sigv4/access-keys.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Logger } from '../kernel/logger.ts';
import type { Random } from '../kernel/random.ts';
import type { FunctionTarget } from './function-target.ts';

export interface CompanionDeps {
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  /** Clients of the other services, wherever those are. */
  readonly clients: ServiceClients;
  readonly functions: FunctionTarget;
  /** Who can sign: what IAM and STS hand out is added. */
  readonly accessKeys: AccessKeys;
  /** Scheme, host and port in URLs, where no request says by which it came. */
  readonly publicOrigin: () => string;
  /** A folder of this run for what is too large for memory; its companion makes what it needs below it. */
  readonly folder: string;
}
