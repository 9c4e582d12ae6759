import { frameworkWords } from '#core/facts/framework-words.shape.ts';
import type { Vocabulary } from '#domain/formula/vocabulary.ts';
import type { Fact, Facts, FactValue } from '#domain/framework/answer.ts';
import { wordsOf } from '#domain/framework/edition/words.ts';
import type { Prepared } from '#domain/framework/result.ts';
import { halfWidth } from '#domain/kit/half-width.ts';
import { isMissing, type Missing, missing } from '#domain/kit/value.ts';
import { type InputIssue, isFields } from './input-fields.shape.ts';

/** The values of one fact by years back, the assessed year first. */
type Years = readonly (Fact | Missing)[];

/** Facts that conditions ask beside those of formulas: surveys, and what earlier evaluations left behind. */
const further = /^(?:survey\.[^.]+\.(?:share|mean|answers)|evaluation\.[^.]+\..+)$/;

/**
 * Facts as a file gives them: a number, a word, true or false; a list of them by year, the assessed year last;
 * `{"of": [2, 3]}` for an exact share; `{"notApplicable": true}` for what the subject does not have.
 * @param given the facts of the subject by name
 * @param members the facts of each school of a county, each county of a city
 * @param path of the facts in the file, for what is wrong with them
 */
export function readGivenFacts(
  prepared: Prepared,
  { given, members }: { readonly given: unknown; readonly members: unknown },
  path: string,
): { readonly facts: Facts; readonly issues: readonly InputIssue[] } {
  const issues: InputIssue[] = [];
  const own = readNames(prepared, given, `${path}facts`, issues);
  const list = members === undefined ? [] : Array.isArray(members) ? members : [members];
  if (members !== undefined && !Array.isArray(members)) {
    issues.push({ path: `${path}members`, message: '应是一个列表，每所学校（或每个县）一个对象' });
  }
  const all = list.map((one, at) => readNames(prepared, one, `${path}members[${at}]`, issues));
  const nothing = (name: string) => missing('not-filed', [name]);
  return {
    issues,
    facts: {
      read: (name, yearsBack) => own.get(name)?.[yearsBack] ?? nothing(name),
      // A county of which no school is given is not known; a sum over no school would be zero.
      members: (yearsBack) =>
        all.length === 0 ? [nothing] : all.map((one) => (name) => one.get(name)?.[yearsBack] ?? nothing(name)),
    },
  };
}

function readNames(prepared: Prepared, given: unknown, path: string, issues: InputIssue[]): ReadonlyMap<string, Years> {
  if (given === undefined) return new Map();
  if (!isFields(given)) {
    issues.push({ path, message: '应是一个对象，以事实的名称为键' });
    return new Map();
  }
  const words = wordsOf(prepared.edition, frameworkWords());
  const groups = prepared.edition.conclusions.flatMap(({ quota }) => quota?.by ?? []);
  const read = new Map<string, Years>();
  for (const [written, value] of Object.entries(given)) {
    // Full-width colons come from Chinese keyboards; formulas read them so too.
    const name = halfWidth(written).trim();
    const known = words.find(name);
    if (known === undefined && !further.test(name) && !groups.includes(name)) {
      const near = words.nearest(name);
      issues.push({ path, message: `没有名为“${name}”的事实${near ? `，是否应为“${near}”？` : ''}` });
      continue;
    }
    const years = Array.isArray(value) ? [...value].reverse() : [value];
    const facts = years.map((one) => readFact(name, one));
    const wrong =
      facts.find((fact) => typeof fact === 'string') ?? facts.map((fact) => kindFault(known, fact)).find(Boolean);
    if (wrong !== undefined) issues.push({ path: `${path}.${name}`, message: wrong as string });
    else read.set(known?.name ?? name, facts as Years);
  }
  return read;
}

const kinds = {
  number: ['number', '数字'],
  text: ['string', '文字'],
  truth: ['boolean', ' true 或 false'],
} as const;

/** What is wrong with the kind of a value, where the name has one. */
function kindFault(known: ReturnType<Vocabulary['find']>, fact: Fact | Missing | string): string | undefined {
  if (known === undefined || typeof fact === 'string' || isMissing(fact)) return undefined;
  const [type, words] = kinds[known.type];
  return typeof fact.value === type ? undefined : `应是${words}，不能写 ${JSON.stringify(fact.value)}`;
}

const source = '文件中给出';

/** The fact, or a sentence about what is wrong with it. */
function readFact(name: string, value: unknown): Fact | Missing | string {
  if (value === null) return missing('not-filed', [name]);
  if (isPlain(value)) return { value, source };
  if (isFields(value) && value.notApplicable === true && Object.keys(value).length === 1) {
    return missing('not-applicable', [name]);
  }
  if (isFields(value) && Array.isArray(value.of) && Object.keys(value).length === 1) {
    const [part, whole, more] = value.of as unknown[];
    if (isFigure(part) && isFigure(whole) && whole !== 0 && more === undefined) {
      return { value: part / whole, of: [part, whole], source };
    }
  }
  return '应是数字、文字、true 或 false，逐年的列表（评估年度在最后），{"of": [部分, 全体]} 或 {"notApplicable": true}';
}

function isFigure(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

function isPlain(value: unknown): value is FactValue {
  return typeof value === 'string' || typeof value === 'boolean' || isFigure(value);
}
