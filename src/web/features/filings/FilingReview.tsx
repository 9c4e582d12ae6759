import { Link } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import * as filings from '#contract/filings/filings.ts';
import { useDeskContext } from '#web/shared/context.tsx';
import { formatNumber, schoolYearTitle } from '#web/shared/format.ts';
import { Button } from '#web/shared/kit/Button.tsx';
import { Empty } from '#web/shared/kit/Empty.tsx';
import { FilterBar, FilterSelect, FilterToggle } from '#web/shared/kit/FilterBar.tsx';
import { Loaded } from '#web/shared/kit/Loaded.tsx';
import { Page } from '#web/shared/kit/Page.tsx';
import { useReadPages } from '#web/shared/queries.ts';
import { useSearchState } from '#web/shared/search-state.ts';
import { useSession } from '#web/shared/session.tsx';
import { useHotkeys } from '#web/shared/useHotkeys.ts';
import { useNarrow } from '#web/shared/useNarrow.ts';
import style from './FilingReview.module.css';
import { filingReviewSearch } from './filing.search.ts';
import { ReviewedFiling } from './ReviewedFiling.tsx';
import { ReviewQueue } from './ReviewQueue.tsx';
import { AcceptSet, ApproveRest } from './ReviewRest.tsx';

/** The review queue: on the left what waits, on the right one filing as its author saw it. */
export default function FilingReview() {
  const { year, unit } = useDeskContext();
  const { role } = useSession();
  const [search, setSearch] = useSearchState(filingReviewSearch);
  const narrow = useNarrow();
  const city = role.level === 'city';
  const queue = search.queue ?? 'submitted';
  const set = {
    ...(year === null ? {} : { year }),
    ...(unit ? { unitId: unit.id } : {}),
    state: queue,
    // A 市直 school is reviewed by the city, every other one by its county.
    managedBy: city && queue === 'submitted' ? ('city' as const) : ('county' as const),
  };
  const filtered = Boolean(search.doubts || search.changed);
  const list = useReadPages(filings.list, {
    ...set,
    ...(search.doubts ? { doubts: 'true' } : {}),
    ...(search.changed ? { mark: 'changed' } : {}),
    sort: 'submittedAt',
    pageSize: 200,
  });
  const { rows, more } = list;
  const total = list.first.data?.total ?? 0;
  // A filing that the address names is the one that is shown, also where the queue does not hold it.
  const at = search.filing === undefined ? 0 : rows.findIndex((row) => row.id === search.filing);
  const current = search.filing ?? rows[0]?.id;
  const opened = useRef(new Set<string>());
  useEffect(() => {
    if (current) opened.current.add(current);
  }, [current]);
  const [decided, setDecided] = useState(0);

  function open(index: number) {
    const row = rows[index];
    if (row) setSearch({ filing: row.id }, { replace: true });
    if (index >= rows.length - 2) more?.();
  }
  useHotkeys({ j: () => open(at + 1), k: () => open(at - 1) });

  /** What was decided leaves the queue; the next one takes its place. */
  function onDecided() {
    setDecided((count) => count + 1);
    const next = rows[at + 1] ?? rows[at - 1];
    if (at >= rows.length - 2) more?.();
    setSearch({ filing: next?.id }, { replace: true });
  }
  /** Another queue begins with its first filing, not with one that it may not hold. */
  const choose = (patch: Partial<typeof search>) => setSearch({ ...patch, filing: undefined });
  const waiting = queue === 'submitted' ? '待审核' : '待接收';
  return (
    <Page
      wide
      title={`审核${year === null ? '' : ` · ${schoolYearTitle(year)}`}${unit ? ` · ${unit.name}` : ''}`}
      above={<Link to="/filings">数据填报</Link>}
      state={
        list.first.data &&
        `${filtered ? '符合筛选的' : ''}${waiting} ${formatNumber(total)} 份${decided > 0 ? `，本次已办 ${decided} 份` : ''}`
      }
      action={
        !narrow &&
        (queue === 'submitted' ? (
          <ApproveRest rows={rows} total={total} filtered={filtered} opened={opened.current} />
        ) : (
          <AcceptSet set={set} unit={unit} />
        ))
      }
    >
      <FilterBar>
        {city && (
          <FilterSelect
            label="队列"
            value={search.queue}
            all="市直学校待审核"
            options={[{ value: 'approved', label: '县级已批准待接收' }]}
            onChange={(value) => choose({ queue: value })}
          />
        )}
        <FilterToggle label="只看疑点" value={search.doubts} onChange={(doubts) => choose({ doubts })} />
        <FilterToggle label="只看批准后有改动" value={search.changed} onChange={(changed) => choose({ changed })} />
      </FilterBar>
      <Loaded of={list.first} shape="table">
        {() =>
          current ? (
            <div className={style.layout}>
              {narrow ? (
                <nav className={style.walk} aria-label="队列">
                  <Button small disabled={at <= 0} onClick={() => open(at - 1)}>
                    上一份
                  </Button>
                  <span className="tabular">{at < 0 ? '不在队列中' : `第 ${at + 1} / ${formatNumber(total)} 份`}</span>
                  <Button small disabled={at >= rows.length - 1} onClick={() => open(at + 1)}>
                    下一份
                  </Button>
                </nav>
              ) : (
                <ReviewQueue
                  list={list}
                  total={total}
                  current={current}
                  opened={opened.current}
                  onOpen={(id) => setSearch({ filing: id }, { replace: true })}
                />
              )}
              <ReviewedFiling key={current} filingId={current} apart={at < 0} onDecided={onDecided} />
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
