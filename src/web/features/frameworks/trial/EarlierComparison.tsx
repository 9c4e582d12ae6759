import { titleOf } from '#web/shared/framework/indicator.words.ts';
import { Button } from '#web/shared/kit/action/Button.tsx';
import { Empty } from '#web/shared/kit/feedback/Empty.tsx';
import { Facts, Section } from '#web/shared/kit/layout/Page.tsx';
import { Row } from '#web/shared/kit/layout/Row.tsx';
import { DataTable } from '#web/shared/kit/table/DataTable.tsx';
import type { Column } from '#web/shared/kit/table/table-columns.ts';
import { formatDate } from '#web/shared/words/format.ts';
import {
  type ComparedLeaf,
  type Earlier,
  isDropped,
  leafText,
  leftText,
  totalText,
  wayWords,
} from './earlier.words.ts';

interface EarlierComparisonProps {
  earlier: Earlier;
  /** Opens an indicator below. */
  onNode: (code: string) => void;
}

/** What the earlier round came to beside what the draft gives for the same answers, as a whole and at each leaf. */
export function EarlierComparison({ earlier, onNode }: EarlierComparisonProps) {
  const { subjectName, year, title, edition, decidedOn, max, self, city, concluded, leaves, left } = earlier;
  const dropped = leaves.filter(isDropped);
  const before = (total: string | null) => totalText({ total, from: null, to: null }, max.before);
  return (
    <Section
      title={`与上一轮对照：${subjectName} ${year} 年度`}
      note={`${title}，${edition.title}（${edition.edition}）第 ${edition.revision} 版，${formatDate(decidedOn)} 确认`}
    >
      <Facts
        items={[
          ['自评总分', `${before(self.before)} → ${totalText(self.now, max.now)}`],
          ['市级评分', `${before(city.before)} → ${totalText(city.now, max.now)}`],
          ['结论', `${concluded.before ?? '没有结论'} → ${concluded.now ?? '没有结论'}`, 'wide'],
        ]}
      />
      {dropped.length > 0 && (
        <>
          <p>{`草案中有 ${dropped.length} 项没有沿用上一轮的答案和得分，可在下面试填：`}</p>
          <Row>
            {dropped.map((leaf) => (
              <Button key={leaf.code} kind="quiet" small onClick={() => onNode(leaf.code)}>
                {`${leaf.code} ${titleOf(leaf)}（${wayWords[leaf.city.way]}）`}
              </Button>
            ))}
          </Row>
        </>
      )}
      {left.length > 0 && (
        <>
          <p>{`上一轮有 ${left.length} 项在草案中没有对应，不再计分：`}</p>
          <ul>
            {left.map((leaf) => (
              <li key={leaf.code}>{leftText(leaf)}</li>
            ))}
          </ul>
        </>
      )}
      <DataTable<ComparedLeaf>
        caption="各项与上一轮对照"
        columns={columns}
        rows={leaves}
        rowKey={({ code }) => code}
        onOpen={({ code }) => onNode(code)}
        empty={<Empty title="草案没有末级指标" />}
      />
    </Section>
  );
}

const columns: ReadonlyArray<Column<ComparedLeaf>> = [
  {
    ...{ key: 'title', title: '指标', fact: 1 },
    cell: (leaf) => `${leaf.code} ${titleOf(leaf)}`,
    value: (leaf) => `${leaf.code} ${titleOf(leaf)}`,
  },
  {
    ...{ key: 'from', title: '上一轮指标' },
    cell: ({ from }) => (from === null ? '没有对应' : `${from.code} ${titleOf(from)}`),
    value: ({ from }) => from?.code ?? '',
  },
  {
    ...{ key: 'self', title: '自评', width: '10rem' },
    cell: ({ self, max }) => leafText(self, max),
    value: ({ self, max }) => leafText(self, max),
  },
  {
    ...{ key: 'city', title: '市级评分', fact: 2, width: '10rem' },
    cell: ({ city, max }) => leafText(city, max),
    value: ({ city, max }) => leafText(city, max),
  },
  {
    ...{ key: 'way', title: '怎样得来', fact: 3, width: '12rem' },
    cell: ({ city }) => wayWords[city.way],
    value: ({ city }) => wayWords[city.way],
  },
];
