/** External extensions in containers: the same cases as on the host. */
import { extensionCases, realExtensionCase } from '../kit/extension-cases.ts';
import { dockerExtensions } from './docker-extensions.ts';

extensionCases(dockerExtensions);
realExtensionCase(dockerExtensions);
