import { Link } from '@tanstack/react-router';
import { board, halfLives } from '#contract/rectifications/rectifications.ts';
import type { RouteOutput } from '#contract/route.ts';
import { schoolYearName } from '#domain/kit/school-year.ts';
import { useDeskContext } from '#web/shared/address/context.tsx';
import { useRead } from '#web/shared/call/queries.ts';
import { Empty } from '#web/shared/kit/feedback/Empty.tsx';
import { Loaded } from '#web/shared/kit/feedback/Loaded.tsx';
import { Page, Section } from '#web/shared/kit/layout/Page.tsx';
import { type Column, DataTable } from '#web/shared/kit/table/DataTable.tsx';
import { Missing } from '#web/shared/kit/words/Missing.tsx';
import { formatNumber } from '#web/shared/words/format.ts';
import { MonthBars } from './MonthBars.tsx';

type BoardRow = RouteOutput<typeof board>['rows'][number];
type Kind = RouteOutput<typeof halfLives>['kinds'][number];

/** 整改进度: unit by month, and how long the findings of each kind last. */
export default function FindingBoard() {
  const { year, unitId, placeName } = useDeskContext();
  const unit = unitId === null ? {} : { unitId };
  const asked = year ?? new Date().getFullYear();
  const read = useRead(board, { query: { year: asked, ...unit } });
  const lives = useRead(halfLives, { query: unit });
  return (
    <Page
      wide
      title="整改进度"
      above={<Link to="/findings">整改台账</Link>}
      state={`${placeName ?? ''} ${schoolYearName(asked)}发现的问题，逐月的未办结、逾期和销号`}
    >
      <Loaded of={read} shape="table">
        {({ rows, by }) => (
          <DataTable
            caption={by === 'unit' ? '各单位逐月整改' : '各责任主体逐月整改'}
            columns={columnsOf(rows, by === 'unit' ? '单位' : '责任主体')}
            rows={rows}
            rowKey={(row) => row.key}
            empty={<Empty title="所选学年没有问题">所选学年还没有录入或转入的问题。</Empty>}
          />
        )}
      </Loaded>
      <Section title="各类问题多久整改一半" note="从发现到销号的中位天数；未办结的按已历天数计入，少于五个不估计">
        <Loaded of={lives} shape="table">
          {({ kinds }) => (
            <DataTable
              caption="各类问题的中位整改天数"
              columns={kindColumns}
              rows={kinds}
              rowKey={(row) => row.kind}
              empty={<Empty title="台账里还没有问题" />}
            />
          )}
        </Loaded>
      </Section>
    </Page>
  );
}

function columnsOf(rows: readonly BoardRow[], what: string): ReadonlyArray<Column<BoardRow>> {
  const most = Math.max(1, ...rows.flatMap(({ months }) => months.map(({ open }) => open)));
  const last = (row: BoardRow) => row.months.at(-1);
  const sum = (row: BoardRow, of: 'due' | 'closed') => row.months.reduce((total, month) => total + month[of], 0);
  return [
    {
      key: 'name',
      title: what,
      fact: 1,
      value: (row) => row.name,
      cell: ({ name, unitId, schoolId }) => (
        <Link
          to="/findings"
          search={
            schoolId === null
              ? { open: true, ...(unitId === null ? {} : { unit: unitId }) }
              : { open: true, school: schoolId }
          }
        >
          {name}
        </Link>
      ),
    },
    {
      key: 'months',
      title: '各月末未办结（深色为逾期）',
      width: '16rem',
      cell: ({ name, months }) => <MonthBars name={name} months={months} most={most} />,
    },
    {
      key: 'open',
      title: '未办结',
      align: 'end',
      fact: 2,
      value: (row) => last(row)?.open ?? null,
      cell: (row) => formatNumber(last(row)?.open ?? 0),
    },
    {
      key: 'overdue',
      title: '逾期',
      align: 'end',
      fact: 3,
      value: (row) => last(row)?.overdue ?? null,
      cell: (row) => formatNumber(last(row)?.overdue ?? 0),
    },
    {
      key: 'due',
      title: '本学年到期',
      align: 'end',
      value: (row) => sum(row, 'due'),
      cell: (row) => formatNumber(sum(row, 'due')),
    },
    {
      key: 'closed',
      title: '本学年销号',
      align: 'end',
      value: (row) => sum(row, 'closed'),
      cell: (row) => formatNumber(sum(row, 'closed')),
    },
  ];
}

const kindColumns: ReadonlyArray<Column<Kind>> = [
  { key: 'name', title: '类别', fact: 1, value: (row) => row.name, cell: (row) => row.name },
  {
    key: 'days',
    title: '中位天数',
    unit: '天',
    align: 'end',
    fact: 2,
    value: (row) => row.days,
    cell: ({ days, findings }) => days ?? <Missing reason={findings < 5 ? '不足五个问题' : '销号的还不到一半'} />,
  },
  { key: 'findings', title: '问题', align: 'end', fact: 3, value: (row) => row.findings, cell: (row) => row.findings },
  { key: 'closed', title: '已销号', align: 'end', value: (row) => row.closed, cell: (row) => row.closed },
  {
    key: 'imported',
    title: '其中导入',
    align: 'end',
    hint: '由原有台账导入的已销号问题，日期以台账为准',
    value: (row) => row.imported,
    cell: (row) => row.imported,
  },
];
