import type { findingImport } from '#contract/rectifications/import.ts';
import { type ComparedRow, rowsImporting } from '#core/imports/rows-importing.act.ts';
import { writeSteps } from '#core/workflow/step.store.ts';
import { signatureOf } from '#domain/access/actor.ts';
import { type FindingSeverity, findingSeverities, findingSeverityTitles } from '#domain/flow/finding.ts';
import { problem } from '#domain/kit/problem.ts';
import { type Day, schoolYearOf } from '#domain/kit/school-year.ts';
import { noticeKind } from '#domain/rectification/notice.ts';
import { importedSource } from '#domain/rectification/state.ts';
import { readDayText } from '#domain/text/day-text.ts';
import { newId } from '#platform/ids/new-id.ts';
import { type Duty, findNamedDuties } from '../duty.store.ts';
import { type FindingContext, factsOf } from '../finding.act.ts';
import { writeMeasures, writeMeasuresDone } from '../finding.detail.store.ts';
import { type FindingHandle, insertFindings, lockFindings, type NewFinding, recordOf } from '../finding.store.ts';
import { listKinds } from '../kind.store.ts';
import { alsoFoundBy } from '../step/duty.act.ts';
import { openerOf } from '../step/enter.act.ts';
import { tell } from '../step/step.act.ts';
import { type KnownFinding, KnownFindings, type LedgerFinding } from './known-finding.plan.ts';
import { findKnownFindings, lockLedgers } from './known-finding.store.ts';

/** A row of a ledger that was kept elsewhere. */
interface LedgerLine {
  readonly title: string;
  /** The name of its kind. */
  readonly kind: string;
  readonly severity: FindingSeverity;
  readonly dutyName: string;
  readonly dutyPerson: string;
  readonly measure: string;
  readonly foundOn: Day;
  /** Whether the row itself names that day. */
  readonly dayNamed: boolean;
  readonly dueOn: Day | null;
  readonly report: string;
  readonly closedOn: Day | null;
  /** Whether the row itself names that day; otherwise it is closed on the day on which it was due. */
  readonly closingNamed: boolean;
  /** What has become of the finding that the row is, where the ledger holds it already. */
  readonly known?: Pick<LedgerFinding, 'id' | 'state' | 'dueOn'>;
}

const longestText = 2000;
const longest = { 问题: 200, 责任人: 40, 整改措施: 1000, 整改情况: longestText } as const;

/** The office's columns in its words; those behind them may be missing. */
export const ledgerColumns = [
  { name: '问题', aliases: ['存在问题', '问题描述', '问题清单'] },
  { name: '责任单位', aliases: ['整改责任单位', '责任学校'] },
  { name: '责任人', aliases: ['整改责任人'], optional: true },
  { name: '整改措施', optional: true },
  { name: '完成时限', aliases: ['整改时限', '完成时间'], optional: true, isDay: true },
  { name: '整改情况', aliases: ['整改落实情况', '整改进展'], optional: true },
  { name: '是否销号', optional: true },
  { name: '销号日期', optional: true, isDay: true },
  { name: '问题类别', aliases: ['类别'], optional: true },
  { name: '严重程度', aliases: ['程度'], optional: true },
  { name: '发现日期', optional: true, isDay: true },
] as const;

const closedWords: ReadonlySet<string> = new Set(['是', '已销号', '已完成', '销号']);
const openWords: ReadonlySet<string> = new Set(['', '否', '未销号', '未完成', '整改中']);

export const ledgerImporting = rowsImporting<typeof findingImport, FindingHandle, LedgerLine>({
  ...{ columns: ledgerColumns, things: 'others', faulty: '不能导入的问题', longestText },

  understand(row) {
    const text = (column: keyof typeof longest) => {
      const typed = row.text(column);
      if (typed.length > longest[column]) row.fault(column, `${column}过长`, `不超过 ${longest[column]} 字`);
      return typed.slice(0, longest[column]);
    };
    const day = (column: '完成时限' | '销号日期' | '发现日期'): Day | null => {
      const typed = row.text(column);
      // The ledger's own workbook marks a day that waits for the calendar of its year.
      const read = typed === '' ? null : readDayText(typed.replace(/（暂定）$/, ''));
      if (typed !== '' && read === null) row.fault(column, `“${typed}”不是日期`, '如 2026-03-31');
      return read;
    };
    const title = text('问题');
    if (title.length < 2) row.fault('问题', '缺少问题', '至少 2 个字');
    const duty = row.text('责任单位');
    if (duty === '') row.fault('责任单位', '缺少责任单位', '单位、科室或学校的全称，或学校标识码');
    const said = row.text('是否销号');
    const closed = closedWords.has(said);
    if (!closed && !openWords.has(said)) row.fault('是否销号', `“${said}”看不出是否销号`, '是、否');
    const severity = findingSeverities.find((one) => findingSeverityTitles[one] === row.text('严重程度'));
    if (row.text('严重程度') !== '' && severity === undefined) {
      row.fault('严重程度', `没有“${row.text('严重程度')}”这一程度`, Object.values(findingSeverityTitles).join('、'));
    }
    const [dueOn, closedOn, foundOn] = [day('完成时限'), day('销号日期'), day('发现日期')];
    if (closed && closedOn === null && dueOn === null) {
      row.fault('销号日期', '已销号的问题缺少销号日期', '填写销号日期，或填写完成时限');
    }
    if (!closed && closedOn !== null) row.fault('是否销号', '填了销号日期，但没有写已销号', '是');
    return {
      ...{
        title,
        kind: row.text('问题类别'),
        severity: severity ?? 'moderate',
        dutyName: duty,
        dutyPerson: text('责任人'),
      },
      ...{ measure: text('整改措施'), foundOn: foundOn ?? '', dayNamed: foundOn !== null },
      ...{ dueOn, report: text('整改情况') },
      ...{ closedOn: closed ? (closedOn ?? dueOn) : null, closingNamed: closedOn !== null },
    };
  },

  async compare(ctx, read) {
    const kinds = await listKinds(ctx.db);
    const duties = await dutiesByName(
      ctx,
      read.map(({ row }) => row.dutyName),
    );
    const known = await findKnown(ctx, read, duties);
    const seen = new KnownFindings();
    const rows = read.map((one): LedgerLine => {
      const named = duties.get(one.row.dutyName) ?? [];
      const [duty] = dutyProblem(ctx, named) === null ? named : [];
      if (!duty) return compared(ctx, one, kinds, duties);
      const dated = { ...one.row, foundOn: foundOn(ctx, one.row) };
      const finding = knownAs(dated, duty);
      const standing = known.find(finding, dated.dayNamed);
      // A ledger is kept on elsewhere and comes again each month: what it holds already bars nothing of what is new.
      if (standing) {
        const { id, state, dueOn } = standing;
        return { ...dated, known: { id, state, dueOn } };
      }
      const line = compared(ctx, one, kinds, duties);
      if (seen.find(finding, line.dayNamed)) one.fault('问题', '与前面的一行是同一问题', '每个问题一行');
      seen.add(finding);
      return line;
    });
    const skipped = rows.filter(isStored).length;
    const again = rows.flatMap((row, index) =>
      row.known?.state === 'closed' && row.closedOn === null && !row.dayNamed ? [read[index]!.row.dutyName] : [],
    );
    const remarks = [
      ...(skipped === 0 ? [] : [skippedWords(skipped, rows.length - skipped)]),
      ...(again.length === 0 ? [] : [againWords(again)]),
    ];
    return { rows, remarks };
  },

  isStored,

  place: ({ unitId }) => ({ placeId: unitId ?? 0, schoolId: null, subject: null }),

  async take(ctx, lines) {
    const opener = openerOf(ctx);
    const kinds = new Map((await listKinds(ctx.db)).map((kind) => [kind.name, kind]));
    const duties = await dutiesByName(
      ctx,
      lines.map(({ dutyName }) => dutyName),
    );
    const lost = lines.filter(({ dutyName }) => dutyProblem(ctx, duties.get(dutyName)) !== null);
    if (lost.length > 0)
      throw problem('finding.importDuties', { names: [...new Set(lost.map((one) => one.dutyName))] });
    const bodyOf = ({ dutyName }: LedgerLine) => duties.get(dutyName)![0]!;
    await lockLedgers(
      ctx.db,
      lines.map((line) => bodyOf(line).placeId),
    );
    const known = await findKnown(
      ctx,
      lines.map((row) => ({ row })),
      duties,
    );
    // Somebody took the same rows between the preview and this.
    if (lines.some((line) => known.find(knownAs(line, bodyOf(line)), line.dayNamed))) throw problem('import.expired');
    const ledgerId = newId();
    const entered: (NewFinding & { readonly line: LedgerLine; readonly type: 'finding' })[] = [];
    for (const [at, line] of lines.entries()) {
      const duty = bodyOf(line);
      const kind = kinds.get(line.kind);
      if (!kind) throw problem('finding.kindUnknown', { kind: line.kind });
      const state = line.closedOn === null ? ('planned' as const) : ('closed' as const);
      const dueOn = line.dueOn ?? line.closedOn;
      entered.push({
        ...{ type: 'finding', placeId: duty.placeId, id: newId(), schoolId: duty.type === 'school' ? duty.id : null },
        ...{ aboutSchoolId: duty.type === 'school' ? duty.id : null, kind: kind.key, title: line.title, body: '' },
        ...{ whereFound: '', severity: line.severity, cause: '', parentId: null, dutyType: duty.type },
        ...{ dutyUnitId: duty.type === 'school' ? null : duty.id, dutyPerson: line.dutyPerson },
        ...{ openedByUnitId: opener.unitId, openedLevel: opener.level, managedBy: duty.managedBy },
        ...{ schoolYear: schoolYearOf(line.foundOn), sourceType: importedSource, sourceId: ledgerId },
        ...{ sourceKey: String(at + 1), sourceLabel: '', foundOn: line.foundOn, line },
        alsoFoundBy: await alsoFoundBy(line.title, duty.name),
        ...{ enteredBy: ctx.actor.userId, enteredByName: signatureOf(ctx.actor), at: ctx.now },
        imported: {
          // A row without a day waits for whoever entered it to send it out; nobody has signed what came before.
          ...(dueOn === null ? { state: 'found', dueOn: null } : { state, dueOn }),
          ...{ report: line.report, noticedOn: state === 'planned' && dueOn !== null ? ctx.today : null },
          ...{ reportedOn: null, checkedOn: null, closedOn: line.closedOn },
        },
      });
    }
    await insertFindings(
      ctx.db,
      entered.map(({ line: _, type: __, ...finding }) => finding),
    );
    for (const finding of entered) {
      if (finding.line.measure.length < 2) continue;
      const { measure, dutyPerson, dueOn, closedOn } = finding.line;
      await writeMeasures(ctx.db, finding, [{ body: measure, responsible: dutyPerson, dueOn }]);
      if (closedOn !== null) await writeMeasuresDone(ctx.db, finding, closedOn);
    }
    await writeSteps(
      ctx.db,
      entered.map((subject) => ({ subject, from: 'found', to: subject.imported!.state })),
      { action: 'imported', actor: ctx.actor, at: ctx.now },
    );
    const open = entered.filter(({ imported }) => imported!.state === 'planned').map(({ id }) => id);
    tell(ctx, noticeKind, await lockFindings(ctx.db, ctx.scope, open, factsOf('notice')), null);
    await ctx.recordAll(
      entered.map((one) => {
        const { title, closedOn } = one.line;
        return recordOf(one, 'imported', { after: { title, state: one.imported!.state, closedOn } });
      }),
    );
    return { entered: entered.length, closed: entered.filter(({ imported }) => imported!.state === 'closed').length };
  },
});

async function dutiesByName(
  ctx: FindingContext,
  names: readonly string[],
): Promise<ReadonlyMap<string, readonly Duty[]>> {
  const found = await findNamedDuties(ctx.db, ctx.scope, [...new Set(names.filter((name) => name !== ''))]);
  const byName = new Map<string, Duty[]>();
  for (const { called, ...duty } of found) byName.set(called, [...(byName.get(called) ?? []), duty]);
  return byName;
}

/** The findings in reach that have the duty body of one of these rows. */
async function findKnown(
  ctx: FindingContext,
  read: readonly { readonly row: LedgerLine }[],
  duties: ReadonlyMap<string, readonly Duty[]>,
): Promise<KnownFindings<LedgerFinding>> {
  const wanted = read.flatMap(({ row }) => duties.get(row.dutyName)?.slice(0, 1) ?? []);
  return new KnownFindings(await findKnownFindings(ctx.db, ctx.scope, wanted));
}

const knownAs = ({ title, foundOn }: LedgerLine, duty: Duty): KnownFinding => ({
  ...{ dutyType: duty.type, dutyId: duty.id, title, foundOn },
});

function isStored({ known }: LedgerLine): boolean {
  return known !== undefined;
}

const skippedWords = (skipped: number, left: number): string =>
  `${skipped} 行已在台账中，跳过，台账中的问题不变；${left === 0 ? '没有新的问题' : `导入其余 ${left} 个`}。同样的问题再次发生的，写明它的发现日期`;

/** A row that is open here and closed in the ledger may be the same finding come again: only its day would tell. */
const againWords = (duties: readonly string[]): string =>
  `其中 ${duties.length} 行文件中没有销号、台账中已销号（${[...new Set(duties)].slice(0, 5).join('、')}），没有录入；再次发生的，写明它的发现日期`;

/** Where the ledger names no day, the finding is of the day on which it was put right, or of today. */
function foundOn({ today }: Pick<FindingContext, 'today'>, { foundOn, closedOn }: LedgerLine): Day {
  if (foundOn !== '') return foundOn;
  return closedOn !== null && closedOn <= today ? closedOn : today;
}

/** Why these bodies of one name cannot have the duty; null where there is just one, and this person may open for it. */
function dutyProblem({ actor }: Pick<FindingContext, 'actor'>, found: readonly Duty[] = []): string | null {
  if (found.length === 0) return '在辖区内找不到';
  if (found.length > 1) return `有 ${found.length} 个同名，请写学校标识码，或在前面加上所在县（市、区）`;
  return found[0]!.type === 'school' && found[0]!.managedBy === 'city' && actor.level === 'county'
    ? '是市直学校，由市级督导机构录入'
    : null;
}

/** The line with the name of its kind and its day, and its faults reported. */
function compared(
  ctx: FindingContext,
  { row, fault }: ComparedRow<LedgerLine>,
  kinds: Awaited<ReturnType<typeof listKinds>>,
  duties: ReadonlyMap<string, readonly Duty[]>,
): LedgerLine {
  const wrong = row.dutyName === '' ? null : dutyProblem(ctx, duties.get(row.dutyName));
  if (wrong !== null) fault('责任单位', `“${row.dutyName}”${wrong}`, '单位、科室或学校的全称，或学校标识码');
  const active = kinds.filter((kind) => kind.active);
  const usual = active.find(({ key }) => key === 'other') ?? active.at(-1);
  const kind = row.kind === '' ? usual : active.find(({ name }) => name === row.kind);
  if (!kind) fault('问题类别', `没有“${row.kind}”这一类别`, active.map(({ name }) => name).join('、'));
  const found = foundOn(ctx, row);
  if (found > ctx.today) fault('发现日期', '发现日期晚于今天', `不晚于 ${ctx.today}`);
  closingFaults(ctx, { row, fault }, found);
  return { ...row, kind: kind?.name ?? row.kind, foundOn: found };
}

function closingFaults(
  { today }: Pick<FindingContext, 'today'>,
  { row: { closedOn, closingNamed }, fault }: ComparedRow<LedgerLine>,
  found: Day,
): void {
  if (closedOn === null) return;
  if (closedOn > today) {
    const assumed = `已销号，但没有销号日期，完成时限 ${closedOn} 又晚于今天：请填写销号日期`;
    fault('销号日期', closingNamed ? '销号日期晚于今天' : assumed, `不晚于 ${today}`);
  } else if (closedOn < found) fault('销号日期', '销号日期早于发现日期', `不早于 ${found}`);
}
