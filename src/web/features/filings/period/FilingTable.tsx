import { linkOptions } from '@tanstack/react-router';
import { Fragment } from 'react';
import type { z } from 'zod';
import * as filings from '#contract/filings/filings.ts';
import { useRead } from '#web/shared/call/queries.ts';
import { useCanInYear } from '#web/shared/desk/year-of-page.tsx';
import { Button } from '#web/shared/kit/action/Button.tsx';
import { Download } from '#web/shared/kit/action/Download.tsx';
import { Empty } from '#web/shared/kit/feedback/Empty.tsx';
import { Row } from '#web/shared/kit/layout/Row.tsx';
import { type Column, DataTable } from '#web/shared/kit/table/DataTable.tsx';
import { FilterBar } from '#web/shared/kit/table/FilterBar.tsx';
import { StateMark } from '#web/shared/kit/words/StateMark.tsx';
import { useNarrow } from '#web/shared/page/useNarrow.ts';
import { formatDate, formatDateTime, formatNumber } from '#web/shared/words/format.ts';
import { FurtherMarks } from '../FurtherMarks.tsx';
import { asQuery, type filingListSearch, narrowingOf } from '../filing.search.ts';
import { faultWords, stateMark } from '../filing.words.ts';
import { SchoolName } from '../SchoolName.tsx';
import { FilingFilters } from './FilingFilters.tsx';
import style from './FilingTable.module.css';
import { schoolsOf } from './progress.words.ts';
import { useRemind, useRemindable } from './useRemind.ts';

type Search = z.output<typeof filingListSearch>;
type Summary = z.output<typeof filings.filingSummary>;

interface FilingTableProps {
  place: { year?: number; unitId?: number };
  /** The year of `place`, or the present one; undefined while it is not known. */
  year: number | undefined;
  /** The list is of one county, so its name need not stand in every row. */
  isCounty: boolean;
  search: Search;
  setSearch: (patch: { [Key in keyof Search]?: Search[Key] }, options?: { replace?: boolean }) => void;
}

/** Every school of the place with the state of its filing; one act reminds the listed schools that have not filed. */
export function FilingTable({ place, year, isCounty, search, setSearch }: FilingTableProps) {
  const list = useRead(filings.list, { query: { ...place, ...asQuery(search) } }, { keepPrevious: true });
  const mayRemind = useCanInYear('filing.remind');
  const narrow = useNarrow();
  const remind = useRemind();
  const { page: _page, pageSize: _pageSize, sort: _sort, ...shown } = search;
  const narrowed = Object.values(shown).some((value) => value !== undefined);
  const reached = { ...place, ...shown };
  const missing = useRemindable({ ...reached, year }, mayRemind) ?? { units: [], cityManaged: 0 };
  return (
    <>
      <FilterBar
        onClear={
          narrowed
            ? () =>
                setSearch({
                  situation: undefined,
                  mark: undefined,
                  level: undefined,
                  managedBy: undefined,
                  doubts: undefined,
                  search: undefined,
                })
            : undefined
        }
        end={
          year !== undefined && missing.units.length > 0 ? (
            <Button busy={remind.busy} onClick={() => void remind.those({ ...reached, year }, missing)}>
              催报{narrowed && '筛选出的'} {formatNumber(schoolsOf(missing.units))} 所未报学校
            </Button>
          ) : undefined
        }
      >
        <FilingFilters value={search} onChange={setSearch} brief={narrow} managed={!narrow} />
      </FilterBar>
      <DataTable<Summary>
        caption="各校填报状态"
        columns={columns.filter((column) => column.key !== (isCounty ? 'place' : 'updatedAt'))}
        query={list}
        rowKey={(row) => row.id}
        state={search}
        onState={setSearch}
        href={(row) => linkOptions({ to: '/filings/$filingId', params: { filingId: row.id } })}
        empty={
          narrowed ? (
            <Empty title="没有符合条件的填报" />
          ) : (
            <Empty title="这个学年还没有开启填报">
              <p>市级督导干部开启填报周期后，应报学校的名单会在这里列出。</p>
            </Empty>
          )
        }
        actions={
          <Download route={filings.exportScreen} input={{ query: { ...place, ...narrowingOf(search) } }}>
            导出 Excel
          </Download>
        }
      />
    </>
  );
}

const columns: ReadonlyArray<Column<Summary>> = [
  { key: 'name', title: '学校', fact: 1, sort: true, cell: ({ school }) => <SchoolName school={school} /> },
  {
    key: 'place',
    title: '单位',
    cell: (row) => (row.school.managedBy === 'city' ? `市直（${row.school.countyName}）` : row.school.countyName),
  },
  { key: 'type', title: '办学类型', cell: (row) => row.school.schoolTypeName },
  {
    key: 'state',
    title: '状态',
    fact: 2,
    sort: true,
    width: '10rem',
    cell: (row) => (
      <Row inline gap={3}>
        <StateMark state={stateMark(row)} />
        <FurtherMarks filing={row} />
      </Row>
    ),
  },
  {
    key: 'filled',
    title: '完成',
    align: 'end',
    sort: true,
    width: '6rem',
    cell: (row) => `${row.filled}/${row.required}`,
  },
  {
    key: 'findings',
    title: '缺 · 错 · 疑',
    align: 'end',
    sort: true,
    width: '8rem',
    fact: 3,
    cell: (row) => <Findings row={row} />,
  },
  {
    key: 'changed',
    title: '批准后改动',
    align: 'end',
    width: '7rem',
    cell: (row) => (row.changedSinceApproval === null ? '—' : row.changedSinceApproval),
  },
  {
    key: 'deadline',
    title: '期限或等待',
    width: '11.5rem',
    cell: (row) => <span className={style.wait}>{waitWords(row)}</span>,
  },
  {
    key: 'reminders',
    title: '催报',
    align: 'end',
    width: '4rem',
    cell: (row) =>
      row.reminders > 0 ? (
        <span title={row.lastReminderAt ? `最近 ${formatDateTime(row.lastReminderAt)}` : undefined}>
          {row.reminders} 次
        </span>
      ) : (
        '—'
      ),
  },
  {
    key: 'updatedAt',
    title: '更新',
    sort: true,
    width: '7rem',
    cell: (row) => <span title={formatDateTime(row.updatedAt)}>{formatDate(row.updatedAt)}</span>,
  },
];

/** What is missing, what is wrong, and what is doubtful. */
function Findings({ row }: { row: Summary }) {
  const faults = faultWords(row);
  if (faults.length === 0) return <span className="caption">无</span>;
  return faults.map(({ word, tone }, index) => (
    <Fragment key={tone}>
      {index > 0 && ' · '}
      <span data-tone={tone}>{word}</span>
    </Fragment>
  ));
}

/** The deadline of the row, or since when it waits. */
function waitWords(row: Summary): string {
  if (row.released !== null || row.state === 'draft') return row.deadline.phrase;
  if (row.daysWaiting === null) return '—';
  const what = row.state === 'submitted' ? '待审核' : '待接收';
  return row.daysWaiting === 0 ? `今天起${what}` : `${what} ${row.daysWaiting} 天`;
}
