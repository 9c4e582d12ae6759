/** The place where two answers differ (`rows.*.name`), the number of rows, and the two values. */
interface Difference {
  /** Numbers of entries become a star, so that the same change in every row is one difference. */
  readonly kind: string;
  readonly first: string;
  readonly change: string;
  places: number;
}

/** The most differences that are reported; a list that has moved by one differs in all later rows. */
const toldKinds = 8;
const longest = 120;

/** The differences of two answers in normal form, a line each: `rows.3.name: "甲" → "乙"`. */
export function differencesOf(before: unknown, after: unknown): string[] {
  const found = new Map<string, Difference>();
  compare([], before, after, (place, change) => {
    const kind = place.map((part) => (/^\d+$/.test(part) ? '*' : part)).join('.');
    const known = found.get(`${kind} ${change}`);
    if (known) known.places += 1;
    else found.set(`${kind} ${change}`, { kind, first: place.join('.'), change, places: 1 });
  });
  const lines = [...found.values()].map(({ kind, first, change, places }) =>
    places === 1 ? `${first}: ${change}` : `${kind} (in ${places} places): ${change}`,
  );
  return lines.length > toldKinds
    ? [...lines.slice(0, toldKinds), `… and ${lines.length - toldKinds} more differences`]
    : lines;
}

/** The common form of two differences that occur in other rows, equally often or not. */
export function alike(line: string): string {
  return line.replace(/ \(in \d+ places\)/, '').replaceAll(/\.\d+(?=\.|:)/g, '.*');
}

type Tell = (place: readonly string[], change: string) => void;

function compare(place: readonly string[], before: unknown, after: unknown, tell: Tell): void {
  if (isBranch(before) && isBranch(after) && Array.isArray(before) === Array.isArray(after)) {
    if (Array.isArray(before) && Array.isArray(after) && before.length !== after.length) {
      tell(place, `${before.length} → ${after.length} entries`);
    }
    for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
      compare([...place, key], before[key], after[key], tell);
    }
  } else if (JSON.stringify(before) !== JSON.stringify(after)) {
    const [from, to] = [written(before), written(after)];
    const same = [...from].findIndex((sign, index) => sign !== to[index]);
    tell(place, `${around(from, same)} → ${around(to, same)}`);
  }
}

function isBranch(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

const written = (value: unknown) => (value === undefined ? 'nothing' : JSON.stringify(value));

/** For a long value, the part where the two begin to differ. */
function around(text: string, from: number): string {
  if (text.length <= longest) return text;
  const start = Math.max(0, from - longest / 4);
  return `${start > 0 ? '…' : ''}${text.slice(start, start + longest)}${start + longest < text.length ? '…' : ''}`;
}
