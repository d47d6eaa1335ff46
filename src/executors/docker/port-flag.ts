/** Reads the value of `-p`: `[[address:]host port:]container port[/protocol]`, ports also as ranges `1000-1010`. */
import type { PortBinding } from './engine/engine-types.ts';

export interface PublishedPort {
  /** `8080/tcp` */
  readonly container: string;
  readonly binding: PortBinding;
}

const form = /^(?:(?:(\d[\d.]*|\[[^\]]+\]):)?([\d-]*):)?([\d-]+)(?:\/(tcp|udp|sctp))?$/;

/** One for each port of a range; `undefined` when the value is malformed. */
export function parsePorts(value: string): readonly PublishedPort[] | undefined {
  const [, address = '', outer = '', inner, protocol = 'tcp'] = form.exec(value) ?? [];
  const containers = inner === undefined ? undefined : portsOf(inner);
  const hosts = outer === '' ? containers?.map(() => '') : portsOf(outer)?.map(String);
  if (containers === undefined || hosts === undefined || containers.length !== hosts.length) return undefined;
  const HostIp = address.replace(/^\[|\]$/g, '');
  return containers.map((port, index) => ({
    container: `${port}/${protocol}`,
    binding: { HostIp, HostPort: hosts[index] ?? '' },
  }));
}

function portsOf(text: string): number[] | undefined {
  const [, first, last = first] = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(text) ?? [];
  const [from, to] = [Number(first), Number(last)];
  if (first === undefined || from < 1 || to > 65_535 || to < from) return undefined;
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}
