import type { inspectorImport } from '#contract/inspectors/import.ts';
import { foundByOf } from '#core/directory/initials.ts';
import { type ComparedRow, rowsImporting } from '#core/imports/rows-importing.act.ts';
import { writeSteps } from '#core/workflow/step.store.ts';
import { holds, signatureOf } from '#domain/access/actor.ts';
import {
  birthYears,
  type Degree,
  degrees,
  degreeTitles,
  type InspectorKind,
  type InspectorStage,
  inspectorKinds,
  inspectorKindTitles,
  inspectorStages,
  inspectorStageTitles,
  sexes,
  sexTitles,
} from '#domain/inspection/inspector.ts';
import {
  type EarlierTerm,
  earlierTermsFault,
  mostEarlierTerms,
  readTermsText,
  termEnd,
} from '#domain/inspection/terms.ts';
import { problem } from '#domain/kit/problem.ts';
import type { Day } from '#domain/kit/school-year.ts';
import { readDayText } from '#domain/text/day-text.ts';
import { nameFault } from '#domain/text/name-folding.ts';
import { newId } from '#platform/ids/new-id.ts';
import { type InspectorContext, recordOf, resolveBodies } from '../inspector.act.ts';
import { insertTerm, writeEarlierTerms } from '../inspector.detail.store.ts';
import { type InspectorHandle, insertInspector } from '../inspector.store.ts';
import { inspectorRules } from '../inspector-rules.shape.ts';
import { findKnownInspectors, type KnownInspector, lockRegister, updateImported } from './known-inspector.store.ts';
import { KnownPeople } from './known-people.plan.ts';

/** A row of a register that was kept elsewhere. */
interface RegisterLine {
  readonly name: string;
  readonly kind: InspectorKind;
  readonly sex: (typeof sexes)[number] | null;
  readonly birthYear: number | null;
  readonly employer: string;
  readonly post: string;
  readonly degree: Degree | null;
  readonly professionalTitle: string;
  readonly educationYears: number | null;
  readonly stages: InspectorStage[];
  readonly subjects: string;
  readonly certificateNumber: string | null;
  readonly phone: string;
  readonly from: Day | null;
  readonly to: Day | null;
  readonly documentNumber: string | null;
  /** Terms before the present one, in the order of their days. */
  readonly earlier: EarlierTerm[];
  readonly known?: { readonly id: string };
}

/** How earlier terms are written in one cell. */
export const termsExample = '如 2018-09-01 至 2021-08-31；2021-09-01 至 2024-08-31';

const longestText = 400;
const longest = {
  ...{ 姓名: 40, 工作单位: 100, 职务: 60, 职称: 60, 学科或专长: 200, 督学证号: 40, 联系电话: 20, 聘任文号: 60 },
} as const;

/** The office's columns in its words; those behind the first two may be missing. */
export const registerColumns = [
  { name: '姓名' },
  { name: '类别', aliases: ['督学类别'] },
  { name: '性别', optional: true },
  { name: '出生年份', aliases: ['出生年'], optional: true },
  { name: '工作单位', aliases: ['单位', '所在单位'], optional: true },
  { name: '职务', optional: true },
  { name: '学历', optional: true },
  { name: '职称', optional: true },
  { name: '教育工作年限', aliases: ['教龄'], optional: true },
  { name: '学段', optional: true },
  { name: '学科或专长', aliases: ['学科', '专长'], optional: true },
  { name: '督学证号', aliases: ['证号'], optional: true },
  { name: '联系电话', aliases: ['电话', '手机'], optional: true },
  { name: '任期开始', aliases: ['聘任日期'], optional: true, isDay: true },
  { name: '任期结束', optional: true, isDay: true },
  { name: '聘任文号', aliases: ['文号'], optional: true },
  { name: '以前的任期', aliases: ['历次任期', '前任期'], optional: true },
] as const;

/** The key of a title in a table; null where the cell is empty, undefined where nothing is called so. */
function chosen<Key extends string>(titles: Readonly<Record<Key, string>>, keys: readonly Key[], typed: string) {
  return typed === '' ? null : keys.find((key) => titles[key] === typed);
}

export const registerImporting = rowsImporting<typeof inspectorImport, InspectorHandle, RegisterLine>({
  ...{ columns: registerColumns, things: 'people', faulty: '不能导入的人员', longestText },

  understand(row) {
    const text = (column: keyof typeof longest) => {
      const typed = row.text(column);
      if (typed.length > longest[column]) row.fault(column, `${column}过长`, `不超过 ${longest[column]} 字`);
      return typed.slice(0, longest[column]);
    };
    const day = (column: '任期开始' | '任期结束'): Day | null => {
      const typed = row.text(column);
      const read = typed === '' ? null : readDayText(typed);
      if (typed !== '' && read === null) row.fault(column, `“${typed}”不是日期`, '如 2025-09-01');
      return read;
    };
    const number = (column: '出生年份' | '教育工作年限', [least, most]: readonly [number, number]) => {
      const typed = row.text(column).replace(/年$/, '');
      if (typed === '') return null;
      const read = /^\d{1,4}$/.test(typed) ? Number(typed) : Number.NaN;
      if (read >= least && read <= most) return read;
      row.fault(column, `“${typed}”不是${column}`, `${least} 至 ${most} 的整数`);
      return null;
    };
    const choose = <Key extends string>(
      column: '类别' | '性别' | '学历',
      titles: Readonly<Record<Key, string>>,
      keys: readonly Key[],
    ): Key | null => {
      const found = chosen(titles, keys, row.text(column));
      if (found === undefined)
        row.fault(column, `没有“${row.text(column)}”这一${column}`, Object.values(titles).join('、'));
      return found ?? null;
    };
    const name = text('姓名');
    const wrong = name === '' ? '缺少姓名' : nameFault(name, '姓名');
    if (wrong !== undefined) row.fault('姓名', wrong, null);
    const kind = choose('类别', inspectorKindTitles, inspectorKinds);
    if (kind === null && row.text('类别') === '') {
      row.fault('类别', '缺少类别', Object.values(inspectorKindTitles).join('、'));
    }
    const stages = row
      .text('学段')
      .split(/[、，,;；\s/]+/)
      .filter((one) => one !== '')
      .flatMap((typed) => {
        const found = chosen(inspectorStageTitles, inspectorStages, typed);
        if (!found) row.fault('学段', `没有“${typed}”这一学段`, Object.values(inspectorStageTitles).join('、'));
        return found ? [found] : [];
      });
    const phone = text('联系电话');
    if (!/^[0-9+\-() ]*$/.test(phone)) row.fault('联系电话', `“${phone}”不是电话`, '数字、空格和 + - ( )');
    const [from, to] = [day('任期开始'), day('任期结束')];
    if (to !== null && (from === null || to < from))
      row.fault('任期结束', '任期结束没有或早于任期开始', '不早于任期开始');
    const written = readTermsText(row.text('以前的任期'));
    if ('wrong' in written) row.fault('以前的任期', `“${written.wrong}”不是任期`, termsExample);
    const earlier = 'wrong' in written ? [] : written;
    if (earlier.length > mostEarlierTerms) row.fault('以前的任期', '任期太多', `不超过 ${mostEarlierTerms} 个`);
    const certificate = text('督学证号');
    const documentNumber = text('聘任文号');
    return {
      ...{ name, kind: kind ?? 'responsible', sex: choose('性别', sexTitles, sexes) },
      ...{
        birthYear: number('出生年份', [birthYears.earliest, birthYears.latest]),
        employer: text('工作单位'),
        post: text('职务'),
      },
      ...{ degree: choose('学历', degreeTitles, degrees), professionalTitle: text('职称') },
      ...{
        educationYears: number('教育工作年限', [0, 70]),
        stages: [...new Set(stages)],
        subjects: text('学科或专长'),
      },
      ...{ certificateNumber: certificate === '' ? null : certificate, phone, from, to },
      ...{ documentNumber: documentNumber === '' ? null : documentNumber, earlier },
    };
  },

  async compare(ctx, read) {
    const known = await knownOf(
      ctx,
      read.map(({ row }) => row),
    );
    const standing = new KnownPeople(known);
    const before = new KnownPeople<RegisterLine>([]);
    const appoints = holds(ctx.actor, 'inspector.appoint');
    const own = ctx.actor.name;
    const rows = read.map(({ row, fault }: ComparedRow<RegisterLine>): RegisterLine => {
      const same = standing.same(row);
      if (same) return { ...row, known: { id: same.id } };
      const taken = standing.withCertificate(row);
      if (taken) fault('督学证号', `已由名册中的${taken.name}使用`, '每人一个证号');
      if (before.same(row)) fault('姓名', '与前面的一行是同一人', '每人每类一行');
      else if (before.withCertificate(row)) {
        fault('督学证号', `与前面一行的${before.withCertificate(row)!.name}相同`, '每人一个证号');
      }
      if (row.from !== null && row.from > ctx.today) fault('任期开始', '任期还没有开始', `不晚于 ${ctx.today}`);
      if (row.from !== null && !appoints) fault('任期开始', '在任人员由有聘任权限的岗位导入', '不填，导入后推荐和审核');
      if (row.from !== null && row.name === own) fault('姓名', '在任的本人须由其他人员导入', '由其他人员导入');
      const [last, latest] = [lastDayOf(row), lastDayOf({ ...row, to: null })];
      if (last !== null && latest !== null && last > latest)
        fault('任期结束', '任期超过规定的年限', `不晚于 ${latest}`);
      if (last !== null && last < ctx.today) {
        fault('任期开始', `任期已于 ${last} 届满`, '填入“以前的任期”，重新推荐和聘任；续聘的填写现任期');
      }
      const overlap = earlierTermsFault(row.earlier, row.from, ctx.today);
      if (overlap !== null) fault('以前的任期', overlap, '填写现任期以前的各个任期，互不重叠');
      before.add(row);
      return row;
    });
    const skipped = rows.filter((row) => row.known !== undefined).length;
    const remarks = skipped === 0 ? [] : [`${skipped} 行已在名册中，跳过，名册中的登记不变`];
    return { rows, remarks };
  },

  isStored: ({ known }) => known !== undefined,

  place: ({ unitId }) => ({ placeId: unitId ?? 0, schoolId: null, subject: null }),

  async take(ctx, lines) {
    const placeId = ctx.actor.unitId;
    if (placeId === null) throw problem('access.denied');
    // The right may have gone since the preview.
    ctx.authorize(lines.every(({ from }) => from === null) || holds(ctx.actor, 'inspector.appoint'));
    await lockRegister(ctx.db, placeId);
    const known = new KnownPeople(await knownOf(ctx, lines));
    // Somebody took the same rows, or entered them by hand, between the preview and this.
    if (lines.some((line) => known.same(line) !== undefined || known.withCertificate(line) !== undefined)) {
      throw problem('import.expired');
    }
    const bodies = await resolveBodies(
      ctx,
      lines.map(({ employer }) => ({ written: employer, unitId: null, schoolId: null })),
    );
    const sounds = await foundByOf(lines.map(({ name }) => name));
    const entered = [];
    for (const [at, { from, to, documentNumber, earlier = [], known: _, ...line }] of lines.entries()) {
      const { written, unitId, schoolId } = bodies[at]!;
      const inspector = {
        ...{ ...line, placeId, id: newId(), personId: null, employer: written, employerUnitId: unitId },
        ...{ employerSchoolId: schoolId, publicContact: '', profile: '', recommendedBy: '', statements: {} },
        ...{ alsoFoundBy: sounds[at] ?? '', enteredByName: signatureOf(ctx.actor), at: ctx.now },
      };
      await insertInspector(ctx.db, inspector);
      entered.push({ ...inspector, type: 'inspector' as const, schoolId: null, appointedOn: from });
      await writeEarlierTerms(ctx.db, inspector, earlier);
      if (from === null) continue;
      await insertTerm(ctx.db, inspector, { from, to: lastDayOf({ ...line, from, to }), documentNumber, reason: null });
    }
    await updateImported(ctx.db, placeId, entered);
    for (const state of ['draft', 'serving'] as const) {
      const subjects = entered.filter(({ appointedOn }) => (appointedOn === null) === (state === 'draft'));
      await writeSteps(
        ctx.db,
        subjects.map((subject) => ({ subject, from: 'draft', to: state })),
        { action: 'imported', actor: ctx.actor, at: ctx.now },
      );
    }
    await ctx.recordAll(entered.map((one) => recordOf(one, 'imported')));
    return { entered: entered.length, serving: entered.filter(({ appointedOn }) => appointedOn !== null).length };
  },
});

/** The last day of the term of a row: as written, or by the rules; null where it has none. */
const lastDayOf = ({ kind, from, to }: Pick<RegisterLine, 'kind' | 'from' | 'to'>): Day | null =>
  from === null ? null : (to ?? termEnd(kind, from, inspectorRules));

/** The entries of the own place that these rows may repeat. */
async function knownOf(ctx: InspectorContext, lines: readonly RegisterLine[]): Promise<KnownInspector[]> {
  const certificates = lines.flatMap(({ certificateNumber }) => certificateNumber ?? []);
  const names = lines.map(({ name }) => name);
  return findKnownInspectors(ctx.db, ctx.actor.unitId ?? 0, names, certificates);
}
