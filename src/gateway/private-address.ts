/** IP addresses that no page of the public web can be served from. */
import { BlockList, isIPv4, isIPv6 } from 'node:net';

const privateAddresses = new BlockList();
for (const [network, prefix] of [
  ['127.0.0.0', 8],
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['169.254.0.0', 16],
] as const) {
  privateAddresses.addSubnet(network, prefix, 'ipv4');
}
privateAddresses.addAddress('::1', 'ipv6');
privateAddresses.addSubnet('fc00::', 7, 'ipv6');
privateAddresses.addSubnet('fe80::', 10, 'ipv6');

/**
 * Whether a host name is an address of this machine or of a private network.
 * @param name as in a URL: an IPv6 address stands in brackets
 * @see RFC 1918, RFC 3927, RFC 4193, RFC 4291
 */
export function isPrivateAddress(name: string): boolean {
  const address = name.startsWith('[') ? name.slice(1, -1) : name;
  if (isIPv4(address)) return privateAddresses.check(address, 'ipv4');
  return isIPv6(address) && privateAddresses.check(address, 'ipv6');
}
