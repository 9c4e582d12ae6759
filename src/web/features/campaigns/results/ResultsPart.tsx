import { kindOf } from '#domain/evaluation/kind.ts';
import { useSearchState } from '#web/shared/address/search-state.ts';
import { useRead } from '#web/shared/call/queries.ts';
import { figureText } from '#web/shared/framework/indicator.words.ts';
import { SelfTotal } from '#web/shared/framework/SelfTotal.tsx';
import { Button } from '#web/shared/kit/action/Button.tsx';
import { Empty } from '#web/shared/kit/feedback/Empty.tsx';
import { Section } from '#web/shared/kit/layout/Page.tsx';
import { type Column, DataTable } from '#web/shared/kit/table/DataTable.tsx';
import { FilterBar, FilterSearch, FilterSelect } from '#web/shared/kit/table/FilterBar.tsx';
import { ListActions } from '#web/shared/kit/table/ListActions.tsx';
import { Missing } from '#web/shared/kit/words/Missing.tsx';
import { StateMark } from '#web/shared/kit/words/StateMark.tsx';
import { campaignSearch } from '../campaign.search.ts';
import type { Campaign, ResultRow } from '../campaign-reply.ts';
import { stepMarks } from '../desk/state-marks.ts';
import { ClaimsSection } from './ClaimsSection.tsx';
import { opinionOf } from './opinion-link.ts';
import { results, resultsWorkbook } from './results-routes.ts';
import { SlopeSection } from './SlopeSection.tsx';
import { TiesSection } from './TiesSection.tsx';

/** 结果: what came of each subject, who stands equal at a quota, and how far self-evaluation and judgement lie apart. */
export function ResultsPart({ campaign }: { campaign: Campaign }) {
  const [search, setSearch] = useSearchState(campaignSearch);
  const { id, kind, title } = campaign;
  const { page, pageSize, sort, search: text, step, conclusion } = search;
  const filter = { campaignId: id, search: text, state: step, conclusion, sort };
  const read = useRead(results, { query: { ...filter, page, pageSize } }, { keepPrevious: true });
  const isNarrowed = text !== undefined || step !== undefined || conclusion !== undefined;
  const clear = () => setSearch({ search: undefined, step: undefined, conclusion: undefined });
  return (
    <>
      <TiesSection campaign={campaign} />
      <Section title="结果" note={read.data && rankNote(read.data)}>
        <FilterBar onClear={isNarrowed ? clear : undefined}>
          <FilterSearch
            value={text}
            placeholder="对象名称或拼音"
            onChange={(next) => setSearch({ search: next }, { replace: true })}
          />
          <FilterSelect
            label="停在"
            value={step}
            options={kindOf(kind).steps.map((one) => ({ value: one.step, label: one.title }))}
            onChange={(next) => setSearch({ step: next })}
          />
          <FilterSelect
            label="已反馈的结论"
            value={conclusion}
            options={(read.data?.conclusions ?? []).map((value) => ({ value, label: value }))}
            onChange={(next) => setSearch({ conclusion: next })}
          />
        </FilterBar>
        <DataTable
          caption={`${title}：结果`}
          columns={columnsOf(read.data?.ranks ?? false)}
          query={read}
          rowKey={({ evaluationId }) => evaluationId}
          href={({ evaluationId }) => opinionOf(evaluationId)}
          state={search}
          onState={setSearch}
          actions={<ListActions route={resultsWorkbook} input={{ query: filter }} />}
          empty={
            isNarrowed ? (
              <Empty title="没有符合条件的对象" action={<Button onClick={clear}>查看全部</Button>} />
            ) : (
              <Empty title="还没有评估对象" />
            )
          }
        />
      </Section>
      <SlopeSection campaign={campaign} />
      <ClaimsSection campaign={campaign} />
    </>
  );
}

/** An office ranks where the framework allows it, and says so where it does not. */
function rankNote({ ranks, ranked, total }: { ranks: boolean; ranked: number; total: number }): string {
  if (!ranks) return '本指标体系不作排名，只列得分和结论';
  return ranked === 0 ? '评定得分定下以后排出名次' : `${ranked} 个对象已有名次，得分相同的名次相同，共 ${total} 个`;
}

const rankColumn: Column<ResultRow> = {
  ...{ key: 'rank', title: '名次', align: 'end', width: '4rem', fact: 3 },
  cell: ({ rank }) => rank ?? <Missing reason="评定得分还没有定" />,
};

function columnsOf(ranks: boolean): ReadonlyArray<Column<ResultRow>> {
  return [
    ...(ranks ? [rankColumn] : []),
    { key: 'name', title: '对象', fact: 1, sort: true, cell: ({ name }) => name },
    { key: 'unit', title: '所在', width: '9rem', cell: ({ unitName }) => unitName },
    {
      ...{ key: 'state', title: '步骤', width: '8rem', sort: true },
      cell: ({ state }) => <StateMark state={stepMarks[state]} />,
    },
    {
      ...{ key: 'self', title: '自评', unit: '分', align: 'end', width: '8rem', sort: true },
      cell: ({ self, selfBetween }) => <SelfTotal total={self} between={selfBetween} reason="自评还没有得分" />,
    },
    {
      ...{ key: 'total', title: '评定', unit: '分', align: 'end', width: '6rem', sort: true, fact: 2 },
      cell: ({ city }) => (city === null ? <Missing reason="还没有评完，或不计分" /> : figureText(city)),
    },
    {
      ...{ key: 'conclusion', title: '已反馈的结论' },
      cell: ({ conclusion }) => conclusion ?? <Missing reason="还没有反馈" />,
    },
  ];
}
