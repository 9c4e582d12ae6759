import { useMemo } from 'react';
import { ratioText } from '#domain/balance/report/figure-text.ts';
import { useSearchState } from '#web/shared/address/search-state.ts';
import { Button } from '#web/shared/kit/action/Button.tsx';
import { Empty } from '#web/shared/kit/feedback/Empty.tsx';
import { Section } from '#web/shared/kit/layout/Page.tsx';
import { type Column, DataTable } from '#web/shared/kit/table/DataTable.tsx';
import { FilterBar, FilterSearch, FilterSelect } from '#web/shared/kit/table/FilterBar.tsx';
import { saveRows, sortRows } from '#web/shared/kit/table/local-rows.ts';
import { Missing } from '#web/shared/kit/words/Missing.tsx';
import { StateMark } from '#web/shared/kit/words/StateMark.tsx';
import { formatNumber } from '#web/shared/words/format.ts';
import { countySearch } from '../balance.search.ts';
import type { CountyResult, IndicatorResult, LevelResult, SchoolResult } from '../balance.words.ts';
import { SchoolLink } from '../balance-links.tsx';
import { verdictMarks } from '../desk/state-marks.ts';
import style from './ComplianceTable.module.css';

/** The number of rows that a person reads at once; the sort order puts the rows that need a look first. */
const fewest = 25;

const choices = [
  { value: 'failing', label: '不达标' },
  { value: 'one-short', label: '只差一项' },
  { value: 'missing', label: '数据不全' },
] as const;

/** Schools × indicators: ✓ or ✕ with the ratio to the standard; without a school standard the values themselves. */
export function ComplianceTable({ data, level }: { data: CountyResult; level: LevelResult }) {
  const [search, setSearch] = useSearchState(countySearch);
  const judged = data.kind.compliance;
  const columns = useMemo(() => columnsOf(level, judged), [level, judged]);
  const rows = useMemo(() => {
    const shown = level.rows.filter((row) => fits(row, search.only, search.find));
    if (search.sort === undefined) return shown.sort((a, b) => weight(a) - weight(b));
    return sortRows(shown, columns, search.sort);
  }, [level, columns, search.only, search.find, search.sort]);
  const caption = judged ? '学校达标情况' : '各校数值';
  return (
    <Section
      title={judged ? `${level.levelName}学校达标：七项指标与标准之比` : `${level.levelName}各校数值`}
      note={judged ? `至少六项达到标准，余下一项不低于 85%。${counts(level)}` : undefined}
    >
      {!data.ownSchoolOnly && (
        <FilterBar>
          {judged && (
            <FilterSelect label="只看" value={search.only} options={choices} onChange={(only) => setSearch({ only })} />
          )}
          <FilterSearch
            label="学校"
            value={search.find}
            placeholder="名称或标识码"
            onChange={(find) => setSearch({ find }, { replace: true })}
          />
        </FilterBar>
      )}
      <div className={`${style.table} ${judged ? style.judged : ''}`}>
        <DataTable
          caption={caption}
          columns={columns}
          rows={search.all ? rows : rows.slice(0, fewest)}
          total={rows.length}
          rowKey={(row) => row.schoolId}
          state={{ sort: search.sort }}
          onState={({ sort }) => setSearch({ sort })}
          empty={<Empty title="没有符合条件的学校" />}
          actions={
            <>
              {rows.length > fewest && (
                <Button kind="quiet" onClick={() => setSearch({ all: search.all ? undefined : true })}>
                  {search.all ? `只看前 ${fewest} 所` : `显示全部 ${rows.length} 所`}
                </Button>
              )}
              <Button kind="quiet" onClick={() => saveRows(caption, rows, columns)}>
                导出
              </Button>
            </>
          }
        />
      </div>
    </Section>
  );
}

function counts(level: LevelResult): string {
  if (!level.compliance) return '';
  const { judged, passed, oneShort } = level.compliance;
  return `${judged} 所中 ${passed} 所达标${oneShort > 0 ? `，${oneShort} 所只差一项` : ''}`;
}

function fits(row: SchoolResult, only: string | undefined, find: string | undefined): boolean {
  if (find && !row.name.includes(find) && !row.code?.includes(find)) return false;
  if (only === 'failing') return row.pass === false;
  if (only === 'one-short') return row.oneShort;
  if (only === 'missing') return Object.keys(row.reasons).length > 0;
  return true;
}

/** Failing schools first, the furthest from the standard on top; schools without a result yet come last. */
function weight(row: SchoolResult): number {
  if (row.pass === false) return row.minimumRatio ?? 0;
  return row.pass === null ? 100 : 10;
}

function columnsOf(level: LevelResult, judged: boolean): Array<Column<SchoolResult>> {
  const name: Column<SchoolResult> = {
    key: 'name',
    title: '学校',
    sort: true,
    fact: 1,
    sticky: true,
    width: '13rem',
    cell: (row) => <SchoolLink schoolId={row.schoolId}>{row.name}</SchoolLink>,
    value: (row) => row.name,
  };
  const pupils: Column<SchoolResult> = {
    key: 'pupils',
    title: '学生',
    width: '4rem',
    unit: '人',
    sort: true,
    align: 'end',
    cell: (row) => (row.pupils === null ? <Missing reason="未填报" /> : formatNumber(row.pupils)),
    value: (row) => row.pupils,
  };
  const indicators = level.indicators.map(
    (indicator): Column<SchoolResult> => ({
      key: `value:${indicator.key}`,
      title: indicator.shortName,
      sort: true,
      align: 'end',
      hint: `${indicator.name}（${indicator.unit || '比值'}）${indicator.threshold === null ? '' : `，标准 ${indicator.threshold}`}`,
      cell: (row) => <Cell row={row} indicator={indicator} />,
      value: (row) => row.values[indicator.key] ?? null,
    }),
  );
  if (!judged)
    return [name, pupils, ...indicators.map((column, index) => (index < 2 ? { ...column, fact: 2 as const } : column))];
  return [
    name,
    {
      key: 'pass',
      title: '整体',
      fact: 2,
      cell: (row) =>
        row.pass === null ? (
          <StateMark state={verdictMarks.provisional} text="数据不全" />
        ) : (
          <StateMark state={row.pass ? verdictMarks.pass : verdictMarks.fail} />
        ),
      value: ({ pass }) => (pass === null ? '数据不全' : pass ? verdictMarks.pass.word : verdictMarks.fail.word),
    },
    {
      key: 'met',
      title: '达标项',
      width: '4rem',
      sort: true,
      align: 'end',
      fact: 3,
      cell: (row) => <Met row={row} level={level} />,
      value: (row) => row.met,
    },
    {
      key: 'ratio',
      title: '最低',
      width: '4rem',
      hint: '七项中与标准之比最低的一项',
      sort: true,
      align: 'end',
      cell: (row) => (row.minimumRatio === null ? <Missing reason="数据不全" /> : ratioText(row.minimumRatio)),
      value: (row) => row.minimumRatio,
    },
    pupils,
    ...indicators,
  ];
}

const stateWords = { holds: '达到', look: '未达到，不低于 85%', fails: '未达到，低于 85%' };

function Met({ row, level }: { row: SchoolResult; level: LevelResult }) {
  if (row.met === null) return <Missing reason="数据不全" />;
  return `${row.met}/${level.indicators.length}`;
}

function Cell({ row, indicator }: { row: SchoolResult; indicator: IndicatorResult }) {
  const value = row.values[indicator.key];
  if (value === null || value === undefined) return <Missing reason={row.reasons[indicator.key] ?? '未填报'} />;
  const ratio = row.ratios[indicator.key];
  if (ratio === null || ratio === undefined) return formatNumber(value, indicator.decimals);
  const state = row.reached.includes(indicator.key) ? 'holds' : row.nearly.includes(indicator.key) ? 'look' : 'fails';
  return (
    <span className={style[state]} title={`${formatNumber(value, indicator.decimals)} ${indicator.unit}`}>
      <span aria-hidden="true">{state === 'holds' ? '✓' : '✕'}</span>
      <span className="visually-hidden">{stateWords[state]}</span> {ratioText(ratio)}
    </span>
  );
}
