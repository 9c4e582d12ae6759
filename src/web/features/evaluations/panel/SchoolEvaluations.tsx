import { linkOptions } from '@tanstack/react-router';
import { list } from '#contract/evaluations/evaluations.ts';
import type { RouteOutput } from '#contract/route.ts';
import { editionMark } from '#domain/framework/edition/edition-mark.ts';
import { useRead } from '#web/shared/call/queries.ts';
import { figureText } from '#web/shared/framework/indicator.words.ts';
import { Empty } from '#web/shared/kit/feedback/Empty.tsx';
import { Section } from '#web/shared/kit/layout/Page.tsx';
import { type Column, DataTable } from '#web/shared/kit/table/DataTable.tsx';
import { Missing } from '#web/shared/kit/words/Missing.tsx';
import { StateMark } from '#web/shared/kit/words/StateMark.tsx';
import { evaluationMarks } from '../desk/state-marks.ts';

type Evaluation = RouteOutput<typeof list>['rows'][number];

const columns: ReadonlyArray<Column<Evaluation>> = [
  {
    key: 'title',
    title: '项目',
    fact: 1,
    value: ({ title }) => title,
    cell: ({ title, edition }) => (
      <>
        {title}
        <div className="caption">{editionMark(edition)}</div>
      </>
    ),
  },
  {
    key: 'year',
    title: '评估年度',
    width: '6rem',
    value: ({ assessmentYear }) => assessmentYear,
    cell: ({ assessmentYear }) => assessmentYear,
  },
  {
    key: 'state',
    title: '步骤',
    fact: 2,
    width: '9rem',
    value: ({ state }) => evaluationMarks[state].word,
    cell: ({ state }) => <StateMark state={evaluationMarks[state]} />,
  },
  {
    key: 'total',
    title: '评定',
    unit: '分',
    align: 'end',
    width: '6rem',
    value: ({ total }) => (total === null ? null : Number(total)),
    cell: ({ total }) => (total === null ? <Missing reason="还没有反馈" /> : figureText(total)),
  },
  {
    key: 'conclusion',
    title: '结论',
    fact: 3,
    width: '9rem',
    value: ({ conclusion }) => conclusion,
    cell: ({ conclusion }) => conclusion ?? <Missing reason="还没有结论" />,
  },
];

/** For the page of a school: its evaluations, the newest first. */
export default function SchoolEvaluations({ schoolId }: { schoolId: number }) {
  const read = useRead(list, { query: { schoolId, sort: '-due', pageSize: 50 } });
  return (
    <Section title="督导评估">
      <DataTable
        caption="督导评估"
        columns={columns}
        query={read}
        rowKey={({ id }) => id}
        href={({ id }) => linkOptions({ to: '/evaluations/$evaluationId', params: { evaluationId: id } })}
        empty={<Empty title="这所学校还没有督导评估" />}
      />
    </Section>
  );
}
