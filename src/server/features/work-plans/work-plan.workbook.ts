import type { z } from 'zod';
import type { FileToMake } from '#contract/route.ts';
import type { knownUnit } from '#contract/work-plans/plans.ts';
import { schoolYearName } from '#domain/kit/school-year.ts';
import { countyReachTitles } from '#domain/work-plan/plan.ts';
import { itemStandingTitles } from '#domain/work-plan/progress.ts';
import { type WorkbookCell, workbookReply } from '#platform/documents/workbook.ts';
import type { PresentedItem } from './item.act.ts';
import type { PlanRow } from './work-plan.store.ts';

interface Column {
  readonly heading: string;
  readonly width: number;
  readonly value: (item: PresentedItem) => string | number | null;
}

const unitsOf = (part: 'responsible' | 'partner') => (item: PresentedItem) =>
  item.units.flatMap((unit) => (unit.part === part ? [unit.written] : [])).join('、') || null;

const columns: readonly Column[] = [
  { heading: '部分', width: 22, value: ({ heading }) => heading },
  { heading: '序号', width: 7, value: ({ number }) => number },
  { heading: '任务', width: 60, value: ({ text }) => text },
  { heading: '牵头', width: 16, value: unitsOf('responsible') },
  { heading: '配合', width: 16, value: unitsOf('partner') },
  { heading: '县（市、区）', width: 24, value: countiesOf },
  { heading: '开始', width: 11, value: ({ fromDay }) => fromDay },
  { heading: '完成期限', width: 11, value: ({ toDay }) => toDay },
  { heading: '状态', width: 10, value: ({ standing }) => itemStandingTitles[standing] },
  { heading: '已完成', width: 8, value: ({ count }) => count?.done ?? null },
  { heading: '应完成', width: 8, value: ({ count }) => count?.total ?? null },
  {
    heading: '进度依据',
    width: 30,
    value: ({ ties }) => ties.map(({ title, year }) => `${title} ${schoolYearName(year)}`).join('；') || null,
  },
  {
    heading: '落实情况',
    width: 50,
    value: ({ notes }) => notes.map(({ day, body, author }) => `${day} ${body}（${author}）`).join('\n') || null,
  },
];

function countiesOf({ countyReach, units, cityManaged }: PresentedItem): string | null {
  const named = units.flatMap(({ part, written }) => (part === 'named' ? [written] : []));
  const reach =
    countyReach === 'all' ? countyReachTitles.all : [...named, ...(countyReach === 'open' ? ['其他'] : [])].join('、');
  return [reach, cityManaged ? '市直学校' : ''].filter(Boolean).join('，') || null;
}

/** The plan with its progress, an item a row. */
export function planFile(
  plan: PlanRow,
  items: readonly PresentedItem[],
  known: readonly z.output<typeof knownUnit>[],
  person: string,
): FileToMake {
  const names = new Map(known.map(({ id, name }) => [id, name]));
  const sheet = {
    name: '工作计划',
    columnWidths: columns.map(({ width }) => width),
    rows: [
      columns.map(({ heading }): WorkbookCell => ({ value: heading, look: 'heading' })),
      ...items.map((item) => columns.map(({ value }): WorkbookCell => ({ value: value(item) }))),
    ],
    frozen: { rows: 1, columns: 3 },
    landscape: true,
  };
  const counted = items.flatMap(({ number, text, ties }) =>
    ties.flatMap(({ title, year, units }) =>
      units.map(({ unitId, done, total, lastDay }) => [
        number,
        text,
        title,
        year,
        names.get(unitId) ?? null,
        done,
        total,
        lastDay,
      ]),
    ),
  );
  const headings = ['序号', '任务', '进度依据', '学年', '单位', '已完成', '应完成', '最近完成日'];
  const byUnit = {
    name: '各单位进度',
    columnWidths: [7, 50, 30, 8, 14, 8, 8, 12],
    rows: [
      headings.map((value): WorkbookCell => ({ value, look: 'heading' })),
      ...counted.map((row) => row.map((value): WorkbookCell => ({ value }))),
    ],
    frozen: { rows: 1, columns: 0 },
    landscape: true,
  };
  return workbookReply(`${plan.title}.xlsx`, counted.length === 0 ? [sheet] : [sheet, byUnit], person);
}
