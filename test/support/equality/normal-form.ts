/** The span of a real clock in which this run happens, in milliseconds since 1970. */
interface Stretch {
  readonly from: number;
  to(): number;
}

/** What may differ between two runs of the same product. */
export interface Volatile {
  /** Names of the things that the sample loads, by id. */
  readonly names: ReadonlyMap<string, string>;
  /** The real clocks of the program and the database; the product's own clock stands still at another time. */
  readonly clocks: readonly Stretch[];
}

/** The values that `normalForm` replaces; the list stands at the head of the record. */
export const replaced: readonly string[] = [
  'the id of a person, a filing or a run that the sample loads: its name, as in <person city>',
  'any other UUID: <id 1>, <id 2> …, numbered anew in each item by the order in which they appear',
  'a moment of the real clock (written by a default of the database or by better-auth): <clock>',
  'a random secret (password, link, code of a link, token, binding of a second factor, value of a cookie): <secret>, with its length',
  'the number of an audit row: <row 1>, <row 2> …, in the download as well',
  'not kept at all: the headers content-length, date and connection',
  'everything else is kept as it comes: moments and days of the product’s clock, hashes of contents and inputs, all digits',
];

const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
const instant = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)/g;
/** The form in the download of the audit, in China's time. */
const spoken = /\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/g;
/** The form in a sentence that names a change, to the minute and in China's time. */
const said = /(\d{1,2})月(\d{1,2})日 (\d\d:\d\d)/g;
/** The length of the shortest written moment; no shorter text is searched for replacements. */
const shortest = 19;
const secrets: ReadonlySet<string> = new Set(['password', 'link', 'token', 'secret', 'backupCodes']);

/**
 * The same answer with its keys in order and without the values that differ between two runs; see `replaced`.
 * `undefined` and absent count as the same, as on the wire.
 */
export function normalForm(value: object, { names, clocks }: Volatile): object {
  const ids = new Map<string, string>();
  const rows = new Map<unknown, string>();

  const numbered = (known: Map<unknown, string>, word: string, key: unknown) => {
    if (!known.has(key)) known.set(key, `<${word} ${known.size + 1}>`);
    return known.get(key)!;
  };
  const isReal = (moment: number) => clocks.some(({ from, to }) => moment >= from - 1000 && moment <= to() + 1000);

  /** Whether this minute, of whose day the year is not said, is one of this run. */
  const isSaidNow = (month: string, day: string, clock: string) =>
    clocks.some(({ from, to }) => {
      const year = new Date(from).getUTCFullYear();
      const minute = Date.parse(`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}T${clock}:00+08:00`);
      return minute >= from - 60_000 && minute <= to();
    });

  function text(given: string): string {
    if (given.length < shortest) return given;
    return given
      .replaceAll(uuid, (id) => (names.has(id) ? `<${names.get(id)}>` : numbered(ids, 'id', id)))
      .replaceAll(instant, (moment) => (isReal(Date.parse(moment)) ? '<clock>' : moment))
      .replaceAll(spoken, (moment) => (isReal(Date.parse(`${moment.replace(' ', 'T')}+08:00`)) ? '<clock>' : moment))
      .replaceAll(said, (moment, month, day, clock) => (isSaidNow(month, day, clock) ? '<clock>' : moment))
      .replace(/^\d+(?=,<clock>,)/, (row) => numbered(rows, 'row', row))
      .replaceAll(/([?&]secret=)\w+/g, '$1<secret>');
  }

  function walk(given: unknown, key = ''): unknown {
    if (typeof given === 'string') return secrets.has(key) ? hidden(given) : text(given);
    if (given instanceof Date) return text(given.toISOString());
    if (Array.isArray(given)) return given.map((one) => walk(one, key));
    if (typeof given !== 'object' || given === null) return given;
    const entries = Object.entries(given).filter(([, one]) => one !== undefined);
    // A school has a code as well, and that one is no secret.
    const kindOf = (name: string) => (key === 'codes' && name === 'code' ? 'secret' : name);
    const isAuditRow = 'objectType' in given && 'id' in given;
    return Object.fromEntries(
      entries
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([name, one]) => [
          text(name),
          isAuditRow && name === 'id' ? numbered(rows, 'row', one) : walk(one, kindOf(name)),
        ]),
    );
  }

  return walk(value) as object;
}

/** The text before a random secret names its purpose. */
function hidden(given: string): string {
  const [, kind = '', random = ''] = /^(\/[a-z-]+#|dudao_|)(.*)$/s.exec(given) ?? [];
  return `${kind}<secret of ${random.length}>`;
}
