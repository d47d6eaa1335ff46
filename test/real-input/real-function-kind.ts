/** The functions that no one here wrote the insides of, and how each is built from its folder. */

/** One command line, run in the folder that is being built. */
export interface BuildStep {
  readonly command: readonly [string, ...string[]];
  readonly env?: Readonly<Record<string, string>>;
}

export interface RealFunctionKind {
  readonly runtime: string;
  readonly handler: string;
  readonly build: BuildStep;
  /** Whether `index.js` and what it imports become one file, `index.cjs`, as users of frameworks do it. */
  readonly bundled?: boolean;
  /** What goes into the archive; everything where absent. */
  readonly only?: readonly string[];
}

const npmCi: BuildStep = { command: ['npm', 'ci', '--omit=dev', '--ignore-scripts', '--no-audit', '--no-fund'] };

export const realFunctionKinds = {
  express: { runtime: 'nodejs24.x', handler: 'index.handler', build: npmCi },
  hono: { runtime: 'nodejs24.x', handler: 'index.handler', build: npmCi, bundled: true, only: ['index.cjs'] },
  fastify: { runtime: 'nodejs24.x', handler: 'index.handler', build: npmCi, bundled: true, only: ['index.cjs'] },
  middy: { runtime: 'nodejs24.x', handler: 'index.handler', build: npmCi },
  python: {
    runtime: 'python3.13',
    handler: 'app.handler',
    build: {
      command: [
        'python3',
        ...'-m pip install --quiet --disable-pip-version-check --no-compile --no-deps --only-binary=:all:'.split(' '),
        ...'--require-hashes --requirement requirements.txt --target .'.split(' '),
      ],
    },
  },
  go: {
    runtime: 'provided.al2023',
    handler: 'bootstrap',
    build: {
      command: ['go', 'build', '-trimpath', '-tags', 'lambda.norpc', '-ldflags', '-s -w', '-o', 'bootstrap', '.'],
      env: { CGO_ENABLED: '0', GOOS: 'linux', GOFLAGS: '-mod=readonly' },
    },
    only: ['bootstrap'],
  },
  /** No function but the layer of one: the extension. */
  'go-extension': {
    runtime: 'nodejs24.x',
    handler: 'index.handler',
    build: {
      command: ['go', 'build', '-trimpath', '-ldflags', '-s -w', '-o', 'extensions/telemetry', '.'],
      env: { CGO_ENABLED: '0', GOOS: 'linux', GOFLAGS: '-mod=readonly' },
    },
    only: ['extensions'],
  },
} as const satisfies Readonly<Record<string, RealFunctionKind>>;

export type RealFunctionName = keyof typeof realFunctionKinds;
