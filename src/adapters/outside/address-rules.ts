import { BlockList, isIP } from 'node:net';

/** What no public name should lead to: this machine, private and shared networks, metadata, documentation, multicast. */
const NOT_PUBLIC = blockList([
  '0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12', '192.0.0.0/24', '192.0.2.0/24', '192.88.99.0/24',
  '192.168.0.0/16', '198.18.0.0/15', '198.51.100.0/24', '203.0.113.0/24', '224.0.0.0/4', '240.0.0.0/4',
  // Of the public half of IPv6, what carries an IPv4 address inside, or nobody's.
  '2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20',
]);
const GLOBAL_IPV6 = blockList(['2000::/3']);

/** Which addresses may be connected to, and which of them without TLS: those that the operator listed, by name or by range. */
export class AddressRules {
  readonly #hosts: ReadonlySet<string>;
  readonly #ranges: BlockList;
  /** Where none is, no name can lead into one. */
  readonly hasRanges: boolean;

  constructor(listed: readonly string[]) {
    const isRange = (one: string) => isIP(one.split('/')[0]!) !== 0;
    this.#hosts = new Set(listed.filter((one) => !isRange(one)).map((one) => one.toLowerCase()));
    const ranges = listed.filter(isRange);
    this.#ranges = blockList(ranges);
    this.hasRanges = ranges.length > 0;
  }

  names(host: string): boolean {
    return this.#hosts.has(host.toLowerCase());
  }

  lists(address: string): boolean {
    const plain = plainAddress(address);
    return plain !== undefined && this.#ranges.check(plain, isIP(plain) === 6 ? 'ipv6' : 'ipv4');
  }

  /** Whether this host, at this address, may be spoken to. */
  allow(host: string, address: string, secure: boolean): boolean {
    return this.names(host) || this.lists(address) || (secure && isPublic(address));
  }
}

export function isPublic(address: string): boolean {
  const plain = plainAddress(address);
  if (plain === undefined) return false;
  if (isIP(plain) === 4) return !NOT_PUBLIC.check(plain, 'ipv4');
  return GLOBAL_IPV6.check(plain, 'ipv6') && !NOT_PUBLIC.check(plain, 'ipv6');
}

/** In its shortest form; an IPv4 address written as IPv6 is what it is underneath. Undefined for what is none, or has a zone. */
function plainAddress(address: string): string | undefined {
  if (isIP(address) === 4) return address;
  if (isIP(address) !== 6 || address.includes('%')) return undefined;
  const short = new URL(`http://[${address}]`).hostname.slice(1, -1);
  const mapped = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(short);
  if (!mapped) return short;
  const [high, low] = [parseInt(mapped[1]!, 16), parseInt(mapped[2]!, 16)];
  return [high >> 8, high & 255, low >> 8, low & 255].join('.');
}

function blockList(ranges: readonly string[]): BlockList {
  const list = new BlockList();
  for (const range of ranges) {
    const [address, bits] = range.split('/') as [string, string | undefined];
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    list.addSubnet(address, bits === undefined ? (family === 'ipv6' ? 128 : 32) : Number(bits), family);
  }
  return list;
}
