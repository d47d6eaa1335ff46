/** Custom runtimes that speak to the Runtime API byte by byte, to say what no runtime should. */
import type { FunctionOptions } from '../kit/test-function.ts';

/**
 * A bootstrap in Python with a few words of the Runtime API.
 * @param script uses `next_event() -> (id, body)`, `post(path, body, headers) -> status`, `answer(id, body)` and `connection()`
 */
export const rawRuntime = (script: string, options: Partial<FunctionOptions> = {}): FunctionOptions => ({
  Runtime: 'provided.al2023',
  Handler: 'unused',
  Timeout: 5,
  ...options,
  code: { bootstrap: `${prelude}\n${script}` },
});

const prelude = `#!/usr/bin/python3 -u
import http.client, json, os, signal, socket, subprocess, sys, threading, time

API = os.environ['AWS_LAMBDA_RUNTIME_API']
BASE = '/2018-06-01/runtime'

def connection():
    host, port = API.split(':')
    return socket.create_connection((host, int(port)))

def call(method, path, body=None, headers={}):
    client = http.client.HTTPConnection(API)
    client.request(method, BASE + path, body, headers)
    reply = client.getresponse()
    return reply.status, reply.getheader('Lambda-Runtime-Aws-Request-Id'), reply.read()

def next_event():
    status, id, body = call('GET', '/invocation/next')
    return id, json.loads(body)

def post(path, body=b'{}', headers={}):
    return call('POST', path, body, headers)[0]

def answer(id, value):
    return post(f'/invocation/{id}/response', json.dumps(value))
`;
