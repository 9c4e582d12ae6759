import { linkOptions } from '@tanstack/react-router';
import type { z } from 'zod';
import { handlers, list, register } from '#contract/official-documents/letters.ts';
import type { RouteOutput } from '#contract/route.ts';
import { letterKindTitles } from '#domain/letter/state.ts';
import { useDeskContext } from '#web/shared/address/context.tsx';
import { narrowingOf, useSearchState } from '#web/shared/address/search-state.ts';
import { useRead } from '#web/shared/call/queries.ts';
import { Button, ButtonLink } from '#web/shared/kit/action/Button.tsx';
import { Empty } from '#web/shared/kit/feedback/Empty.tsx';
import { late, WhenHere } from '#web/shared/kit/late.tsx';
import { Page } from '#web/shared/kit/layout/Page.tsx';
import { type Column, DataTable } from '#web/shared/kit/table/DataTable.tsx';
import { FilterBar, FilterSearch, FilterSelect } from '#web/shared/kit/table/FilterBar.tsx';
import { ListActions } from '#web/shared/kit/table/ListActions.tsx';
import { Missing } from '#web/shared/kit/words/Missing.tsx';
import { StateMark } from '#web/shared/kit/words/StateMark.tsx';
import { useCan } from '#web/shared/session/session.tsx';
import { formatDateTime, formatNumber } from '#web/shared/words/format.ts';
import { letterMarks } from '../desk/state-marks.ts';
import { letterListSearch } from '../letter.search.ts';
import { inOneLine, kindChoices, letterStateChoices, turnTitles } from '../letter.words.ts';

type Letter = RouteOutput<typeof list>['rows'][number];

const drafting = late(() => import('./NewLetter.tsx'));

/** 发文: the letters of the unit, and what its counties have issued, by what waits, state, kind, year and words. */
export default function LetterList() {
  const [search, setSearch] = useSearchState(letterListSearch);
  const { unitId, today } = useDeskContext();
  const [drafts, receives] = [useCan('letter.draft'), useCan('letter.receive')];
  const { drafting: isDrafting, numberYear, ...rest } = search;
  const query = {
    ...rest,
    ...(numberYear === undefined ? {} : { year: numberYear }),
    ...(unitId === null ? {} : { unitId }),
  };
  const known = useRead(handlers, {});
  const read = useRead(list, { query }, { keepPrevious: true });
  const { isNarrowed, clear } = narrowingOf(search, setSearch, ['drafting']);
  const { page: _p, pageSize: _s, ...exported } = query;
  const thisYear = Number(today.slice(0, 4));
  return (
    <Page
      wide
      title="发文"
      state={read.data && `${titleOf(search, isNarrowed)} ${formatNumber(read.data.total)} 份`}
      action={
        <>
          {receives && <ButtonLink to="/letters/received">收文</ButtonLink>}{' '}
          <ButtonLink to="/letters/series">机关代字</ButtonLink>{' '}
          {drafts && (
            <Button kind="primary" onClick={() => setSearch({ drafting: true })}>
              拟公文
            </Button>
          )}
        </>
      }
    >
      <FilterBar onClear={isNarrowed ? clear : undefined}>
        <FilterSearch
          value={search.search}
          placeholder="标题、发文字号或拼音"
          onChange={(text) => setSearch({ search: text }, { replace: true })}
        />
        <FilterSelect
          label="状态"
          value={search.state}
          options={letterStateChoices}
          onChange={(state) => setSearch({ state })}
        />
        <FilterSelect label="种类" value={search.kind} options={kindChoices} onChange={(kind) => setSearch({ kind })} />
        <FilterSelect
          label="年份"
          value={numberYear === undefined ? undefined : String(numberYear)}
          options={[0, 1, 2, 3, 4].map((ago) => ({ value: String(thisYear - ago), label: `${thisYear - ago} 年` }))}
          onChange={(year) => setSearch({ numberYear: year === undefined ? undefined : Number(year) })}
        />
        <FilterSelect
          label="经办人"
          value={search.handler}
          options={[
            { value: 'mine', label: '我经办的' },
            ...(known.data?.rows ?? []).map(({ personId, name }) => ({ value: personId, label: name })),
          ]}
          onChange={(handler) => setSearch({ handler })}
        />
      </FilterBar>
      <DataTable
        caption="发文"
        columns={columns}
        query={read}
        rowKey={(row) => row.id}
        href={({ id }) => linkOptions({ to: '/letters/$letterId', params: { letterId: id } })}
        state={search}
        onState={setSearch}
        actions={<ListActions route={register} input={{ query: exported }} />}
        empty={
          isNarrowed ? (
            <Empty title="没有符合条件的公文" action={<Button onClick={clear}>查看全部公文</Button>} />
          ) : (
            <Empty title="还没有公文">{drafts ? '按“拟公文”选一种模板开始。' : '本单位印发的公文在这里列出。'}</Empty>
          )
        }
      />
      {isDrafting && drafts && (
        <WhenHere late={drafting}>
          {({ NewLetter }) => <NewLetter onClose={() => setSearch({ drafting: undefined }, { replace: true })} />}
        </WhenHere>
      )}
    </Page>
  );
}

function titleOf({ waiting, handler, state }: z.output<typeof letterListSearch>, isNarrowed: boolean): string {
  if (waiting !== undefined) return turnTitles[waiting];
  if (handler === 'mine' && state === undefined) return '经办的公文';
  return isNarrowed ? '符合条件的公文' : '公文';
}

const columns: ReadonlyArray<Column<Letter>> = [
  { key: 'title', title: '标题', fact: 1, sort: true, cell: (row) => inOneLine(row.title) },
  {
    key: 'state',
    title: '状态',
    fact: 2,
    width: '7rem',
    sort: true,
    cell: (row) => <StateMark state={letterMarks[row.state]} />,
  },
  {
    key: 'number',
    title: '发文字号',
    fact: 3,
    width: '12rem',
    sort: true,
    cell: ({ number }) => number ?? <Missing reason="还没有编号" />,
  },
  { key: 'kind', title: '种类', width: '6.5rem', cell: ({ kind }) => letterKindTitles[kind] },
  { key: 'place', title: '发文单位', width: '8rem', cell: (row) => row.placeName },
  {
    key: 'received',
    title: '签收',
    width: '5rem',
    cell: ({ recipients, received, number }) =>
      number === null || recipients === 0 ? (
        <Missing reason={number === null ? '还没有印发' : '没有在平台送达的单位'} />
      ) : (
        `${received} / ${recipients}`
      ),
  },
  {
    key: 'issuedOn',
    title: '印发日期',
    width: '7rem',
    sort: true,
    cell: ({ issuedOn }) => issuedOn ?? <Missing reason="还没有印发" />,
  },
  { key: 'handledBy', title: '经办人', width: '5rem', cell: (row) => row.handledBy ?? row.draftedBy },
  { key: 'updatedAt', title: '最近办理', width: '9.5rem', sort: true, cell: (row) => formatDateTime(row.updatedAt) },
];
