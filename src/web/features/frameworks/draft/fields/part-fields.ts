import { canonicalJson } from '#domain/kit/canonical-json.ts';

/** A part of a method or a rule as a form asks for it. The server checks the whole by the shape of an edition. */
export type PartField = { readonly key: string; readonly label: string; readonly help?: string } & (
  | { readonly kind: 'number'; readonly optional?: boolean; readonly unknown?: string }
  | { readonly kind: 'text'; readonly optional?: boolean; readonly unknown?: boolean; readonly long?: boolean }
  | { readonly kind: 'choice'; readonly options: Readonly<Record<string, string>>; readonly optional?: boolean }
  /** `true` where it is ticked, absent else; with `both` also false. */
  | { readonly kind: 'flag'; readonly both?: boolean }
  /** A number, or the name of a level. */
  | { readonly kind: 'value' }
  /** A number, or a range from–to. */
  | { readonly kind: 'cost' }
  | { readonly kind: 'numbers'; readonly separator?: string }
  /** One a line. */
  | { readonly kind: 'texts'; readonly optional?: boolean }
  /** Names with their numbers, one a line: `优秀 95`; `words` are those of names that an edition writes otherwise. */
  | {
      readonly kind: 'record';
      readonly optional?: boolean;
      readonly unknown?: boolean;
      readonly words?: Readonly<Record<string, string>>;
    }
  | {
      readonly kind: 'group';
      readonly fields: readonly PartField[];
      readonly empty: object;
      readonly optional?: boolean;
    }
  | {
      readonly kind: 'rows';
      readonly fields: readonly PartField[];
      readonly empty: object;
      readonly optional?: boolean;
      /** Its label stands above it already. */
      readonly titled?: boolean;
    }
);

/** A structure as a form holds it. */
export type Part = Readonly<Record<string, unknown>>;

/** The structure with one part set; an optional part that is empty is not there. */
export function withPart(part: Part, field: PartField, value: unknown): Part {
  const { [field.key]: _, ...rest } = part;
  const isGone = value === undefined || ('optional' in field && field.optional === true && isEmpty(value));
  return isGone ? rest : { ...rest, [field.key]: value };
}

const isEmpty = (value: unknown) =>
  value === null || value === '' || value === undefined || (Array.isArray(value) && value.length === 0);

/** What a publication would refuse, and where it stands: `vetoes[0].when`. */
export interface PartFault {
  readonly path: string;
  readonly message: string;
}

/** The sentence at a field: of itself, or of one of its lines. */
export const faultAt = (faults: readonly PartFault[], at: string): string | undefined =>
  faults.find(({ path }) => path === at || path.startsWith(`${at}[`))?.message;

/** Whether the same stands at a place of both: `vetoes[0].when`. */
export function isSameAt(path: string, one: object, other: object): boolean {
  const keys = path.split(/[.[\]]+/).filter((key) => key !== '');
  const valueAt = (of: unknown) =>
    keys.reduce<unknown>((value, key) => (value as Part | null | undefined)?.[key] ?? null, of);
  return canonicalJson(valueAt(one)) === canonicalJson(valueAt(other));
}

/** Whether the place is a field of a form that shows these: what has no field is said above the form. */
export function hasField(fields: readonly PartField[], path: string): boolean {
  const [, key, row, below] = /^([^.[]+)(\[\d+\])?(?:\.(.+))?$/.exec(path) ?? [];
  const field = fields.find((one) => one.key === key);
  if (field === undefined || field.kind === 'flag') return false;
  if (field.kind !== 'group' && field.kind !== 'rows') return below === undefined;
  return below !== undefined && (field.kind === 'rows') === (row !== undefined) && hasField(field.fields, below);
}

/** `10、8、6` as numbers; undefined where one of them is none. */
export function readNumbers(text: string): number[] | undefined {
  const parts = text.split(/[、,，;；\s]+/).filter((one) => one !== '');
  const numbers = parts.map(Number);
  return numbers.every(Number.isFinite) ? numbers : undefined;
}

/**
 * `优秀 95` a line as names with numbers; undefined where a line has none. `?` stands for a number that nobody knows.
 * @param words what the screen calls names: they are read as the names
 */
export function readRecord(
  text: string,
  words: Readonly<Record<string, string>> = {},
): Record<string, number | null> | undefined {
  const names = new Map(Object.entries(words).map(([name, word]) => [word, name]));
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const entries = lines.map((line) => {
    const [, name, number] = /^\s*(.+?)[\s:：=]+(-?\d+(?:\.\d+)?|\?)\s*$/.exec(line) ?? [];
    return name === undefined
      ? undefined
      : ([names.get(name) ?? name, number === '?' ? null : Number(number)] as const);
  });
  return entries.includes(undefined) ? undefined : Object.fromEntries(entries.filter((one) => one !== undefined));
}

export function recordText(
  record: Readonly<Record<string, number | null>> = {},
  words: Readonly<Record<string, string>> = {},
): string {
  return Object.entries(record)
    .map(([name, number]) => `${words[name] ?? name} ${number ?? '?'}`)
    .join('\n');
}
