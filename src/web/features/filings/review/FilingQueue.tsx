import type { ReadPages } from '#web/shared/call/queries.ts';
import { FilterBar, FilterSelect, FilterToggle } from '#web/shared/kit/table/FilterBar.tsx';
import { StateMark } from '#web/shared/kit/words/StateMark.tsx';
import { ReviewQueue } from '#web/shared/review/ReviewQueue.tsx';
import { useSession } from '#web/shared/session/session.tsx';
import { filingMarks } from '../desk/state-marks.ts';
import { FurtherMarks } from '../FurtherMarks.tsx';
import { faultWords, stateMark } from '../filing.words.ts';
import { PresentName } from '../SchoolName.tsx';
import type { QueuePage, QueueRow, ReviewSearch, SetReviewSearch } from './review-set.ts';

interface FilingQueueProps {
  list: ReadPages<QueuePage>;
  total: number;
  current: string;
  opened: ReadonlySet<string>;
  setSearch: SetReviewSearch;
}

/** The filings that wait, in the order that was asked for. */
export function FilingQueue({ setSearch, ...queue }: FilingQueueProps) {
  return (
    <ReviewQueue<QueueRow>
      {...queue}
      label="待办理的填报"
      empty="队列中没有等待办理的填报"
      nameOf={(row) => row.school.name}
      factsOf={factsOf}
      onOpen={(filing) => setSearch({ filing }, { replace: true })}
    />
  );
}

function factsOf(row: QueueRow) {
  return [
    <>
      <StateMark state={stateMark(row)} />
      <span>
        {row.filled}/{row.required}
      </span>
      {faultWords(row).map(({ word, tone }) => (
        <span key={tone} data-tone={tone}>
          {word}
        </span>
      ))}
    </>,
    <>
      <span>{row.changedSinceApproval === null ? '未批准过' : `批准后改动 ${row.changedSinceApproval} 项`}</span>
      <span>{row.daysWaiting === null ? '' : row.daysWaiting === 0 ? '今天提交' : `已等 ${row.daysWaiting} 天`}</span>
      <FurtherMarks filing={{ ...row, checked: null }} />
    </>,
    ...(row.school.presentName === null ? [] : [<PresentName key="name" school={row.school} />]),
    ...(row.checked === null ? [] : [<Checked key="checked" checked={row.checked} />]),
  ];
}

/** Who has checked it, and what that person leaves to whoever approves. */
export function Checked({ checked: { by, note } }: { checked: NonNullable<QueueRow['checked']> }) {
  return <StateMark state={filingMarks.checked} text={`${by}已核过${note === null ? '' : `：${note}`}`} />;
}

/** The filters of the queue. Another queue begins with its first filing, because it may not hold the current one. */
export function QueueFilters({ search, setSearch }: { search: ReviewSearch; setSearch: SetReviewSearch }) {
  const { role } = useSession();
  const choose: SetReviewSearch = (patch) => setSearch({ ...patch, filing: undefined });
  return (
    <FilterBar>
      {role.level === 'city' && (
        <FilterSelect
          label="队列"
          value={search.queue}
          all="市直学校待审核"
          options={[{ value: 'approved', label: '县级已批准待接收' }]}
          onChange={(queue) => choose({ queue, checked: undefined })}
        />
      )}
      {search.queue === undefined && (
        <FilterSelect
          label="核过"
          value={search.checked}
          options={[
            { value: 'no', label: '尚未核过' },
            { value: 'yes', label: '已核过' },
          ]}
          onChange={(checked) => choose({ checked })}
        />
      )}
      <FilterSelect
        label="排序"
        value={search.order}
        all="异常的在前"
        options={[{ value: 'submittedAt', label: '先提交的在前' }]}
        onChange={(order) => choose({ order })}
      />
      <FilterToggle label="只看疑点" value={search.doubts} onChange={(doubts) => choose({ doubts })} />
      <FilterToggle label="只看批准后有改动" value={search.changed} onChange={(changed) => choose({ changed })} />
    </FilterBar>
  );
}
