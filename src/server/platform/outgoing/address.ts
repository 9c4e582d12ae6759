import { lookup } from 'node:dns/promises';
import { BlockList, isIP } from 'node:net';

/** A place outside to which the program may connect. */
export interface AllowedAddress {
  /** A host name or an address, in lower case. */
  readonly host: string;
  readonly port: number;
  /** Whether it may lie in the own network. */
  readonly mayBePrivate: boolean;
}

/** The addresses of a name. */
export type Resolver = (host: string) => Promise<readonly string[]>;

const systemResolver: Resolver = async (host) =>
  (await lookup(host, { all: true, order: 'ipv4first' })).map(({ address }) => address);

/** What does not lie in the public internet: own networks, the machine itself, its link, and what is kept for other uses. */
const inside = new BlockList();
for (const [net, bits] of [
  ...([
    ['0.0.0.0', 8],
    ['10.0.0.0', 8],
    ['100.64.0.0', 10],
    ['127.0.0.0', 8],
    ['169.254.0.0', 16],
  ] as const),
  ...([
    ['172.16.0.0', 12],
    ['192.0.0.0', 24],
    ['192.0.2.0', 24],
    ['192.168.0.0', 16],
    ['198.18.0.0', 15],
  ] as const),
  ...([
    ['198.51.100.0', 24],
    ['203.0.113.0', 24],
    ['224.0.0.0', 4],
    ['240.0.0.0', 4],
  ] as const),
]) {
  inside.addSubnet(net, bits, 'ipv4');
}
// Only what is given out to the world is outside; in it lie the ways to reach an old address through a new one.
const worldwide = new BlockList();
worldwide.addSubnet('2000::', 3, 'ipv6');
for (const [net, bits] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const) {
  inside.addSubnet(net, bits, 'ipv6');
}

/** Whether an address lies in the own network, or is none that the world can reach. */
export function isPrivateAddress(address: string): boolean {
  if (isIP(address) === 4) return inside.check(address, 'ipv4');
  if (isIP(address) !== 6) return true;
  return inside.check(address, 'ipv6') || !worldwide.check(address, 'ipv6');
}

/**
 * The address to connect to. It is the one that was judged: whoever connects to it, and not to the name again, cannot be led
 * elsewhere by a second answer to the same question.
 * @returns a sentence where the target is not allowed, or has an address that is not
 */
export async function pinnedAddress(
  target: { readonly host: string; readonly port: number },
  allowed: readonly AllowedAddress[],
  resolve: Resolver = systemResolver,
): Promise<{ readonly address: string } | { readonly sentence: string }> {
  const { host, port } = target;
  const known = allowed.find((one) => one.host === host.toLowerCase() && one.port === port);
  if (known === undefined) {
    return {
      sentence: `外部地址 ${host}:${port} 不在允许的名单里；请系统管理员在“设置”的“外部地址”中加上。`,
    };
  }
  let addresses: readonly string[];
  try {
    addresses = isIP(host) === 0 ? await resolve(host) : [host];
  } catch {
    addresses = [];
  }
  const [first] = addresses;
  if (first === undefined) return { sentence: `查不到 ${host} 的网络地址；请检查域名和服务器的 DNS。` };
  // One of several would be enough to be led inside.
  const hidden = known.mayBePrivate ? undefined : addresses.find(isPrivateAddress);
  if (hidden !== undefined) {
    return {
      sentence: `${host} 指向内部网络的地址 ${hidden}，没有连接；确为内部服务器时，请系统管理员在“设置”的“外部地址”中注明“在内部网络”。`,
    };
  }
  return { address: first };
}
