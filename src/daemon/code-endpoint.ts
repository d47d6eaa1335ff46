/** `GET /_lambdad/code/…`: the download behind GetFunction's Code.Location. */
import { createReadStream } from 'node:fs';
import { type Endpoint, json } from '../gateway/endpoint.ts';
import { codeLocationPath } from '../lambda/code/code-location.ts';
import type { ControlPlane } from '../lambda/control-plane.ts';

export function codeEndpoint({ codeLocations, codeStore }: ControlPlane): Endpoint {
  return ({ method, path, query }) => {
    if (method !== 'GET' || !path.startsWith(codeLocationPath)) return undefined;
    const code = codeLocations.verify(path, query);
    const file = code && codeStore.pathOf(code);
    if (code === undefined || file === undefined) {
      return json({ message: 'The link has expired or its code is gone: call GetFunction again for a new one.' }, 403);
    }
    return {
      status: 200,
      headers: { 'content-type': 'application/zip', 'content-length': String(code.size) },
      body: createReadStream(file),
    };
  };
}
