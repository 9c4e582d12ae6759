import { halfWidth } from '../../kit/half-width.ts';
import { type Grid, mergeAt, seenText } from './grid.ts';

/** What a column of an office's table of indicators holds. `left`: scores and numbering, which are not read. */
export type ColumnKind =
  | 'level'
  | 'code'
  | 'points'
  | 'weight'
  | 'text'
  | 'threshold'
  | 'scoring'
  | 'evidence'
  | 'responsible'
  | 'basis'
  | 'unit'
  | 'note'
  | 'left';

export interface TableColumn {
  readonly column: number;
  readonly heading: string;
  readonly kind: ColumnKind;
  /** Of `level` and `points`: the level from zero; of points null where one column serves all levels. */
  readonly level: number | null;
}

/** The head of a table of indicators and where its rows begin. */
export interface TableHead {
  readonly row: number;
  readonly firstRow: number;
  readonly columns: readonly TableColumn[];
}

/** Headings as offices write them, without blanks, brackets and what stands in brackets. */
const kinds: ReadonlyArray<readonly [RegExp, ColumnKind | 'item' | 'content']> = [
  [/^(指标)?(编号|代码|编码)$/, 'code'],
  [/^(序号|序|no\.?|项次)$/i, 'left'],
  [
    /^(自评|自查|自测|县评|县级|市评|市级|省评|省级|复评|考评|核查|评估|评定|评审|考核|实际|最后|最终|专家)*(得分|实得分|打分|评分|扣分|扣分原因|扣分情况|情况)$/,
    'left',
  ],
  [/^(标准|指标|基本|评估|考核)?(分值|分数|满分|满分值|配分|赋分|赋分值)$|^标准分$|^权重分$/, 'points'],
  [/^(指标)?权重$/, 'weight'],
  [/^(评分|计分|打分|赋分|扣分|给分|考核|评价|评估|得分)(标准|办法|细则|方法|依据)(及办法|和办法)?$/, 'scoring'],
  [/佐证|证明材料|支撑材料|备查材料|查阅资料|查看资料|材料清单|档案材料/, 'evidence'],
  [/^(责任|牵头|负责|主责|完成)(单位|部门|科室|人)$/, 'responsible'],
  [/^(政策|文件|法规)?依据$/, 'basis'],
  [/^(达标|基本|目标|指标)?(标准|标准值|目标值|指标值|达标值|达标要求)$/, 'threshold'],
  [/^(计量)?单位$/, 'unit'],
  [/^(备注|说明|注)$/, 'note'],
  [/^([一二三四五六七八九十]+|[a-h])级(评估|考核)?(指标|项目|内容)?$|^(一|二|三|四|五|六)级指标/i, 'level'],
  [/^(主要)?(观测点|评估要点|评价要点|考核要点|指标要点|检查要点|督导要点|评估点)$/, 'level'],
  [/^(评估|考核|评价|检查|督导)?(项目|指标|类别|模块|维度|板块)(名称)?$/, 'item'],
  [/^(评估|考核|评价|检查|督导|指标)?(内容|内涵|要求|说明)$/, 'content'],
];

/** A heading as it is compared: half width, without blanks and without what stands in brackets. */
export function plainHeading(text: string): string {
  return halfWidth(text)
    .replace(/\s/g, '')
    .replace(/[([［【].*?[)\]］】]/g, '');
}

const kindOf = (heading: string) => kinds.find(([pattern]) => pattern.test(plainHeading(heading)))?.[1];

/** How far below the top of a sheet a head may stand: titles, notes and dates of documents stand above it. */
const highest = 40;

/**
 * The head of a table of indicators: the row among the first forty with the most known headings, one of a level among
 * them, and the columns that it names. Undefined where the sheet has none.
 */
export function findHead(grid: Grid): TableHead | undefined {
  let best: TableHead | undefined;
  for (let row = 0; row < Math.min(grid.rows.length, highest); row += 1) {
    const columns = columnsOf(headingsOf(grid, row));
    if (columns !== undefined && columns.length > (best?.columns.length ?? 0)) {
      const last = Math.max(
        row,
        ...grid.merges.filter(({ top, bottom }) => top <= row && row <= bottom).map((one) => one.bottom),
      );
      best = { row, firstRow: last + 1, columns };
    }
  }
  return best;
}

/** Whether a later row of the table is a head again: it names at least three columns, or all of a small one. */
export function isHeadAgain(grid: Grid, row: number, head: TableHead): boolean {
  const known = head.columns.filter(
    ({ column, heading }) => plainHeading(seenText(grid, row, column)) === plainHeading(heading),
  );
  const own = columnsOf(headingsOf(grid, row));
  return known.length >= Math.min(3, head.columns.length) || (own !== undefined && own.length >= 3);
}

/** The heading of each column in a row; where a heading is merged downwards, that of the cells below it too. */
function headingsOf(grid: Grid, row: number): ReadonlyArray<readonly [column: number, heading: string]> {
  const width = Math.max(0, ...grid.rows.slice(Math.max(0, row - 2), row + 1).map((cells) => cells?.length ?? 0));
  return Array.from({ length: width }, (_, column) => {
    const own = seenText(grid, row, column);
    if (own !== '') return [column, own] as const;
    const merge = mergeAt(grid, row, column);
    const above = merge !== undefined && merge.left === column && merge.left === merge.right && row - merge.top <= 2;
    return [column, above ? seenText(grid, merge.top, column) : ''] as const;
  }).filter(([, heading]) => heading !== '');
}

function columnsOf(headings: ReadonlyArray<readonly [number, string]>): TableColumn[] | undefined {
  const known = headings.flatMap(([column, heading]) => {
    const kind = kindOf(heading);
    return kind === undefined ? [] : [{ column, heading, kind }];
  });
  const hasLevels = known.some(({ kind }) => kind === 'level');
  // Where the levels have names of their own, “内容” says what an indicator asks; else it is the last level.
  let contents = 0;
  const settled = known.map(({ kind, ...rest }) => {
    if (kind === 'item') return { ...rest, kind: 'level' as const };
    if (kind !== 'content') return { ...rest, kind };
    contents += 1;
    return { ...rest, kind: hasLevels || contents > 1 ? ('text' as const) : ('level' as const) };
  });
  const levels = settled.filter(({ kind }) => kind === 'level');
  const useful = settled.filter(({ kind }) => kind !== 'left');
  if (levels.length === 0 || useful.length < 2) return undefined;
  const several = settled.filter(({ kind }) => kind === 'points').length > 1;
  return settled.map(({ column, heading, kind }): TableColumn => {
    const before = levels.filter((level) => level.column <= column).length - 1;
    const level = kind === 'level' ? before : kind === 'points' && several ? Math.max(0, before) : null;
    return { column, heading, kind, level };
  });
}
