/**
 * JSON with sorted keys and no white space, so that equal content gives equal bytes and therefore an equal hash
 * (hashing itself is done outside: it needs a platform). Keys whose value is undefined are left out.
 * @throws RangeError for NaN and infinities, which JSON would silently turn into null.
 */
export function canonicalJson(value: unknown): string {
  if (typeof value === 'number' && !Number.isFinite(value)) throw new RangeError('not a number that JSON can hold');
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item ?? null)).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value)
      .filter(([, item]) => item !== undefined)
      .sort(([left], [right]) => (left < right ? -1 : 1))
      .map(([key, item]) => `${JSON.stringify(key)}:${canonicalJson(item)}`);
    return `{${entries.join(',')}}`;
  }
  return JSON.stringify(value ?? null);
}
