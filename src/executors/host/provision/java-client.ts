/** AWS's own runtime interface client for Java: which archives of Maven Central it consists of. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { bytes } from '../../../kernel/quantity.ts';
import { readArchiveDirectory } from '../../../lambda/code/archive-directory.ts';
import { entryData } from '../../../lambda/code/entry-data.ts';
import { CouldNotFetch } from './could-not-fetch.ts';

interface Archive {
  readonly group: string;
  readonly artifact: string;
  readonly version: string;
  readonly sha256: string;
}

/** The first is the client itself. See https://github.com/aws/aws-lambda-java-libs */
const archives: readonly [Archive, ...Archive[]] = [
  {
    group: 'com.amazonaws',
    artifact: 'aws-lambda-java-runtime-interface-client',
    version: '2.9.0',
    sha256: '26568a5f63bf9e921567e77661be425650abc8972bae2aa0b7e99bab4e4239d9',
  },
  {
    group: 'software.amazon.awssdk',
    artifact: 'utils-lite',
    version: '2.34.0',
    sha256: 'efaf784f07ae526f0b5c89d71ef21cf16636131c47d44616e3df9bedc3f4f89a',
  },
  {
    group: 'com.amazonaws',
    artifact: 'aws-lambda-java-core',
    version: '1.4.0',
    sha256: '575c24393cc1ad645e83e618956eabd89ffe8cc09efae2cb62bc6589154d68ed',
  },
  {
    group: 'com.amazonaws',
    artifact: 'aws-lambda-java-serialization',
    version: '1.2.0',
    sha256: '1513c1f945a3213f916a4b2de1760c97b51d84d110f82bbbcf9cfac53d5651e7',
  },
];

/** The name of the folder that holds them; another for other versions. */
export const javaClientName = `java-client-${archives.map(({ version }) => version).join('-')}`;

/** The class that Java is started with. */
export const javaClientClass = 'com.amazonaws.services.lambda.runtime.api.client.AWSLambda';

/** A Maven project that depends on nothing else. */
export const javaClientProject = `<project>
  <modelVersion>4.0.0</modelVersion>
  <groupId>lambdad</groupId>
  <artifactId>java-client</artifactId>
  <version>1</version>
  <dependencies>
${archives.map(dependency).join('\n')}
  </dependencies>
</project>
`;

function dependency({ group, artifact, version }: Archive): string {
  return `    <dependency><groupId>${group}</groupId><artifactId>${artifact}</artifactId><version>${version}</version></dependency>`;
}

/** Where the client finds its native library; by itself it would unpack it into `/tmp` at every start. */
export const nativeLibraryProperty = 'com.amazonaws.services.lambda.runtime.api.client.runtimeapi.NativeClient.JNI';

/** The native library below the folder of the client. */
export const nativeLibrary = 'jni/client.so';

/**
 * Unpacks the client's native library for this kind of machine.
 * @param folder of the client, with its archives in `lib`
 * @param architecture `x64` or `arm64`
 */
export async function unpackNativeLibrary(folder: string, architecture: string): Promise<void> {
  const archive = readFileSync(join(folder, 'lib', fileOf(archives[0])));
  const name = `jni/libaws-lambda-jni.${nativeSystem(architecture)}.so`;
  const entries = await readArchiveDirectory(archive, { unpackedSize: bytes(2 ** 26), entries: 1000 });
  const entry = entries.find(({ path }) => path === name);
  if (entry === undefined) throw new CouldNotFetch(`it is not made for this machine (${architecture})`);
  mkdirSync(dirname(join(folder, nativeLibrary)));
  writeFileSync(join(folder, nativeLibrary), entryData(archive, entry));
}

/** The loader of glibc is where its interface says; a system without it is one of musl. */
function nativeSystem(architecture: string): string {
  const arm = architecture === 'arm64';
  const glibc = existsSync(arm ? '/lib/ld-linux-aarch64.so.1' : '/lib64/ld-linux-x86-64.so.2');
  return `linux${glibc ? '' : '_musl'}-${arm ? 'aarch_64' : 'x86_64'}`;
}

const fileOf = ({ artifact, version }: Archive): string => `${artifact}-${version}.jar`;

/** @throws CouldNotFetch when an archive in the folder is not the one that is meant. */
export function checkJavaClient(folder: string): void {
  for (const archive of archives) {
    const name = fileOf(archive);
    const found = createHash('sha256')
      .update(readFileSync(join(folder, name)))
      .digest('hex');
    if (found !== archive.sha256) throw new CouldNotFetch(`${name} is not what AWS published: its SHA-256 is ${found}`);
  }
}
