import { Link } from '@tanstack/react-router';
import { useEffect, useMemo, useRef, useState } from 'react';
import * as filings from '#contract/filings.ts';
import { useDeskContext } from '#web/shared/context.tsx';
import { formatNumber, schoolYearTitle } from '#web/shared/format.ts';
import { Button } from '#web/shared/kit/Button.tsx';
import { Empty } from '#web/shared/kit/Empty.tsx';
import { FilterBar, FilterSelect, FilterToggle } from '#web/shared/kit/FilterBar.tsx';
import { Loaded } from '#web/shared/kit/Loaded.tsx';
import { Page } from '#web/shared/kit/Page.tsx';
import { useRead } from '#web/shared/queries.ts';
import { useSearchState } from '#web/shared/search-state.ts';
import { useSession } from '#web/shared/session.tsx';
import { useHotkeys } from '#web/shared/useHotkeys.ts';
import { useNarrow } from '#web/shared/useNarrow.ts';
import style from './FilingReview.module.css';
import { filingReviewSearch } from './filing.search.ts';
import { ReviewedFiling } from './ReviewedFiling.tsx';
import { ReviewQueue } from './ReviewQueue.tsx';
import { ReviewRest } from './ReviewRest.tsx';

/** The review queue: on the left what waits, on the right one filing as its author saw it. */
export default function FilingReview() {
  const { year, unit } = useDeskContext();
  const { role } = useSession();
  const [search, setSearch] = useSearchState(filingReviewSearch);
  const narrow = useNarrow();
  const city = role.level === 'city';
  const queue = search.queue ?? 'submitted';
  const query = useMemo(
    () => ({
      ...(year === null ? {} : { year }),
      ...(unit ? { unitId: unit.id } : {}),
      ...(search.doubts ? { doubts: 'true' } : {}),
      state: queue,
      // A 市直 school is reviewed by the city, every other one by its county.
      managedBy: city && queue === 'submitted' ? ('city' as const) : ('county' as const),
      sort: 'submittedAt',
      pageSize: 200,
    }),
    [year, unit, search.doubts, queue, city],
  );
  const list = useRead(filings.list, { query }, { keepPrevious: true });
  const rows = (list.data?.rows ?? []).filter((row) => !search.changed || (row.changedSinceApproval ?? 0) > 0);
  const at = Math.max(
    0,
    rows.findIndex((row) => row.id === search.filing),
  );
  const current = rows[at];
  const opened = useRef(new Set<string>());
  useEffect(() => {
    if (current) opened.current.add(current.id);
  }, [current]);
  const [decided, setDecided] = useState(0);

  function open(index: number) {
    const row = rows[index];
    if (row) setSearch({ filing: row.id }, { replace: true });
  }
  useHotkeys({ j: () => open(at + 1), k: () => open(at - 1) });

  /** What was decided leaves the queue; the next one takes its place. */
  function onDecided() {
    setDecided((count) => count + 1);
    const next = rows[at + 1] ?? rows[at - 1];
    setSearch({ filing: next?.id }, { replace: true });
  }
  const total = list.data?.total ?? 0;
  return (
    <Page
      wide
      title={`审核${year === null ? '' : ` · ${schoolYearTitle(year)}`}${unit ? ` · ${unit.name}` : ''}`}
      above={<Link to="/filings">数据填报</Link>}
      state={
        list.data &&
        `${queue === 'submitted' ? '待审核' : '待接收'} ${formatNumber(total)} 份${decided > 0 ? `，本次已办 ${decided} 份` : ''}`
      }
      action={!narrow && <ReviewRest rows={rows} queue={queue} opened={opened.current} unit={unit} year={year} />}
    >
      <FilterBar>
        {city && (
          <FilterSelect
            label="队列"
            value={queue}
            all="市直待审核"
            options={[
              { value: 'submitted', label: '市直学校待审核' },
              { value: 'approved', label: '县级已批准待接收' },
            ]}
            onChange={(value) => setSearch({ queue: value === 'approved' ? 'approved' : undefined, filing: undefined })}
          />
        )}
        <FilterToggle label="只看疑点" value={search.doubts} onChange={(doubts) => setSearch({ doubts })} />
        <FilterToggle label="只看批准后有改动" value={search.changed} onChange={(changed) => setSearch({ changed })} />
      </FilterBar>
      <Loaded of={list} shape="table">
        {() =>
          current ? (
            <div className={style.layout}>
              {narrow ? (
                <nav className={style.walk} aria-label="队列">
                  <Button small disabled={at === 0} onClick={() => open(at - 1)}>
                    上一份
                  </Button>
                  <span className="tabular">
                    第 {at + 1} / {rows.length} 份
                  </span>
                  <Button small disabled={at === rows.length - 1} onClick={() => open(at + 1)}>
                    下一份
                  </Button>
                </nav>
              ) : (
                <ReviewQueue
                  rows={rows}
                  current={current.id}
                  opened={opened.current}
                  onOpen={(id) => setSearch({ filing: id }, { replace: true })}
                />
              )}
              <ReviewedFiling key={current.id} filingId={current.id} onDecided={onDecided} />
            </div>
          ) : (
            <Empty
              title={decided > 0 ? `本次已办完 ${decided} 份，没有等待办理的填报了` : '没有等待办理的填报'}
              action={<Link to="/filings">查看各校填报进度</Link>}
            >
              <p>{queue === 'submitted' ? '学校提交后会出现在这里。' : '县级批准后会出现在这里。'}</p>
            </Empty>
          )
        }
      </Loaded>
    </Page>
  );
}
