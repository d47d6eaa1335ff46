/** Everything that the API shows of an account's resources, to tell whether anything has changed. */
import assert from 'node:assert/strict';
import { apiRequest } from './api-request.ts';

const lists = [
  '/2015-03-31/functions?FunctionVersion=ALL',
  '/2015-03-31/event-source-mappings',
  '/2018-10-31/layers',
  '/2020-04-22/code-signing-configs',
  '/2025-11-30/capacity-providers',
  '/2016-08-19/account-settings',
];

const ofFunction = (name: string): readonly string[] => [
  `/2015-03-31/functions/${name}/configuration`,
  `/2015-03-31/functions/${name}/aliases`,
  `/2015-03-31/functions/${name}/policy`,
  `/2019-09-30/functions/${name}/concurrency`,
  `/2019-09-30/functions/${name}/provisioned-concurrency?List=ALL`,
  `/2019-09-25/functions/${name}/event-invoke-config/list`,
  `/2020-06-30/functions/${name}/code-signing-config`,
  `/2021-07-20/functions/${name}/runtime-management-config`,
  `/2021-10-31/functions/${name}/urls`,
  `/2024-08-31/functions/${name}/recursion-config`,
  `/2017-03-31/tags/${encodeURIComponent(`arn:aws:lambda:us-east-1:000000000000:function:${name}`)}`,
];

const ofLayer = (name: string): readonly string[] => [
  `/2018-10-31/layers/${name}/versions`,
  `/2018-10-31/layers/${name}/versions/1/policy`,
];

export interface Watched {
  readonly functions: readonly string[];
  readonly layers: readonly string[];
}

const onItsWay = /"(Pending|InProgress|IN_PROGRESS|Creating|Enabling|Updating|Disabling|Deleting)"/;

/** By path; read again until nothing is on its way to another state by itself. */
export async function readableState(endpoint: string, watched: Watched): Promise<ReadonlyMap<string, string>> {
  const paths = [...lists, ...watched.functions.flatMap(ofFunction), ...watched.layers.flatMap(ofLayer)];
  for (let attempt = 0; attempt < 500; attempt += 1) {
    const texts = await Promise.all(paths.map((path) => allPages(endpoint, path)));
    if (!texts.some((text) => onItsWay.test(text))) return new Map(paths.map((path, at) => [path, texts[at] ?? '']));
  }
  assert.fail('something never comes to rest');
}

async function allPages(endpoint: string, path: string): Promise<string> {
  const texts: string[] = [];
  let marker: string | undefined;
  do {
    const page =
      marker === undefined ? path : `${path}${path.includes('?') ? '&' : '?'}Marker=${encodeURIComponent(marker)}`;
    const { text, json } = await apiRequest(endpoint, { path: page });
    texts.push(text);
    marker = (json as { readonly NextMarker?: string } | undefined)?.NextMarker;
  } while (marker !== undefined);
  return texts.join('\n');
}
