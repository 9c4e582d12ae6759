import type { frameworkImport } from '#contract/frameworks/workbook.ts';
import type { RouteOutput } from '#contract/route.ts';
import { digestOfBytes } from '#core/evidence/digest.ts';
import { FindingGroups } from '#core/imports/finding-groups.ts';
import type { Importing } from '#core/imports/importing.act.ts';
import { readEdition } from '#domain/framework/edition/prepare-edition.ts';
import type { Code, Edition, Subject } from '#domain/framework/edition.ts';
import { methodNames } from '#domain/framework/method.words.ts';
import { carriedJson, readCarried, type VisibleChange } from '#domain/framework/workbook/carried-edition.ts';
import { editionOfOutline } from '#domain/framework/workbook/edition-of-outline.ts';
import { faultTitles, type Grid, type Place, placeText, type WorkbookFault } from '#domain/framework/workbook/grid.ts';
import type { GuessedMethod } from '#domain/framework/workbook/guess-method.ts';
import { readOutline } from '#domain/framework/workbook/outline.ts';
import { canonicalJson } from '#domain/kit/canonical-json.ts';
import { isProblem, problem } from '#domain/kit/problem.ts';
import type { FrameworkIssue } from '#domain/kit/problems/framework.ts';
import { sheetsOfWorkbook } from '#platform/documents/sheet.ts';
import { readLimits, readWorkbook } from '#platform/documents/workbook-read.ts';
import { newId } from '#platform/ids/new-id.ts';
import { inSlices } from '#platform/threads/slices.ts';
import { createDraft } from '../draft.act.ts';
import { judgedDraft, wordsOfEdition } from '../framework.shape.ts';
import { type FrameworkHandle, findCity, findEditionByHash } from '../framework.store.ts';
import { type CellNote, type KeptGrid, keptGrid, markedSheets } from './framework.workbook.ts';

/** What is kept between preview and confirmation. */
interface ImportContent {
  readonly edition: Edition;
  readonly guesses: readonly Code[];
  readonly basedOn: { readonly key: string; readonly revision: number; readonly hash: string } | null;
  readonly grids: readonly KeptGrid[];
  readonly marks: readonly CellNote[];
}

/** What was read of a workbook, whichever way it came. */
interface Understood {
  /** The edition that an exported workbook carries; null for every other. */
  readonly base: Edition | null;
  /** As the workbook has it: of one that was exported with the mark and the key of its edition. */
  readonly edition: Edition | null;
  readonly isCarried: boolean;
  readonly changes: readonly VisibleChange[];
  readonly places: ReadonlyMap<Code, Place>;
  readonly guesses: ReadonlyMap<Code, GuessedMethod>;
  readonly faults: readonly WorkbookFault[];
  readonly notes: readonly string[];
  readonly sheets: RouteOutput<typeof frameworkImport.previewImport>['sheets'];
}

/** Whole texts of a document stand in one cell; none of them may be cut. */
const limits = { ...readLimits, textLength: 12_000 };

/** What a cell may hold; an exported edition carries pieces of the same length. */
const longestText = 2000;

/** A workbook becomes a draft of this city: what offices keep in Excel, and what was exported and changed there. */
export const frameworkImporting: Importing<
  typeof frameworkImport,
  FrameworkHandle,
  readonly Grid[],
  ImportContent,
  undefined,
  undefined
> = {
  longestText,

  async read({ bytes }, reader) {
    const { sheets } = await readWorkbook(bytes, reader, limits);
    return await inSlices(sheetsOfWorkbook(sheets));
  },

  async plan(ctx, grids, { subject }) {
    const city = await findCity(ctx.db);
    const placeId = ctx.actor.unitId;
    ctx.authorize(placeId !== null && city?.id === placeId);
    const read = understood(grids, { subject, city: city!.name, year: ctx.today.slice(0, 4) });
    const { faults, guesses, places, notes, sheets, isCarried } = read;
    if (read.edition === null && faults.length === 0) throw problem('import.empty');
    const hash = read.edition === null ? '' : digestOfBytes(canonicalJson(read.edition));
    const same = read.edition === null ? undefined : await findEditionByHash(ctx.db, hash);
    // A changed workbook keeps the edition from which it was exported as its origin.
    const origin = same ?? (read.base && (await findEditionByHash(ctx.db, digestOfBytes(canonicalJson(read.base)))));
    const edition = read.edition && ownEdition(read.edition, city!.name, isCarried);
    const findings = new FindingGroups(faultTitles);
    for (const fault of faults) {
      const { cause, place, subject: whose, column, value, rule, allowed } = fault;
      findings.add(cause, 'hard', { place: placeText(place), subject: whose, part: column, value, rule, allowed });
    }
    const judged = edition && judgedDraft(edition);
    for (const { code, message } of faults.length > 0 ? [] : (judged?.issues ?? [])) {
      const place = code === null ? undefined : places.get(code);
      const at = place === undefined ? (sheets[0]?.name ?? '') : placeText(place);
      findings.add(
        'later',
        'soft',
        { place: at, subject: code ?? '', part: '', value: null, rule: message, allowed: null },
        '发布前还要补正',
      );
    }
    const inner = new Set(edition?.indicators.map(({ parent }) => parent));
    const indicators = edition?.indicators ?? [];
    return {
      place: { placeId: city!.id, schoolId: null, subject: null },
      content: {
        edition: edition!,
        guesses: [...guesses.keys()],
        basedOn: origin ? { key: origin.key, revision: origin.revision, hash: origin.hash } : null,
        grids: grids.filter(({ hidden }) => !hidden || isCarried).map(keptGrid),
        marks: marksOf(faults, guesses, places),
      },
      stamp: edition === null ? '' : stampOf(edition),
      count: indicators.length,
      findings,
      preview: {
        sheets,
        facts: [
          ['名称', edition?.title ?? ''],
          ['指标', `${indicators.length} 项，其中末级 ${indicators.filter(({ code }) => !inner.has(code)).length} 项`],
          ['满分', edition?.max === null || edition === null ? '没有写' : `${edition.max} 分`],
          ...(guesses.size > 0 ? [['计分方法', `${guesses.size} 项按文字猜测，请逐项核对`] as [string, string]] : []),
        ],
        notes: [...notes],
        changes: {
          ...{ title: edition?.title ?? '', edition: edition?.edition ?? '', key: edition?.key ?? 'own' },
          ...{ hash, isCarried, same: same ? { key: same.key, revision: same.revision, hash: same.hash } : null },
          indicators: indicators.map((one) => ({
            ...{ code: one.code, parent: one.parent, title: one.title ?? '', points: one.points },
            method: inner.has(one.code) ? null : one.method ? methodNames[one.method.kind] : '评审打分',
            guessedFrom: guesses.get(one.code)?.because ?? null,
            place: placeOf(places, one.code),
          })),
          edits: read.changes.map(({ place, code, column, from, to }) => ({
            ...{ place: placeText(place), code, column, from, to },
          })),
        },
      },
    };
  },

  lock: async (_, { edition }) => ({ stamp: stampOf(edition), locked: undefined }),
  overtaken: () => problem('import.expired'),

  async take(ctx, { edition, guesses, basedOn }, { fileName }) {
    const city = await findCity(ctx.db);
    ctx.authorize(city !== undefined && city.id === ctx.actor.unitId);
    const act = { action: 'framework-draft.imported', after: { workbook: fileName } };
    const draft = await createDraft(ctx, { placeId: city!.id, edition, guesses, basedOn }, act);
    return { draftId: draft.id, leaves: draft.leaves };
  },

  mark: async (_, { grids, marks }) => markedSheets(grids, marks),
};

const placeOf = (places: ReadonlyMap<Code, Place>, code: Code) => {
  const place = places.get(code);
  return place === undefined ? '' : placeText(place);
};

interface Surroundings {
  readonly subject: Subject;
  readonly city: string;
  readonly year: string;
}

function understood(grids: readonly Grid[], { subject, city, year }: Surroundings): Understood {
  const json = carriedJson(grids);
  if (json !== undefined) return ofCarried(grids, json);
  const outline = readOutline(grids);
  if (outline.sheets.length === 0) {
    const place = { sheet: grids.find(({ hidden }) => !hidden)?.name ?? '', row: 0, column: 0 };
    const rule = '没有找到指标表的表头';
    const allowed = '一行表头，写明“一级指标”“二级指标”“分值”“评分标准”等列';
    const fault = { cause: 'head' as const, place, subject: '', column: '', value: '', rule, allowed };
    return {
      ...{ base: null, edition: null, isCarried: false, changes: [], places: new Map(), guesses: new Map() },
      ...{ faults: [fault], notes: outline.notes, sheets: [] },
    };
  }
  const title = outline.title === '' ? '未命名的指标体系' : outline.title;
  const key = `own-${newId().replaceAll('-', '').slice(-12)}`;
  const edition = /20\d\d/.exec(title)?.[0] ?? year;
  const head = { key, title, edition: `${edition} 年`, completedBy: city, subject };
  const read = editionOfOutline(outline, head);
  return { ...read, base: null, isCarried: false, changes: [], sheets: [...outline.sheets] };
}

function ofCarried(grids: readonly Grid[], json: string): Understood {
  let base: Edition;
  try {
    base = readEdition(JSON.parse(json));
  } catch (error) {
    if (!isProblem(error) && !(error instanceof SyntaxError)) throw error;
    const place = { sheet: grids.find(({ hidden }) => !hidden)?.name ?? '', row: 0, column: 0 };
    const rule = isProblem(error) ? firstIssue(error.details) : '工作簿所带的版本数据已损坏';
    const fault = { cause: 'head' as const, place, subject: '', column: '', value: '', rule, allowed: '请重新导出' };
    return {
      ...{ base: null, edition: null, isCarried: true, changes: [], places: new Map(), guesses: new Map() },
      ...{ faults: [fault], notes: [], sheets: [] },
    };
  }
  const { edition, changes, places, guesses, faults, rows, sheet } = readCarried(grids, base, wordsOfEdition(base));
  const notes = [
    changes.length === 0
      ? '与导出时的内容完全一致。'
      : `有 ${changes.length} 处与导出时不同，以工作表中所见为准；表中看不到的计分方法、规则和文件沿用导出时的内容。`,
  ];
  const columns = 1;
  return {
    base,
    ...{ edition: faults.some(({ cause }) => cause === 'head') ? null : edition, isCarried: true },
    ...{ changes, places, guesses, faults, notes, sheets: [{ name: sheet, rows, columns }] },
  };
}

function firstIssue(details: unknown): string {
  const [first] = (details as { issues?: readonly FrameworkIssue[] }).issues ?? [];
  return first === undefined ? '工作簿所带的版本数据已损坏' : `工作簿所带的版本数据有误：${first.message}`;
}

/** What comes in is a sample of this city; what came with the product stays as it is, under its own key. */
function ownEdition(edition: Edition, city: string, isCarried: boolean): Edition {
  if (!isCarried) return edition;
  const isOwn = edition.authority === 'sample' && edition.completedBy === city;
  return isOwn ? edition : { ...edition, key: ownKey(edition.key), authority: 'sample', completedBy: city };
}

const ownKey = (key: string) => (key.endsWith('-own') ? key : `${key}-own`);

/** A kept preview is compared with nothing stored: its digest alone says that it is the one that was seen. */
const stampOf = (edition: Edition) => digestOfBytes(canonicalJson(edition));

function marksOf(
  faults: readonly WorkbookFault[],
  guesses: ReadonlyMap<Code, GuessedMethod>,
  places: ReadonlyMap<Code, Place>,
): CellNote[] {
  return [
    ...faults.map(
      ({ place, rule, allowed }): CellNote => ({
        place: placeText(place),
        look: 'error',
        comment: allowed === null ? `${rule}。` : `${rule}。应填：${allowed}`,
      }),
    ),
    ...[...guesses].flatMap(([code, { method, because }]): CellNote[] => {
      const place = places.get(code);
      const comment = `计分方法按文字猜测为“${methodNames[method.kind]}”：${because}`;
      return place === undefined ? [] : [{ place: placeText(place), look: 'doubt', comment }];
    }),
  ];
}
