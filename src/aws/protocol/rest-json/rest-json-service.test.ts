import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { lambda } from '../../generated/lambda.ts';
import { ServiceError } from '../../service-error.ts';
import { compileRestJson } from './rest-json-service.ts';

const service = compileRestJson(lambda);

/** The input of a request, or the error that refuses it. */
function decode(request: string, body: string | Buffer = '', headers: Readonly<Record<string, string>> = {}): unknown {
  const [method = '', url = ''] = request.split(' ');
  const [path = '', query = ''] = url.split('?');
  const match = service.match(method, path, query);
  assert.ok(match, request);
  try {
    return service.decode(match, headers, Buffer.from(body));
  } catch (error) {
    assert.ok(error instanceof ServiceError, String(error));
    return [error.code, error.message];
  }
}

const functions = '/2015-03-31/functions';

suite('decoding', () => {
  test('an empty body is an empty object, and so is null', () => {
    assert.deepEqual(decode(`POST ${functions}/f/versions`), { FunctionName: 'f' });
    assert.deepEqual(decode(`POST ${functions}/f/versions`, 'null'), { FunctionName: 'f' });
  });

  test('unknown members, headers and parameters are ignored, null members are absent', () => {
    const body = '{"Description":null,"RevisionId":"r","Unknown":{"a":[1]}}';
    assert.deepEqual(decode(`POST ${functions}/f/versions?Unknown=1`, body, { 'x-unknown': 'y' }), {
      FunctionName: 'f',
      RevisionId: 'r',
    });
  });

  test('a member that is bound elsewhere is not taken from the body', () => {
    assert.deepEqual(decode(`POST ${functions}/f/versions`, '{"FunctionName":"other"}'), { FunctionName: 'f' });
  });

  test('labels are percent-decoded', () => {
    const arn = 'arn:aws:lambda:us-east-1:123456789012:function:f';
    assert.deepEqual(decode(`GET ${functions}/${encodeURIComponent(arn)}`), { FunctionName: arn });
    assert.deepEqual(decode(`GET ${functions}/${arn}?Qualifier=%24LATEST`), {
      FunctionName: arn,
      Qualifier: '$LATEST',
    });
  });

  test('an empty payload is no payload', () => {
    assert.deepEqual(decode(`POST ${functions}/f/invocations`), { FunctionName: 'f' });
  });

  test('a payload is not read, and not copied', () => {
    const match = service.match('POST', `${functions}/f/invocations`, '');
    assert.ok(match);
    const body = Buffer.from('not json');
    assert.equal((service.decode(match, {}, body) as { Payload: Buffer }).Payload, body);
  });

  test('a key named __proto__ is a key like any other', () => {
    const body = '{"Tags":{"__proto__":"a","b":"c"},"__proto__":{"Resource":"x"}}';
    const arn = 'arn:aws:lambda:us-east-1:123456789012:function:f';
    const input = decode(`POST /2017-03-31/tags/${arn}`, body) as { Tags: object; Resource: string };
    assert.deepEqual(Object.entries(input.Tags), [
      ['__proto__', 'a'],
      ['b', 'c'],
    ]);
    assert.equal(input.Resource, arn);
    assert.equal(Object.getPrototypeOf(input.Tags), Object.prototype);
  });

  test('nesting without end is ignored where the model does not look', () => {
    const deep = `${'['.repeat(200_000)}${']'.repeat(200_000)}`;
    assert.deepEqual(decode(`POST ${functions}/f/versions`, `{"Unknown":${deep}}`), { FunctionName: 'f' });
  });
});

suite('what has not the form of the model is refused', () => {
  const cases: readonly (readonly [body: string, text: RegExp])[] = [
    ['{', /^Could not parse the request body as JSON: /],
    ['{"Timeout":1}x', /^Could not parse the request body as JSON: /],
    ['[]', /^Start of list found where not expected$/],
    ['"x"', /^Expected structure or null$/],
    ['{"Handler":1}', /^NUMBER_VALUE can not be converted to a String$/],
    ['{"Handler":true}', /^TRUE_VALUE can not be converted to a String$/],
    ['{"Handler":{}}', /^Start of structure or map found where not expected\.$/],
    ['{"Timeout":"3"}', /^STRING_VALUE can not be converted to an Integer$/],
    ['{"Timeout":3.5}', /^DECIMAL_VALUE can not be converted to an Integer$/],
    ['{"Timeout":1e999}', /^NUMBER_VALUE can not be converted to an Integer$/],
    ['{"Layers":"x"}', /^Expected list or null$/],
    ['{"Layers":{}}', /^Start of structure or map found where not expected\.$/],
    ['{"Environment":{"Variables":{"A":1}}}', /^NUMBER_VALUE can not be converted to a String$/],
  ];
  for (const [body, text] of cases) {
    test(body, () => {
      const [code, message] = decode(`PUT ${functions}/f/configuration`, body) as [string, string];
      assert.equal(code, 'SerializationException');
      assert.match(message, text);
    });
  }

  test('a zip that is not base64', () => {
    for (const zip of ['a', 'ab!c', 'YW Jj', 'YWJj\\n', '=', 'YQ===']) {
      assert.deepEqual(
        decode(`PUT ${functions}/f/code`, `{"ZipFile":"${zip}"}`),
        ['SerializationException', 'The value of a blob is not valid base64'],
        zip,
      );
    }
  });

  test('bytes that are no UTF-8', () => {
    const body = Buffer.concat([Buffer.from('{"Handler":"'), Buffer.from([0xff, 0xfe]), Buffer.from('"}')]);
    assert.equal((decode(`PUT ${functions}/f/configuration`, body) as string[])[0], 'SerializationException');
  });

  test('a number or a percent sign in the URL that is none', () => {
    assert.deepEqual(decode(`GET ${functions}?MaxItems=ten`), [
      'SerializationException',
      "'ten' can not be converted to an Integer",
    ]);
    assert.equal((decode(`GET ${functions}/%E0%A4%A`) as string[])[0], 'SerializationException');
  });
});

suite('encoding', () => {
  const bodyOf = (operation: string, output: object) => service.encode(operation, output).body?.toString();

  test('members come in the order of the model, absent ones are left out, foreign ones too', () => {
    const output = { Version: '1', Handler: undefined, Description: null, FunctionName: 'f', Foreign: 1 };
    assert.equal(bodyOf('GetFunctionConfiguration', output), '{"FunctionName":"f","Version":"1"}');
  });

  test('timestamps are seconds, blobs are base64', () => {
    assert.equal(bodyOf('GetEventSourceMapping', { LastModified: new Date(1500) }), '{"LastModified":1.5}');
  });

  test('a map keeps a key named __proto__', () => {
    const tags = Object.fromEntries([['__proto__', 'x']]);
    assert.equal(bodyOf('ListTags', { Tags: tags }), '{"Tags":{"__proto__":"x"}}');
  });

  test('each operation has its status, and 204 has no body', () => {
    assert.equal(service.encode('CreateFunction', {}).status, 201);
    assert.deepEqual(service.encode('DeleteFunction', {}), { status: 204, headers: {}, body: undefined });
    assert.deepEqual(service.encode('TagResource', {}), { status: 204, headers: {}, body: undefined });
    assert.equal(service.encode('DeleteFunction', { StatusCode: 202 }).status, 202);
  });

  test('a payload is handed on without a copy', () => {
    const payload = Buffer.from('{}');
    const response = service.encode('Invoke', { StatusCode: 200, ExecutedVersion: '1', Payload: payload });
    assert.equal(response.body, payload);
    assert.deepEqual(response.headers, { 'x-amz-executed-version': '1', 'content-type': 'application/json' });
    assert.equal(service.encode('Invoke', { StatusCode: 202 }).body?.length, 0);
  });
});

suite('errors', () => {
  const answer = (...error: ConstructorParameters<typeof ServiceError>) => {
    const { status, headers, body } = service.encodeError(new ServiceError(...error));
    return [status, headers['x-amzn-errortype'], body?.toString()];
  };

  test('have the key that the model gives them', () => {
    assert.deepEqual(answer('ResourceNotFoundException', 'Function not found: f'), [
      404,
      'ResourceNotFoundException',
      '{"Type":"User","Message":"Function not found: f"}',
    ]);
    assert.deepEqual(answer('ResourceConflictException', 'x'), [
      409,
      'ResourceConflictException',
      '{"Type":"User","message":"x"}',
    ]);
    assert.deepEqual(answer('ServiceException', 'x', { type: 'Service' }), [
      500,
      'ServiceException',
      '{"Type":"Service","Message":"x"}',
    ]);
  });

  test('of the front end have no Type', () => {
    assert.deepEqual(answer('ValidationException', 'x', { type: null }), [
      400,
      'ValidationException',
      '{"message":"x"}',
    ]);
    assert.deepEqual(answer('AccessDeniedException', '', { type: null }), [
      403,
      'AccessDeniedException',
      '{"Message":null}',
    ]);
  });

  test('that no model holds say their own status', () => {
    assert.deepEqual(answer('NotImplementedException', 'x', { status: 501, type: null }), [
      501,
      'NotImplementedException',
      '{"message":"x"}',
    ]);
  });

  test('carry further members, and those that the model binds to a header as a header', () => {
    const error = new ServiceError('TooManyRequestsException', 'Rate Exceeded.', {
      members: { Reason: 'CallerRateLimitExceeded', retryAfterSeconds: 1 },
      headers: { 'X-Other': 'y' },
    });
    const { headers, body } = service.encodeError(error);
    assert.equal(headers['retry-after'], '1');
    assert.equal(headers['x-other'], 'y');
    assert.equal(body?.toString(), '{"Type":"User","message":"Rate Exceeded.","Reason":"CallerRateLimitExceeded"}');
  });
});

suite('whatever comes in', () => {
  const operations = Object.entries(lambda.operations);
  const bodies = fc.oneof(
    fc.json().map((text) => Buffer.from(text)),
    fc.uint8Array().map((bytes) => Buffer.from(bytes)),
    fc
      .object({
        key: fc.constantFrom('Code', 'ZipFile', 'Layers', 'Tags', 'Filters', 'Environment', 'Variables', '__proto__'),
      })
      .map((value) => Buffer.from(JSON.stringify(value))),
  );
  const headers = fc.dictionary(
    fc.constantFrom('x-amz-invocation-type', 'x-amz-log-type', 'content-type', 'host'),
    fc.string(),
  );

  test('is either decoded or refused with a ServiceError', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...operations),
        fc.string(),
        fc.string(),
        bodies,
        headers,
        (operation, label, query, body, sent) => {
          const [, { method, uri }] = operation;
          const [path = '', literal = ''] = uri.split('?');
          const match = service.match(
            method,
            path.replaceAll(/\{\w+\}/g, () => label.replaceAll('/', '')),
            `${literal}&${query}`,
          );
          if (match === undefined) return;
          try {
            service.decode(match, sent, body);
          } catch (error) {
            assert.ok(error instanceof ServiceError, String(error));
            assert.ok(service.encodeError(error).body);
          }
        },
      ),
      { numRuns: 2000 },
    );
  });
});
