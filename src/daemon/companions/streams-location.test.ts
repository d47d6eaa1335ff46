import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CompanionDirectory } from '../../companions/companion-directory.ts';
import { readConfig } from '../config/config.ts';
import { hostFacts } from '../config/host-facts.ts';
import { ServiceLocations } from './service-locations.ts';

const opener = () => Promise.reject(new Error('nobody asks'));

function locate(settings: Readonly<Record<string, string>>) {
  const directory = new CompanionDirectory({ dynamodb: opener, dynamodbstreams: opener });
  const { locate: find } = new ServiceLocations(readConfig(settings, hostFacts()), directory);
  return (['dynamodb', 'dynamodbstreams'] as const).map((service) => {
    const location = find(service);
    return location.kind === 'elsewhere' ? location.endpoint : location.kind;
  });
}

test('streams are where their tables are, unless they have an endpoint of their own', () => {
  assert.deepEqual(locate({}), ['embedded', 'embedded']);
  const tables = { AWS_ENDPOINT_URL_DYNAMODB: 'http://localhost:8000' };
  assert.deepEqual(locate(tables), ['http://localhost:8000', 'http://localhost:8000']);
  const streams = { AWS_ENDPOINT_URL_DYNAMODB_STREAMS: 'http://localhost:8001' };
  assert.deepEqual(locate(streams), ['embedded', 'http://localhost:8001']);
  assert.deepEqual(locate({ ...tables, ...streams }), ['http://localhost:8000', 'http://localhost:8001']);
});
