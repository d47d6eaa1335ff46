/** The command that installs a package on this machine, as its user would type it. */
import { existsSync } from 'node:fs';

const installers = [
  ['/usr/bin/apt-get', 'apt-get install -y'],
  ['/usr/bin/dnf', 'dnf install -y'],
  ['/usr/bin/pacman', 'pacman -S --noconfirm'],
  ['/sbin/apk', 'apk add'],
  ['/usr/bin/zypper', 'zypper install -y'],
] as const;

export function installCommand(name: string, platform: NodeJS.Platform): string {
  if (platform === 'darwin') return `brew install ${name}`;
  const installer = installers.find(([path]) => existsSync(path));
  const command = `${installer?.[1] ?? 'apt-get install -y'} ${name}`;
  return process.getuid?.() === 0 ? command : `sudo ${command}`;
}
