import { Link } from '@tanstack/react-router';
import { schoolYearName } from '#domain/kit/school-year.ts';
import { Empty } from '#web/shared/kit/feedback/Empty.tsx';
import { Loaded } from '#web/shared/kit/feedback/Loaded.tsx';
import { Page } from '#web/shared/kit/layout/Page.tsx';
import { useNarrow } from '#web/shared/page/useNarrow.ts';
import { ReviewFrame } from '#web/shared/review/ReviewFrame.tsx';
import { useReviewWalk } from '#web/shared/review/useReviewWalk.ts';
import { formatNumber } from '#web/shared/words/format.ts';
import { FilingQueue, QueueFilters } from './FilingQueue.tsx';
import { ReviewedFiling } from './ReviewedFiling.tsx';
import { AcceptSet, ApproveRest } from './ReviewRest.tsx';
import { useReviewSet } from './review-set.ts';

/** The review queue: the waiting filings on the left, and on the right one filing as its author saw it. */
export default function FilingReview() {
  const { year, unit, placeName, set, list, total, filtered, search, setSearch } = useReviewSet();
  const narrow = useNarrow();
  const walk = useReviewWalk({
    rows: list.rows,
    more: list.more,
    named: search.filing,
    show: (filing) => setSearch({ filing }, { replace: true }),
  });
  const { current, at, opened, decided } = walk;
  const waits = set.state === 'submitted' ? '待审核' : '待接收';
  return (
    <Page
      wide
      title={`审核${year === null ? '' : ` · ${schoolYearName(year)}`}${placeName ? ` · ${placeName}` : ''}`}
      above={<Link to="/filings">数据填报</Link>}
      state={
        list.first.data &&
        `${filtered ? '符合筛选的' : ''}${waits} ${formatNumber(total)} 份${decided > 0 ? `，本次已办 ${decided} 份` : ''}`
      }
      action={
        !narrow &&
        (set.state === 'submitted' ? (
          <ApproveRest
            rows={list.rows}
            total={total}
            filtered={filtered}
            opened={opened}
            onDone={walk.onDecidedAll}
            onUndone={walk.onUndone}
          />
        ) : (
          <AcceptSet set={set} unit={unit} rows={list.rows} onDone={walk.onDecidedAll} onUndone={walk.onUndone} />
        ))
      }
    >
      <QueueFilters search={search} setSearch={setSearch} />
      <Loaded of={list.first} shape="table">
        {() =>
          current ? (
            <ReviewFrame
              walk={walk}
              listed={list.rows.length}
              total={total}
              queue={<FilingQueue list={list} total={total} current={current} opened={opened} setSearch={setSearch} />}
            >
              <ReviewedFiling
                key={current}
                filingId={current}
                apart={at < 0}
                onDecided={walk.onDecided}
                onUndone={walk.onUndone}
              />
            </ReviewFrame>
          ) : (
            <Empty
              title={decided > 0 ? `本次已办完 ${decided} 份，没有等待办理的填报了` : '没有等待办理的填报'}
              action={<Link to="/filings">查看各校填报进度</Link>}
            >
              <p>{set.state === 'submitted' ? '学校提交后会出现在这里。' : '县级批准后会出现在这里。'}</p>
            </Empty>
          )
        }
      </Loaded>
    </Page>
  );
}
