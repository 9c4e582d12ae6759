/**
 * What stands for an address when tries are counted. A household or an office has a whole IPv6 net of its own (/64) and
 * could change addresses within it as it pleases, so the net counts as one; an IPv4 address counts as itself, also where
 * it comes in the clothes of IPv6 (`::ffff:10.0.0.1`).
 * @param address as the HTTP layer tells it; anything that is no IPv6 address stands for itself
 * @returns `10.0.0.1`, or `2001:db8:0:1::/64`
 */
export function addressKey(address: string): string {
  const plain = address.toLowerCase().replace(/%.*$/, '');
  const dotted = /^::ffff:(\d+(?:\.\d+){3})$/.exec(plain)?.[1];
  if (dotted !== undefined) return dotted;
  if (!plain.includes(':')) return plain;
  const [head = '', tail] = plain.split('::');
  const left = groupsOf(head);
  const right = tail === undefined ? [] : groupsOf(tail);
  const zeros = tail === undefined ? [] : Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0');
  const net = [...left, ...zeros, ...right].slice(0, 4);
  return `${net.map((group) => Number.parseInt(group, 16).toString(16)).join(':')}::/64`;
}

const groupsOf = (part: string): string[] => (part === '' ? [] : part.split(':'));
