import { Link, Navigate } from '@tanstack/react-router';
import { useEffect, useMemo } from 'react';
import * as filings from '#contract/filings/filings.ts';
import { countyTemplate } from '#contract/filings/import.ts';
import { schoolYearName } from '#domain/kit/school-year.ts';
import { useDeskContext } from '#web/shared/address/context.tsx';
import { useSearchState } from '#web/shared/address/search-state.ts';
import { useRead, useReadPages } from '#web/shared/call/queries.ts';
import { useCanInYear } from '#web/shared/desk/year-of-page.tsx';
import { Button, ButtonLink } from '#web/shared/kit/action/Button.tsx';
import { Download } from '#web/shared/kit/action/Download.tsx';
import { Empty } from '#web/shared/kit/feedback/Empty.tsx';
import { Loaded } from '#web/shared/kit/feedback/Loaded.tsx';
import { Page } from '#web/shared/kit/layout/Page.tsx';
import { FilterBar } from '#web/shared/kit/table/FilterBar.tsx';
import { useNarrow } from '#web/shared/page/useNarrow.ts';
import { useSession } from '#web/shared/session/session.tsx';
import { useEditionOfYear } from '../edition.ts';
import { asQuery, filingGridSearch } from '../filing.search.ts';
import { FilingFilters } from '../period/FilingFilters.tsx';
import { progressSentence, sumOf } from '../period/progress.words.ts';
import style from './FilingGrid.module.css';
import { GridSheet } from './GridSheet.tsx';

/** A phone has no room for a sheet, so the list leads to each school's form there. */
export default function FilingGrid() {
  return useNarrow() ? <Navigate to="/filings" replace /> : <Grid />;
}

function Grid() {
  const { year, unit, placeName } = useDeskContext();
  const [search, setSearch] = useSearchState(filingGridSearch);
  const mayFill = useCanInYear('filing.fill');
  const { role } = useSession();
  const place = useMemo(
    () => ({ ...(year === null ? {} : { year }), ...(unit ? { unitId: unit.id } : {}) }),
    [year, unit],
  );
  const { group: chosen, all, panel, ...narrowing } = search;
  const { read: catalogue, none } = useEditionOfYear();
  const group = chosen ?? catalogue.data?.groups[0];
  const narrowed = { ...place, ...asQuery(narrowing), pageSize: 300 };
  const grid = useReadPages(filings.grid, all || group === undefined ? narrowed : { ...narrowed, group }, {
    // Without a group, the server would send all columns.
    enabled: all === true || group !== undefined || none,
    staleTime: 60_000,
  });
  // A group of columns carries the findings of its own fields; the check needs the findings of all fields and all
  // schools.
  const checking = panel === 'check';
  const checked = useReadPages(filings.grid, narrowed, { enabled: checking, staleTime: 60_000 });
  const checkOn = checking && !checked.failed ? checked.more : null;
  useEffect(() => checkOn?.(), [checkOn]);
  const progress = useRead(filings.progress, { query: place });
  const sum = progress.data && sumOf(progress.data.rows);
  const filtered = Object.values(narrowing).some((value) => value !== undefined);
  return (
    <Page
      wide
      title={`资源数据${year === null ? '' : ` · ${schoolYearName(year)}`}${placeName ? ` · ${placeName}` : ''}`}
      above={<Link to="/filings">数据填报</Link>}
      state={sum && progressSentence(sum)}
      action={
        <>
          {mayFill && <ButtonLink to="/filings/import">导入 Excel</ButtonLink>}
          {mayFill && unit && unit.level !== 'city' && (
            <Download route={countyTemplate} input={{ query: { unitId: unit.id, ...(year === null ? {} : { year }) } }}>
              下载模板
            </Download>
          )}
          <Button kind="primary" onClick={() => setSearch({ panel: 'check' })}>
            检查
          </Button>
        </>
      }
    >
      <FilterBar
        end={
          <fieldset className={style.groups}>
            <legend className="visually-hidden">分组列</legend>
            {(catalogue.data?.groups ?? []).map((name) => (
              <Button
                key={name}
                small
                kind="quiet"
                aria-pressed={!all && name === group}
                onClick={() => setSearch({ group: name, all: undefined })}
              >
                {name}
              </Button>
            ))}
            <Button small kind="quiet" aria-pressed={all ?? false} onClick={() => setSearch({ all: true })}>
              全部列
            </Button>
          </fieldset>
        }
      >
        <FilingFilters value={search} onChange={setSearch} />
      </FilterBar>
      <Loaded of={grid.first} shape="table">
        {({ total }) =>
          grid.rows.length === 0 ? (
            <Empty title="没有符合条件的学校">
              <p>请调整上面的筛选，或在顶部换一个单位。</p>
            </Empty>
          ) : (
            <Loaded of={catalogue} shape="table">
              {(edition) => (
                <GridSheet
                  grid={grid}
                  total={total}
                  catalogue={edition}
                  checked={checked}
                  severalUnits={unit?.level !== 'county' && role.level !== 'school'}
                  unfiltered={filtered ? sum?.owes : undefined}
                  panel={panel ?? 'cell'}
                  onPanel={(next) => setSearch({ panel: next === 'cell' ? undefined : next }, { replace: true })}
                  onGroup={(next) => setSearch({ group: next, all: undefined })}
                />
              )}
            </Loaded>
          )
        }
      </Loaded>
    </Page>
  );
}
