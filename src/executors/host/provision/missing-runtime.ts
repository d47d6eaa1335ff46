/** What to tell somebody whose function needs an interpreter that is not here. */
import { PreparationFailed } from '../../executor.ts';
import type { HostPlatform } from '../host-platform.ts';

type Needed = 'python' | 'ruby' | 'java' | 'dotnet';

interface Source {
  readonly name: string;
  readonly program: string;
  readonly debian: (version: string) => string;
  readonly homebrew: (version: string) => string;
}

const sources: Readonly<Record<Needed, Source>> = {
  python: { name: 'Python', program: 'python3', debian: () => 'python3', homebrew: () => 'python3' },
  ruby: { name: 'Ruby', program: 'ruby', debian: () => 'ruby', homebrew: (version) => `ruby@${version}` },
  // Debian has none: this is the name of Microsoft's own package, and Ubuntu's.
  dotnet: {
    name: '.NET',
    program: 'dotnet',
    debian: (version) => `dotnet-runtime-${version}.0`,
    homebrew: () => '--cask dotnet-runtime',
  },
  java: {
    name: 'Java',
    program: 'java',
    debian: (version) => `openjdk-${version}-jre-headless`,
    homebrew: (version) => `openjdk@${version}`,
  },
};

export function missingRuntime(
  runtime: string,
  language: Needed,
  version: string,
  platform: HostPlatform,
): PreparationFailed {
  const { name, program, debian, homebrew } = sources[language];
  const how = platform.os === 'darwin' ? `brew install ${homebrew(version)}` : `apt-get install ${debian(version)}`;
  return new PreparationFailed(
    'InvalidRuntime',
    `The runtime ${runtime} needs ${name} ${version}, and no ${program} is on the PATH of the daemon: install it (${how}).`,
  );
}
