/** Installs programs from Debian where that is possible, and elsewhere names the command that would. */
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Each program with its Debian package, its Homebrew formula and what it is for. */
export const systemPrograms = {
  bwrap: { apt: 'bubblewrap', purpose: 'shuts functions in (Linux)' },
  python3: { apt: 'python3', brew: 'python', purpose: 'runs python* functions' },
  pip3: { apt: 'python3-pip', brew: 'python', purpose: 'fetches Python packages for a test' },
  aws: { apt: 'awscli', brew: 'awscli', purpose: 'is the client of the end-to-end test' },
  curl: { apt: 'curl', brew: 'curl', purpose: 'is a client of the end-to-end test' },
  openssl: { apt: 'openssl', brew: 'openssl', purpose: 'checks certificates and makes one of its own' },
  zip: { apt: 'zip', brew: 'zip', purpose: 'packs the function of the end-to-end test' },
  chromium: { apt: 'chromium', purpose: 'is the browser of a test (Linux)' },
  ruby: { apt: 'ruby', brew: 'ruby', purpose: 'runs ruby* functions' },
  javac: { apt: 'default-jdk-headless', brew: 'openjdk', purpose: 'builds and runs a java* function for a test' },
  mvn: { apt: 'maven', brew: 'maven', purpose: "fetches AWS's runtime interface client for Java" },
  go: { apt: 'golang-go', brew: 'go', purpose: 'builds a provided.* function for a test' },
  dockerd: { apt: 'docker.io', purpose: 'runs the containers of tests (Linux)' },
  docker: { apt: 'docker.io', purpose: 'imports the image of tests (Linux)' },
  debootstrap: { apt: 'debootstrap', purpose: 'makes the image of tests (Linux)' },
  cmake: { apt: 'cmake', purpose: "builds AWS's runtime client for the image of tests (Linux)" },
  make: { apt: 'make', purpose: "builds AWS's runtime client for the image of tests (Linux)" },
  'g++': { apt: 'g++', purpose: "builds AWS's runtime client for the image of tests (Linux)" },
};

/**
 * Sees to it that the named programs are there.
 * @returns {string[]} those that still are not; what to type for them has been printed.
 */
export function ensureSystemPrograms(names) {
  let missing = names.filter((name) => isWanted(name) && !isOnPath(name));
  if (missing.length === 0) return missing;
  if (canUseApt()) {
    installWithApt(packagesFor(missing, 'apt'));
    missing = missing.filter((name) => !isOnPath(name));
  }
  for (const name of missing) process.stdout.write(`Missing: ${name}, which ${systemPrograms[name].purpose}\n`);
  if (missing.length > 0) process.stdout.write(`Install with: ${installCommand(missing)}\n`);
  return missing;
}

/** Bubblewrap exists on Linux only. */
function isWanted(name) {
  return process.platform === 'linux' || systemPrograms[name].brew !== undefined;
}

function isOnPath(name) {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, name), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

function canUseApt() {
  return process.platform === 'linux' && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
}

function installWithApt(packages) {
  process.stdout.write(`Installing from Debian: ${packages.join(' ')}\n`);
  const options = {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  };
  const install = () => spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], options);
  // The lists of a fresh image are empty or old; bringing them up to date is only worth it when something was not found.
  if (install().status !== 0) {
    spawnSync('apt-get', ['update', '-qq'], options);
    install();
  }
}

function packagesFor(names, installer) {
  return [...new Set(names.map((name) => systemPrograms[name][installer]))];
}

function installCommand(names) {
  if (process.platform === 'darwin') return `brew install ${packagesFor(names, 'brew').join(' ')}`;
  return `sudo apt-get install -y ${packagesFor(names, 'apt').join(' ')}`;
}
