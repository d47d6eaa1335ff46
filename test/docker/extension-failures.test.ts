/** What failures of extensions do in containers. */
import { extensionFailureCases } from '../kit/extension-cases.ts';
import { dockerExtensions } from './docker-extensions.ts';

extensionFailureCases(dockerExtensions);
