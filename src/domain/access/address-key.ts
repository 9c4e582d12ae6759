/**
 * The key under which the tries from an address are counted. A household or an office has a whole IPv6 net of its own
 * (/64) and can change addresses within it, so the net counts as one. An IPv4 address counts as itself. So does an IPv4
 * address that is written as IPv6: mapped (`::ffff:0:0/96`, RFC 4291) or translated (`64:ff9b::/96`, RFC 6052), its
 * last four bytes written with dots or without.
 * @param address as the HTTP layer reports it; anything but an IPv6 address is returned as it is
 * @returns `10.0.0.1`, or `2001:db8:0:1::/64`
 */
export function addressKey(address: string): string {
  const plain = address.toLowerCase().replace(/%.*$/, '');
  if (!plain.includes(':')) return plain;
  const [head = '', tail] = plain.split('::');
  const left = groupsOf(head);
  const right = tail === undefined ? [] : groupsOf(tail);
  const zeros = tail === undefined ? [] : Array<number>(Math.max(0, 8 - left.length - right.length)).fill(0);
  const groups = [...left, ...zeros, ...right];
  const around = hexOf(groups.slice(0, 6));
  if (around === '0:0:0:0:0:ffff' || around === '64:ff9b:0:0:0:0') return dottedOf(groups.slice(6));
  return `${hexOf(groups.slice(0, 4))}::/64`;
}

/** The 16-bit groups of a part of an IPv6 address; four bytes at its end with dots between them are two. */
function groupsOf(part: string): number[] {
  if (part === '') return [];
  return part.split(':').flatMap((group) => {
    if (!group.includes('.')) return [Number.parseInt(group, 16)];
    const [a = 0, b = 0, c = 0, d = 0] = group.split('.').map(Number);
    return [a * 256 + b, c * 256 + d];
  });
}

const hexOf = (groups: readonly number[]): string => groups.map((group) => group.toString(16)).join(':');

const dottedOf = (groups: readonly number[]): string => groups.flatMap((group) => [group >> 8, group & 255]).join('.');
