/** What a bucket or an object has beside itself, by the names that requests put into their query. */

/** Source: Amazon S3 API reference, the operations' request syntax. */
const subResources = [
  'abac',
  'accelerate',
  'acl',
  'analytics',
  'annotation',
  'attributes',
  'cors',
  'delete',
  'encryption',
  'intelligent-tiering',
  'inventory',
  'legal-hold',
  'lifecycle',
  'location',
  'logging',
  'metadataConfiguration',
  'metadataInventoryTable',
  'metadataJournalTable',
  'metadataTable',
  'metrics',
  'notification',
  'object-lock',
  'ownershipControls',
  'policy',
  'policyStatus',
  'publicAccessBlock',
  'renameObject',
  'replication',
  'requestPayment',
  'restore',
  'retention',
  'select',
  'session',
  'tagging',
  'torrent',
  'uploads',
  'versioning',
  'versions',
  'website',
];

/** The one that a request is about, if any: an operation that knows nothing of it must not answer in its stead. */
export const subResourceOf = (query: URLSearchParams): string | undefined =>
  subResources.find((name) => query.has(name));
