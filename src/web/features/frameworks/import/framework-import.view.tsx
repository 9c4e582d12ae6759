import type { previewImport } from '#contract/frameworks/workbook.ts';
import type { RouteOutput } from '#contract/route.ts';
import { pointsText } from '#web/shared/framework/indicator.words.ts';
import type { ImportView } from '#web/shared/import/import-view.ts';
import { Band } from '#web/shared/kit/feedback/Band.tsx';
import { Stack } from '#web/shared/kit/layout/Stack.tsx';
import { type Column, DataTable } from '#web/shared/kit/table/DataTable.tsx';
import { Missing } from '#web/shared/kit/words/Missing.tsx';

type Preview = RouteOutput<typeof previewImport>;
type Line = Preview['changes']['indicators'][number];
type Edit = Preview['changes']['edits'][number];

const columns: ReadonlyArray<Column<Line>> = [
  { key: 'code', title: '编号', fact: 2, width: '6rem', cell: ({ code }) => code },
  { key: 'title', title: '指标', fact: 1, cell: ({ title }) => title || <Missing reason="名称未见" /> },
  { key: 'parent', title: '上级', width: '6rem', cell: ({ parent }) => parent ?? '—' },
  {
    key: 'points',
    title: '分值',
    width: '6rem',
    cell: ({ points }) => pointsText(points) ?? <Missing reason="分值未见" />,
  },
  {
    key: 'method',
    title: '计分方法',
    fact: 3,
    width: '20rem',
    cell: ({ method, guessedFrom }) =>
      method === null ? '由下级合成' : guessedFrom === null ? method : `猜测：${method}（“${guessedFrom}”）`,
  },
  { key: 'place', title: '单元格', width: '10rem', cell: ({ place }) => place },
];

const editColumns: ReadonlyArray<Column<Edit>> = [
  { key: 'place', title: '单元格', fact: 2, width: '10rem', cell: ({ place }) => place },
  { key: 'code', title: '指标', fact: 1, width: '6rem', cell: ({ code }) => code },
  { key: 'column', title: '列', width: '8rem', cell: ({ column }) => column },
  { key: 'from', title: '导出时', cell: ({ from }) => from || '（空）' },
  { key: 'to', title: '现在', fact: 3, cell: ({ to }) => to || '（空）' },
];

/** What was understood of a workbook: its indicators with every guess, and what was changed since it was exported. */
export function frameworkImportView({ changes }: Preview): ImportView {
  const { indicators, edits, isCarried, same, hash } = changes;
  const guessed = indicators.filter(({ guessedFrom }) => guessedFrom !== null).length;
  return {
    changes: indicators.length > 0 && (
      <Stack>
        {same && (
          <Band tone="plain" label="与已发布的版本一致">
            内容与已发布的版本“{same.key}”第 {same.revision} 版完全一致，校验码 {hash.slice(0, 16)}。
          </Band>
        )}
        {guessed > 0 && (
          <Band tone="look" label="猜测的计分方法">
            有 {guessed} 项的计分方法是按评分标准的文字猜测的，写成草稿后逐项标明，请核对。
          </Band>
        )}
        {edits.length > 0 && (
          <DataTable<Edit>
            caption="导出以后改过的单元格"
            columns={editColumns}
            rows={edits}
            rowKey={({ place, column }) => `${place} ${column}`}
          />
        )}
        <DataTable<Line> caption="读出的指标" columns={columns} rows={indicators} rowKey={({ code }) => code} />
      </Stack>
    ),
    words: { subject: '指标', part: '列' },
    softNote: '可以写成草稿，发布前补正',
    take: {
      verb: `写成草稿，${indicators.length} 项指标`,
      sentence: `写成本市的草稿“${changes.title}”（${changes.edition}）${isCarried ? '，沿用导出时所带的计分方法、规则和文件' : ''}；发布以前不影响任何评估。`,
      nothing: '工作簿中没有读出指标。',
    },
  };
}
