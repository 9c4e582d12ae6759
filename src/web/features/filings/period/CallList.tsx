import { linkOptions } from '@tanstack/react-router';
import * as filings from '#contract/filings/filings.ts';
import type { RouteOutput } from '#contract/route.ts';
import { reminderMailTitles } from '#domain/filing/review/call.ts';
import { schoolYearName } from '#domain/kit/school-year.ts';
import { useDeskContext } from '#web/shared/address/context.tsx';
import { useSearchState } from '#web/shared/address/search-state.ts';
import { useRead } from '#web/shared/call/queries.ts';
import { deliveryLooks } from '#web/shared/delivery/delivery-marks.ts';
import { Button, ButtonLink } from '#web/shared/kit/action/Button.tsx';
import { Download } from '#web/shared/kit/action/Download.tsx';
import { Empty } from '#web/shared/kit/feedback/Empty.tsx';
import { Loaded } from '#web/shared/kit/feedback/Loaded.tsx';
import { Page } from '#web/shared/kit/layout/Page.tsx';
import { type Column, DataTable } from '#web/shared/kit/table/DataTable.tsx';
import { FilterBar } from '#web/shared/kit/table/FilterBar.tsx';
import { Missing } from '#web/shared/kit/words/Missing.tsx';
import { StateMark } from '#web/shared/kit/words/StateMark.tsx';
import { useNarrow } from '#web/shared/page/useNarrow.ts';
import { formatDate, formatDateTime, formatNumber } from '#web/shared/words/format.ts';
import { asQuery, filingCallsSearch } from '../filing.search.ts';
import { FilingFilters } from './FilingFilters.tsx';

type Call = RouteOutput<typeof filings.callList>['rows'][number];

/** 电话催报单: the schools that have not filed and that no mail has reached, to be called one after the other. */
export default function CallList() {
  const { year, unit } = useDeskContext();
  const [search, setSearch] = useSearchState(filingCallsSearch);
  const narrow = useNarrow();
  const { all, ...filter } = search;
  const query = {
    ...(year === null ? {} : { year }),
    ...(unit ? { unitId: unit.id } : {}),
    ...asQuery(filter),
    ...(all ? { all: 'true' } : {}),
  };
  const read = useRead(filings.callList, { query }, { keepPrevious: true });
  const narrowed = Object.values(search).some((value) => value !== undefined);
  const rows = read.data?.rows;
  return (
    <Page
      wide
      title={`电话催报单${year === null ? '' : ` · ${schoolYearName(year)}`}`}
      state={
        read.data &&
        `${formatNumber(read.data.rows.length)} 所；邮件已送到的 ${formatNumber(read.data.reached)} 所${all ? '也列出' : '不列'}`
      }
      action={
        <>
          {rows !== undefined && rows.length > 0 && <Button onClick={() => window.print()}>打印</Button>}
          <ButtonLink to="/filings">数据填报</ButtonLink>
        </>
      }
    >
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
                  all: undefined,
                })
            : undefined
        }
        end={
          <Button onClick={() => setSearch({ all: all ? undefined : true })}>
            {all ? '只列邮件没有送到的' : '也列邮件已送到的'}
          </Button>
        }
      >
        <FilingFilters value={search} onChange={setSearch} brief={narrow} managed={!narrow} />
      </FilterBar>
      <Loaded of={read} shape="table">
        {({ rows: calls }) => (
          <DataTable
            caption="电话催报单"
            columns={columns}
            rows={calls}
            rowKey={(call) => call.filingId}
            href={(call) => linkOptions({ to: '/filings/$filingId', params: { filingId: call.filingId } })}
            empty={<Empty title="没有要打电话的学校">应报的学校都已报送，或催报的邮件已经送到。</Empty>}
            actions={
              <Download route={filings.exportCalls} input={{ query }}>
                导出 Excel
              </Download>
            }
          />
        )}
      </Loaded>
    </Page>
  );
}

const columns: ReadonlyArray<Column<Call>> = [
  {
    key: 'school',
    title: '学校',
    value: ({ school }) => school.name,
    fact: 1,
    cell: ({ school }) => (
      <>
        {school.name}
        <p className="caption">{school.countyName}</p>
      </>
    ),
  },
  {
    key: 'contact',
    title: '联系人',
    value: ({ contact }) => contact?.name ?? null,
    width: '6rem',
    cell: ({ contact }) => contact?.name ?? <Missing reason="学校还没有账户，由系统管理员在“人员”中添加" />,
  },
  {
    key: 'phone',
    title: '电话',
    value: ({ contact }) => contact?.phone ?? null,
    fact: 2,
    width: '9rem',
    cell: ({ contact }) =>
      contact?.phone ? (
        <a href={`tel:${contact.phone}`}>{contact.phone}</a>
      ) : (
        <Missing reason="没有登记电话，由本人在“账户”中登记" />
      ),
  },
  {
    key: 'missing',
    title: '缺项',
    value: ({ filled, required }) => Math.max(0, required - filled),
    align: 'end',
    width: '4rem',
    cell: ({ filled, required }) => formatNumber(Math.max(0, required - filled)),
  },
  {
    key: 'since',
    title: '应报截止',
    value: ({ dueOn }) => dueOn,
    fact: 3,
    width: '11rem',
    cell: ({ dueOn, lateDays }) => `${formatDate(dueOn)}${lateDays > 0 ? `，已逾 ${lateDays} 天` : ''}`,
  },
  {
    key: 'reminded',
    title: '最近催报',
    value: ({ reminded }) => reminded?.at ?? null,
    width: '9rem',
    cell: ({ reminded }) =>
      reminded === null ? (
        <Missing reason="还没有催过" />
      ) : (
        <>
          {formatDateTime(reminded.at)}
          <p className="caption">
            {reminded.by}
            {reminded.readAt !== null && ` · ${formatDateTime(reminded.readAt)} 已阅`}
          </p>
        </>
      ),
  },
  {
    key: 'mail',
    title: '邮件',
    value: ({ reminded }) => (reminded ? reminderMailTitles[reminded.mail] : null),
    width: '7rem',
    cell: ({ reminded }) =>
      reminded === null ? (
        <Missing reason="还没有催过" />
      ) : (
        <>
          {reminded.mail === 'none' ? (
            <Missing reason="学校没有人登记邮箱" />
          ) : (
            <StateMark state={deliveryLooks[reminded.mail]} />
          )}
          {reminded.sentence !== null && reminded.mail !== 'sent' && <p className="caption">{reminded.sentence}</p>}
        </>
      ),
  },
  { key: 'result', title: '通话记录', paper: true, width: '10rem', cell: () => null },
];
