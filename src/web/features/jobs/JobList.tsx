import { abandon, jobState, list, retry } from '#contract/jobs/jobs.ts';
import type { RouteOutput } from '#contract/route.ts';
import { useSearchState } from '#web/shared/address/search-state.ts';
import { useAct, useRead } from '#web/shared/call/queries.ts';
import { Button } from '#web/shared/kit/action/Button.tsx';
import { confirm } from '#web/shared/kit/dialog/question.ts';
import { Empty } from '#web/shared/kit/feedback/Empty.tsx';
import { Page } from '#web/shared/kit/layout/Page.tsx';
import { Row } from '#web/shared/kit/layout/Row.tsx';
import { type Column, DataTable } from '#web/shared/kit/table/DataTable.tsx';
import { FilterBar, FilterSelect } from '#web/shared/kit/table/FilterBar.tsx';
import { Missing } from '#web/shared/kit/words/Missing.tsx';
import { StateMark } from '#web/shared/kit/words/StateMark.tsx';
import { useNarrow } from '#web/shared/page/useNarrow.ts';
import { formatDateTime, formatNumber } from '#web/shared/words/format.ts';
import style from './JobList.module.css';
import { jobLooks, lookOf, reasonOf } from './job.words.ts';
import { jobsSearch } from './jobs.search.ts';

type Job = RouteOutput<typeof list>['rows'][number];

const stateOptions = jobState.options.map((state) => ({ value: state, label: jobLooks[state].word }));

/** Later work that failed or waits, with the two acts on a job whose try failed. */
export default function JobList() {
  const [search, setSearch] = useSearchState(jobsSearch);
  const { job: open, ...query } = search;
  const read = useRead(list, { query }, { keepPrevious: true, refetchInterval: 5_000 });
  const narrow = useNarrow();
  const clear = () => setSearch({ state: undefined });
  return (
    <Page
      title="后台任务"
      wide
      state={
        read.data &&
        `${search.state ? jobLooks[search.state].word : '共'} ${formatNumber(read.data.total)} 项；做成的任务不再列出`
      }
    >
      <FilterBar onClear={search.state ? clear : undefined}>
        <FilterSelect
          label="状态"
          value={search.state}
          options={stateOptions}
          onChange={(state) => setSearch({ state })}
        />
      </FilterBar>
      <DataTable
        caption="后台任务"
        columns={columnsOf(narrow, clear)}
        query={read}
        rowKey={(job) => job.id}
        state={search}
        onState={setSearch}
        onOpen={({ id }) => setSearch({ job: id === open ? undefined : id, page: search.page }, { replace: true })}
        details={(job) => job.id === open && <JobDetails job={job} />}
        empty={
          search.state === undefined ? (
            <Empty title="没有后台任务">没有失败的，也没有等待执行的。</Empty>
          ) : (
            <Empty
              title={`没有${jobLooks[search.state].word}的任务`}
              action={<Button onClick={clear}>查看全部任务</Button>}
            >
              {search.state === 'failed' && '任务失败后列在这里，等您决定再试一次还是放弃。'}
            </Empty>
          )
        }
      />
    </Page>
  );
}

/**
 * On a phone the reason stands with the state, where it is seen without a tap. `onRetry` shows the jobs of every state,
 * so that a job tried again stays in sight.
 */
function columnsOf(narrow: boolean, onRetry: () => void): ReadonlyArray<Column<Job>> {
  const columns: ReadonlyArray<Column<Job>> = [
    { key: 'title', title: '任务', fact: 1, cell: titleOf },
    {
      key: 'state',
      title: '状态',
      fact: 2,
      width: '8rem',
      cell: (job) => (
        <>
          <StateMark state={lookOf(job)} />
          {narrow && reasonOf(job) && <p className="caption">{reasonOf(job)}</p>}
        </>
      ),
    },
    {
      key: 'time',
      title: '时间',
      width: '13rem',
      cell: ({ failedAt, dueAt, state, attempts }) => {
        if (failedAt !== null) return `${formatDateTime(failedAt)} 失败`;
        if (state === 'retrying' && attempts === 0) return '马上执行';
        if (dueAt !== null) return `${formatDateTime(dueAt)} 执行`;
        return '正在执行';
      },
    },
    {
      key: 'attempts',
      title: '已试',
      width: '7rem',
      cell: ({ attempts, tries }) => (tries === null ? `${attempts} 次` : `${attempts} 次，共 ${tries} 次`),
    },
    {
      key: 'error',
      title: '失败原因',
      cell: (job) => reasonOf(job) ?? <Missing reason="没有失败过" />,
    },
    {
      key: 'acts',
      title: '操作',
      fact: 3,
      acts: true,
      width: '11rem',
      cell: (job) => <JobActs job={job} onRetry={onRetry} />,
    },
  ];
  return narrow ? columns.filter(({ key }) => key !== 'error') : columns;
}

function titleOf({ title, name }: Job): string {
  return title ?? `本版本不认识的任务（${name}）`;
}

function JobActs({ job, onRetry }: { job: Job; onRetry: () => void }) {
  const params = { jobId: job.id };
  const retrying = useAct(retry, { done: '任务正在重试，做成后不再列出。', onDone: onRetry });
  const abandoning = useAct(abandon, { done: '任务已放弃。' });
  const giveUp = async () => {
    const yes = await confirm({
      title: `放弃“${titleOf(job)}”？`,
      text: '任务将被删除，它要做的事不会再做，也不能撤销。放弃记入审计。',
      verb: '放弃任务',
      danger: true,
    });
    if (yes) await abandoning.act({ params });
  };
  if (!job.can.retry && !job.can.abandon) return null;
  return (
    <Row>
      {job.can.retry && (
        <Button small busy={retrying.busy} onClick={() => void retrying.act({ params })}>
          再试一次
        </Button>
      )}
      {job.can.abandon && (
        <Button small busy={abandoning.busy} onClick={() => void giveUp()}>
          放弃
        </Button>
      )}
    </Row>
  );
}

function JobDetails({ job }: { job: Job }) {
  return (
    <div className={style.details}>
      <p>
        {formatDateTime(job.askedAt)} 排入，编号 {job.id}，代号 <code>{job.name}</code>
      </p>
      {job.error && (
        <details>
          <summary>技术细节</summary>
          <pre>{job.error.detail}</pre>
        </details>
      )}
    </div>
  );
}
