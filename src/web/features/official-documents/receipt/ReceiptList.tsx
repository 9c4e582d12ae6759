import { linkOptions } from '@tanstack/react-router';
import { receiptRegister, receipts } from '#contract/official-documents/receipts.ts';
import type { RouteOutput } from '#contract/route.ts';
import { senderText } from '#domain/letter/office.ts';
import { letterKindTitles } from '#domain/letter/state.ts';
import { narrowingOf, useSearchState } from '#web/shared/address/search-state.ts';
import { useRead } from '#web/shared/call/queries.ts';
import { Button, ButtonLink } from '#web/shared/kit/action/Button.tsx';
import { Empty } from '#web/shared/kit/feedback/Empty.tsx';
import { Page } from '#web/shared/kit/layout/Page.tsx';
import { type Column, DataTable } from '#web/shared/kit/table/DataTable.tsx';
import { FilterBar, FilterSearch, FilterSelect } from '#web/shared/kit/table/FilterBar.tsx';
import { ListActions } from '#web/shared/kit/table/ListActions.tsx';
import { Missing } from '#web/shared/kit/words/Missing.tsx';
import { StateMark } from '#web/shared/kit/words/StateMark.tsx';
import { useCan } from '#web/shared/session/session.tsx';
import { formatDateTime, formatNumber } from '#web/shared/words/format.ts';
import { letterMarks } from '../desk/state-marks.ts';
import { receiptListSearch } from '../letter.search.ts';
import { inOneLine, kindChoices, receiptStateChoices } from '../letter.words.ts';

type Receipt = RouteOutput<typeof receipts>['rows'][number];

/** 收文: what came to this unit or school, the newest first. */
export default function ReceiptList() {
  const [search, setSearch] = useSearchState(receiptListSearch);
  const reads = useCan('letter.read');
  const read = useRead(receipts, { query: search }, { keepPrevious: true });
  const { isNarrowed, clear } = narrowingOf(search, setSearch);
  const { page: _p, pageSize: _s, ...exported } = search;
  return (
    <Page
      wide
      title="收文"
      state={read.data && `${isNarrowed ? '符合条件的来文' : '来文'} ${formatNumber(read.data.total)} 份`}
      action={reads && <ButtonLink to="/letters">发文</ButtonLink>}
    >
      <FilterBar onClear={isNarrowed ? clear : undefined}>
        <FilterSearch
          value={search.search}
          placeholder="标题、来文字号或拼音"
          onChange={(text) => setSearch({ search: text }, { replace: true })}
        />
        <FilterSelect
          label="状态"
          value={search.state}
          options={receiptStateChoices}
          onChange={(state) => setSearch({ state })}
        />
        <FilterSelect label="种类" value={search.kind} options={kindChoices} onChange={(kind) => setSearch({ kind })} />
      </FilterBar>
      <DataTable
        caption="收文"
        columns={columns}
        query={read}
        rowKey={(row) => row.id}
        href={({ id }) => linkOptions({ to: '/letters/received/$receiptId', params: { receiptId: id } })}
        state={search}
        onState={setSearch}
        actions={<ListActions route={receiptRegister} input={{ query: exported }} />}
        empty={
          isNarrowed ? (
            <Empty title="没有符合条件的来文" action={<Button onClick={clear}>查看全部来文</Button>} />
          ) : (
            <Empty title="还没有来文">上级、下级印发给本单位的公文在这里签收。</Empty>
          )
        }
      />
    </Page>
  );
}

const columns: ReadonlyArray<Column<Receipt>> = [
  { key: 'title', title: '标题', fact: 1, sort: true, cell: (row) => inOneLine(row.title) },
  {
    key: 'state',
    title: '状态',
    fact: 2,
    width: '8rem',
    cell: (row) => <StateMark state={letterMarks[row.state]} />,
  },
  { key: 'number', title: '来文字号', fact: 3, width: '12rem', sort: true, cell: (row) => row.number },
  {
    key: 'sender',
    title: '来文单位',
    cell: ({ sender, writer }) => senderText(sender, writer),
  },
  { key: 'kind', title: '种类', width: '7rem', cell: ({ kind }) => letterKindTitles[kind] },
  { key: 'issuedOn', title: '印发日期', width: '7rem', sort: true, cell: (row) => row.issuedOn },
  {
    key: 'receivedAt',
    title: '签收',
    width: '13rem',
    sort: true,
    cell: ({ receivedAt, receivedBy }) =>
      receivedAt === null ? <Missing reason="还没有签收" /> : `${formatDateTime(receivedAt)} ${receivedBy ?? ''}`,
  },
];
