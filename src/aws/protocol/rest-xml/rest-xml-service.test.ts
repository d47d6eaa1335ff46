import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { s3 } from '../../generated/s3.ts';
import { MalformedXml } from '../xml/parse-xml.ts';
import { compileRestXml } from './rest-xml-service.ts';

const service = compileRestXml(s3, 'http://namespace/');

const operationOf = (method: string, url: string, headers: Readonly<Record<string, string>> = {}) => {
  const [path = '', query = ''] = url.split('?');
  const labels = ['Bucket', 'Key'].slice(0, path.split('/').filter((part) => part !== '').length);
  return service.operationOf({ method, labels, query: new URLSearchParams(query), headers });
};

suite('operations', () => {
  test('are told apart by labels, parameters and the header that names a source', () => {
    const source = { 'x-amz-copy-source': 'b/k' };
    assert.equal(operationOf('GET', '/'), 'ListBuckets');
    assert.equal(operationOf('GET', '/b'), 'ListObjects');
    assert.equal(operationOf('GET', '/b?list-type=2&prefix=x'), 'ListObjectsV2');
    assert.equal(operationOf('GET', '/b?list-type=3'), 'ListObjects');
    assert.equal(operationOf('GET', '/b?versioning'), 'GetBucketVersioning');
    assert.equal(operationOf('GET', '/b?versioning='), 'GetBucketVersioning');
    assert.equal(operationOf('PUT', '/b'), 'CreateBucket');
    assert.equal(operationOf('POST', '/b?delete'), 'DeleteObjects');
    assert.equal(operationOf('GET', '/b/k'), 'GetObject');
    assert.equal(operationOf('GET', '/b/k?x-id=GetObject'), 'GetObject');
    assert.equal(operationOf('GET', '/b/k?uploadId=1'), 'ListParts');
    assert.equal(operationOf('GET', '/b/k?attributes'), 'GetObjectAttributes');
    assert.equal(operationOf('HEAD', '/b/k'), 'HeadObject');
    assert.equal(operationOf('PUT', '/b/k'), 'PutObject');
    assert.equal(operationOf('PUT', '/b/k', source), 'CopyObject');
    assert.equal(operationOf('PUT', '/b/k?tagging'), 'PutObjectTagging');
    assert.equal(operationOf('PUT', '/b/k?partNumber=1&uploadId=2'), 'UploadPart');
    assert.equal(operationOf('PUT', '/b/k?partNumber=1&uploadId=2', source), 'UploadPartCopy');
    assert.equal(operationOf('POST', '/b/k?uploads'), 'CreateMultipartUpload');
    assert.equal(operationOf('POST', '/b/k?uploadId=2'), 'CompleteMultipartUpload');
    assert.equal(operationOf('DELETE', '/b/k?uploadId=2'), 'AbortMultipartUpload');
    assert.equal(operationOf('DELETE', '/b/k?versionId=2'), 'DeleteObject');
    assert.equal(operationOf('PATCH', '/b/k'), undefined);
    assert.equal(operationOf('POST', '/b/k'), undefined);
  });
});

const decode = (operation: string, body: string, rawQuery = '', headers = {}) =>
  service.decode(operation, { labels: { Bucket: 'b', Key: 'k/ü%' }, rawQuery, headers, body: Buffer.from(body) });

suite('decoding', () => {
  test('takes members from where they are bound', () => {
    assert.deepEqual(decode('GetObject', '', 'versionId=1%202', { range: 'bytes=0-', 'if-match': '"e"' }), {
      Bucket: 'b',
      Key: 'k/ü%',
      VersionId: '1 2',
      Range: 'bytes=0-',
      IfMatch: '"e"',
    });
    assert.deepEqual(decode('GetObjectAttributes', '', '', { 'x-amz-object-attributes': 'ETag, ObjectSize' }), {
      Bucket: 'b',
      Key: 'k/ü%',
      ObjectAttributes: ['ETag', 'ObjectSize'],
    });
  });

  test('reads documents with flat lists, namespaces, entities, numbers and attributes', () => {
    const object = '<Object><Key>a&amp;b &#x41;&#10;<![CDATA[<&amp;>]]></Key></Object>';
    const deletion = `<?xml version="1.0"?>\n<Delete xmlns="x">${object}<!-- c --><Object><Key> </Key></Object><Quiet>true</Quiet></Delete>`;
    assert.deepEqual(decode('DeleteObjects', deletion)['Delete'], {
      Objects: [{ Key: 'a&b A\n<&amp;>' }, { Key: ' ' }],
      Quiet: true,
    });
    const grantee = '<Grantee xmlns:xsi="y" xsi:type="Group"><URI>u</URI></Grantee>';
    const policy = `<AccessControlPolicy><AccessControlList><Grant>${grantee}<Permission>READ</Permission></Grant></AccessControlList></AccessControlPolicy>`;
    assert.deepEqual(decode('PutBucketAcl', policy)['AccessControlPolicy'], {
      Grants: [{ Grantee: { Type: 'Group', URI: 'u' }, Permission: 'READ' }],
    });
  });

  test('refuses what is not the document that the operation takes', () => {
    for (const body of [
      '<Other/>',
      '<Delete>',
      'x',
      '<Delete>&nothing;</Delete>',
      '<Delete>&</Delete>',
      '<a/><Delete/>',
    ]) {
      assert.throws(() => decode('DeleteObjects', body), MalformedXml, body);
    }
  });
});

suite('encoding', () => {
  test('names a document for its structure or for the member that it is', () => {
    const listed = service.encode('ListObjectsV2', {
      Name: 'b',
      Contents: [{ Key: '<' }, { Key: 'c' }],
      IsTruncated: false,
    });
    assert.equal(
      listed.body?.toString(),
      '<?xml version="1.0" encoding="UTF-8"?>\n<ListBucketResult xmlns="http://namespace/"><IsTruncated>false</IsTruncated><Contents><Key>&lt;</Key></Contents><Contents><Key>c</Key></Contents><Name>b</Name></ListBucketResult>',
    );
    const copied = service.encode('CopyObject', { CopyObjectResult: { ETag: '"e"' }, VersionId: 'v' });
    assert.equal(copied.headers['x-amz-version-id'], 'v');
    assert.match(
      copied.body?.toString() ?? '',
      /<CopyObjectResult xmlns="http:\/\/namespace\/"><ETag>&quot;e&quot;<\/ETag>/,
    );
  });

  test('leaves the body empty where all is in headers, and passes streams through', async () => {
    const put = service.encode('PutObject', { ETag: '"e"' });
    assert.deepEqual([put.headers['etag'], put.body], ['"e"', undefined]);
    const Body = (async function* () {
      yield Buffer.from('x');
    })();
    const got = service.encode('GetObject', { Body, ContentLength: 1, Metadata: { a: 'b' } });
    assert.deepEqual(got.headers, { 'content-length': '1', 'x-amz-meta-a': 'b' });
    assert.equal(got.stream, Body);
  });

  test('declares the prefix of the types of grantees', () => {
    const { body } = service.encode('GetBucketAcl', { Grants: [{ Grantee: { Type: 'Group', URI: 'u' } }] });
    assert.match(
      body?.toString() ?? '',
      /<Grantee xmlns:xsi="http:\/\/www\.w3\.org\/2001\/XMLSchema-instance" xsi:type="Group">/,
    );
  });
});
