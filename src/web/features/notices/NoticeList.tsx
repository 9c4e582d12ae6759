import { Link, type LinkProps } from '@tanstack/react-router';
import { list, read as readNotices } from '#contract/notices/notices.ts';
import type { RouteOutput } from '#contract/route.ts';
import { useSearchState } from '#web/shared/address/search-state.ts';
import { useAct, useRead } from '#web/shared/call/queries.ts';
import { deskWords, here } from '#web/shared/desk/registry.ts';
import { Button, ButtonLink } from '#web/shared/kit/action/Button.tsx';
import { Empty } from '#web/shared/kit/feedback/Empty.tsx';
import { Page } from '#web/shared/kit/layout/Page.tsx';
import { type Column, DataTable } from '#web/shared/kit/table/DataTable.tsx';
import { FilterBar, FilterSelect } from '#web/shared/kit/table/FilterBar.tsx';
import { StateMark } from '#web/shared/kit/words/StateMark.tsx';
import { formatDateTime } from '#web/shared/words/format.ts';
import style from './NoticeList.module.css';
import { noticesSearch } from './notices.search.ts';

type Notice = RouteOutput<typeof list>['rows'][number];

const readOptions = [{ value: 'unread', label: '未读' }] as const;

/** The inbox: what was sent to the person, the post, its place or its school; unread first. */
export default function NoticeList() {
  const [search, setSearch] = useSearchState(noticesSearch);
  const { unread, ...rest } = search;
  const query = { ...rest, ...(unread ? { unread: 'true' } : {}) };
  const read = useRead(list, { query }, { keepPrevious: true });
  const reading = useAct(readNotices);
  const readingAll = useAct(readNotices, { done: ({ read: count }) => `${count} 条消息已标为已读。` });
  const { noticeWords } = here(deskWords);
  const waiting = read.data?.kinds.reduce((sum, one) => sum + one.unread, 0) ?? 0;
  const filtered = unread || search.kind !== undefined;
  const clear = () => setSearch({ unread: undefined, kind: undefined });
  const mark = (notice: Notice) => {
    if (notice.readAt === null) void reading.act({ body: { ids: [notice.id] } });
  };
  return (
    <Page
      title="消息"
      state={read.data && (waiting > 0 ? `${waiting} 条未读` : '没有未读的消息')}
      action={
        <>
          {read.data && waiting > 0 && (
            <Button
              busy={readingAll.busy}
              onClick={() => read.data && void readingAll.act({ body: { until: read.data.asOf } })}
            >
              全部标为已读
            </Button>
          )}
          <ButtonLink to="/notices/mail">邮件提醒</ButtonLink>
        </>
      }
    >
      <FilterBar onClear={filtered ? clear : undefined}>
        <FilterSelect
          label="阅读"
          value={unread ? 'unread' : undefined}
          options={readOptions}
          onChange={(choice) => setSearch({ unread: choice === undefined ? undefined : true })}
        />
        <FilterSelect
          label="类别"
          value={search.kind}
          options={(read.data?.kinds ?? []).map(({ kind }) => ({ value: kind, label: noticeWords[kind] ?? '通知' }))}
          onChange={(kind) => setSearch({ kind })}
        />
      </FilterBar>
      <DataTable
        caption="消息"
        columns={columnsOf(mark)}
        query={read}
        rowKey={(notice) => notice.id}
        state={search}
        onState={setSearch}
        empty={
          filtered ? (
            <Empty title="没有符合条件的消息" action={<Button onClick={clear}>查看全部消息</Button>} />
          ) : (
            <Empty title="没有消息">发给您本人、您的岗位、单位或学校的通知列在这里，保留一年。</Empty>
          )
        }
      />
    </Page>
  );
}

function columnsOf(mark: (notice: Notice) => void): ReadonlyArray<Column<Notice>> {
  return [
    {
      key: 'state',
      title: '状态',
      fact: 2,
      width: '7rem',
      cell: ({ readAt }) =>
        readAt === null ? <StateMark state="attention" text="未读" /> : <StateMark state="valid" text="已读" />,
    },
    { key: 'title', title: '消息', fact: 1, cell: (notice) => <Words notice={notice} onOpen={() => mark(notice)} /> },
    { key: 'by', title: '发送人', fact: 3, width: '9rem', cell: ({ by }) => by },
    { key: 'at', title: '时间', fact: 3, width: '11rem', cell: ({ at }) => formatDateTime(at) },
    {
      key: 'mark',
      title: '操作',
      fact: 3,
      acts: true,
      width: '8rem',
      cell: (notice) =>
        notice.readAt === null && (
          <Button small onClick={() => mark(notice)}>
            标为已读
          </Button>
        ),
    },
  ];
}

/** The title, and the words of the sender below it. */
function Words({ notice, onOpen }: { notice: Notice; onOpen: () => void }) {
  return (
    <div className={style.words}>
      <Title notice={notice} onOpen={onOpen} />
      {notice.note !== null && <p className={style.note}>{notice.note}</p>}
    </div>
  );
}

/** What the notice is about; it leads to the subject where its feature has a page for it. */
function Title({ notice: { kind, subjectType, subjectId, about }, onOpen }: { notice: Notice; onOpen: () => void }) {
  const { noticeWords, noticeLinks, subjectLinks } = here(deskWords);
  const words = [noticeWords[kind] ?? '通知', about].filter(Boolean).join('：');
  const link = (noticeLinks[kind] ?? subjectLinks[subjectType])?.(subjectId);
  if (link === undefined) return words;
  return (
    <Link {...(link as LinkProps)} onClick={onOpen}>
      {words}
    </Link>
  );
}
