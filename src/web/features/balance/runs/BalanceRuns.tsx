import { Link, linkOptions, useNavigate } from '@tanstack/react-router';
import type { z } from 'zod';
import * as balance from '#contract/balance/balance.ts';
import { editionText } from '#domain/balance/standard/edition.ts';
import { schoolYearName } from '#domain/kit/school-year.ts';
import { useDeskContext } from '#web/shared/address/context.tsx';
import { useSearchState } from '#web/shared/address/search-state.ts';
import { useRead } from '#web/shared/call/queries.ts';
import { Button } from '#web/shared/kit/action/Button.tsx';
import { Empty } from '#web/shared/kit/feedback/Empty.tsx';
import { Page } from '#web/shared/kit/layout/Page.tsx';
import { type Column, DataTable } from '#web/shared/kit/table/DataTable.tsx';
import { FilterBar, FilterSelect, FilterToggle } from '#web/shared/kit/table/FilterBar.tsx';
import { StateMark } from '#web/shared/kit/words/StateMark.tsx';
import { formatDateTime } from '#web/shared/words/format.ts';
import { runsSearch } from '../balance.search.ts';
import { verdictMarks } from '../desk/state-marks.ts';
import { runsQuery } from './runs-query.ts';

type Run = z.output<typeof balance.runHead>;

/** Every stored run: what was computed, when, by whom; two of one county can be compared. */
export default function BalanceRuns() {
  const { year, years, unit, units, setUnit } = useDeskContext();
  const [search, setSearch] = useSearchState(runsSearch);
  const navigate = useNavigate();
  const standards = useRead(balance.standards, {});
  const { first } = search;
  const runs = useRead(balance.runs, { query: runsQuery(search, { year, unit }) }, { keepPrevious: true });
  const counties = units.filter(({ level }) => level === 'county');
  const choose = (run: Run) => {
    if (first === undefined) setSearch({ first: run.id });
    else
      void navigate({
        to: '/balance/comparison',
        search: (before: object) => ({ ...before, unit: run.countyId, first, second: run.id }),
      });
  };
  const keys = new Map(standards.data?.standards.map(({ key, shortName }) => [key, shortName]));
  const chosen = runs.data?.rows.find((run) => run.id === first);
  return (
    <Page
      title="测算存档"
      above={<Link to="/balance">均衡监测</Link>}
      state={
        first === undefined
          ? '每次测算都连同输入存档，可以重算核对，可以两两比较'
          : `与${chosen ? `${chosen.countyName} ${formatDateTime(chosen.runAt)} 的测算` : '选定的测算'}比较：请选第二次`
      }
      action={
        first !== undefined && (
          <Button kind="quiet" onClick={() => setSearch({ first: undefined })}>
            取消比较
          </Button>
        )
      }
    >
      <FilterBar>
        <FilterSelect
          label="学年"
          all="全部学年"
          value={search.allYears ? undefined : (year ?? undefined)}
          options={years.map(({ schoolYear }) => ({ value: schoolYear, label: schoolYearName(schoolYear) }))}
          onChange={(chosen) => {
            const address = chosen === undefined ? { allYears: true } : { allYears: undefined, year: chosen };
            void navigate({
              to: '.',
              search: ((before: object) => ({ ...before, ...address, page: undefined })) as never,
              resetScroll: false,
            });
          }}
        />
        {counties.length > 1 && (
          <FilterSelect
            label="单位"
            all="全部单位"
            value={unit?.level === 'county' ? unit.id : undefined}
            options={counties.map(({ id, name }) => ({ value: id, label: name }))}
            onChange={(chosen) => setUnit(chosen ?? units[0]!.id)}
          />
        )}
        <FilterSelect
          label="标准"
          value={search.standard}
          options={[...keys].map(([value, label]) => ({ value, label }))}
          onChange={(standard) => setSearch({ standard })}
        />
        <FilterToggle label="只看现行" value={search.current} onChange={(current) => setSearch({ current })} />
      </FilterBar>
      <DataTable
        caption="测算存档"
        columns={columnsOf(first, chosen, choose)}
        query={runs}
        rowKey={(run) => run.id}
        state={search}
        onState={setSearch}
        href={(run) =>
          linkOptions({
            to: '/balance/county',
            search: (before) => ({ ...before, unit: run.countyId, year: run.year, run: run.id }),
          })
        }
        empty={<Empty title="还没有测算存档">县级批准第一份填报后自动测算。</Empty>}
      />
    </Page>
  );
}

function standardOf({ standard }: Run): string {
  return `${standard.shortName}（${editionText(standard.edition)}）`;
}

function columnsOf(first: string | undefined, chosen: Run | undefined, choose: (run: Run) => void): Array<Column<Run>> {
  return [
    {
      key: 'county',
      title: '单位',
      sort: true,
      fact: 1,
      cell: (run) => run.countyName,
      value: (run) => run.countyName,
    },
    { key: 'year', title: '学年', sort: true, cell: (run) => schoolYearName(run.year), value: (run) => run.year },
    {
      key: 'standard',
      title: '标准',
      cell: standardOf,
      value: standardOf,
    },
    {
      key: 'verdict',
      title: '结论',
      fact: 2,
      cell: (run) => <StateMark state={verdictMarks[run.verdict]} text={run.verdictText} />,
      value: (run) => run.verdictText,
    },
    {
      key: 'schools',
      title: '计入',
      unit: '所',
      align: 'end',
      cell: (run) => run.schools,
      value: (run) => run.schools,
    },
    {
      key: 'missing',
      title: '缺报',
      unit: '所',
      align: 'end',
      cell: (run) => run.missing,
      value: (run) => run.missing,
    },
    {
      key: 'runAt',
      title: '测算时间',
      sort: true,
      fact: 3,
      cell: (run) => <span className="tabular">{formatDateTime(run.runAt)}</span>,
      value: (run) => formatDateTime(run.runAt),
    },
    { key: 'runBy', title: '测算人', cell: (run) => run.runBy, value: (run) => run.runBy },
    {
      key: 'current',
      title: '现行',
      align: 'center',
      cell: (run) => (run.current ? '现行' : ''),
      value: (run) => (run.current ? '现行' : ''),
    },
    {
      key: 'compare',
      title: '比较',
      cell: (run) => {
        const possible = first === undefined || (run.id !== first && (!chosen || chosen.countyId === run.countyId));
        return (
          possible && (
            <Button kind="quiet" small onClick={() => choose(run)}>
              {first === undefined ? '比较…' : '与它比较'}
            </Button>
          )
        );
      },
    },
  ];
}
