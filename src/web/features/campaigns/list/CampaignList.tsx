import { linkOptions } from '@tanstack/react-router';
import { list, workbook } from '#contract/campaigns/campaigns.ts';
import type { RouteOutput } from '#contract/route.ts';
import { evaluationKindTitles } from '#domain/evaluation/kind.ts';
import { useDeskContext } from '#web/shared/address/context.tsx';
import { narrowingOf, useSearchState } from '#web/shared/address/search-state.ts';
import { useRead } from '#web/shared/call/queries.ts';
import { Button, ButtonLink } from '#web/shared/kit/action/Button.tsx';
import { Empty } from '#web/shared/kit/feedback/Empty.tsx';
import { Page } from '#web/shared/kit/layout/Page.tsx';
import { Row } from '#web/shared/kit/layout/Row.tsx';
import { type Column, DataTable } from '#web/shared/kit/table/DataTable.tsx';
import { FilterBar, FilterSelect, FilterToggle } from '#web/shared/kit/table/FilterBar.tsx';
import { KindFilters } from '#web/shared/kit/table/KindFilters.tsx';
import { ListActions } from '#web/shared/kit/table/ListActions.tsx';
import { DeadlineText } from '#web/shared/kit/words/DeadlineText.tsx';
import { Missing } from '#web/shared/kit/words/Missing.tsx';
import { StateMark } from '#web/shared/kit/words/StateMark.tsx';
import { useCan } from '#web/shared/session/session.tsx';
import { formatNumber } from '#web/shared/words/format.ts';
import { campaignListSearch } from '../campaign.search.ts';
import { kindChoices, stateChoices, subjectWord } from '../campaign.words.ts';
import { campaignMarks } from '../desk/state-marks.ts';

type Summary = RouteOutput<typeof list>['rows'][number];

/** 评估项目: the campaigns of the city, drafts first. */
export default function CampaignList() {
  const [search, setSearch] = useSearchState(campaignListSearch);
  const { today } = useDeskContext();
  const readsEvidence = useCan('evaluation.read');
  const { of, ended, ...rest } = search;
  const query = { ...rest, ...(of === undefined ? {} : { year: of }), ...(ended ? { ended: 'true' } : {}) };
  const read = useRead(list, { query }, { keepPrevious: true });
  const { isNarrowed, clear } = narrowingOf(search, setSearch);
  const { page: _p, pageSize: _s, ...exported } = query;
  const mayCreate = read.data?.can.create ?? false;
  const year = Number(today.slice(0, 4));
  return (
    <Page
      wide
      title="评估项目"
      state={read.data && `${isNarrowed ? '符合条件' : '督导评估项目'} ${formatNumber(read.data.total)} 个`}
      action={
        <>
          <ButtonLink to="/evaluations" search={{}}>
            评估对象
          </ButtonLink>
          {mayCreate && (
            <ButtonLink to="/frameworks" search={{}}>
              指标体系
            </ButtonLink>
          )}
          {readsEvidence && (
            <ButtonLink to="/evidence" search={{}}>
              材料库
            </ButtonLink>
          )}
          {mayCreate && (
            <ButtonLink kind="primary" to="/campaigns/new" search={{}}>
              新建评估项目
            </ButtonLink>
          )}
        </>
      }
    >
      <FilterBar onClear={isNarrowed ? clear : undefined}>
        <KindFilters
          {...{ search, setSearch, kindLabel: '种类', kinds: kindChoices, states: stateChoices }}
          placeholder="项目名称或拼音"
        />
        <FilterSelect
          label="年度"
          value={of}
          options={Array.from({ length: 8 }, (_, at) => ({ value: year + 1 - at, label: `${year + 1 - at} 年` }))}
          onChange={(chosen) => setSearch({ of: chosen })}
        />
        <FilterToggle label="只看待结束" value={search.ended} onChange={(chosen) => setSearch({ ended: chosen })} />
      </FilterBar>
      <DataTable
        caption="评估项目"
        columns={columnsOf(today)}
        query={read}
        rowKey={(row) => row.id}
        href={({ id }) => linkOptions({ to: '/campaigns/$campaignId', params: { campaignId: id } })}
        rowTone={({ late, state }) => (late > 0 && state === 'open' ? 'look' : undefined)}
        state={search}
        onState={setSearch}
        actions={<ListActions route={workbook} input={{ query: exported }} />}
        empty={
          isNarrowed ? (
            <Empty title="没有符合条件的评估项目" action={<Button onClick={clear}>查看全部</Button>} />
          ) : (
            <Empty
              title="还没有评估项目"
              action={
                mayCreate && (
                  <ButtonLink kind="primary" to="/campaigns/new" search={{}}>
                    新建评估项目
                  </ButtonLink>
                )
              }
            >
              {mayCreate
                ? '选一个种类，名称、年度、指标体系、时间安排和对象都按模板填好，核对后开启。'
                : '市级督导机构建立项目后列在这里。'}
            </Empty>
          )
        }
      />
    </Page>
  );
}

const columnsOf = (today: string): ReadonlyArray<Column<Summary>> => [
  { key: 'title', title: '项目', fact: 1, sort: true, cell: ({ title }) => title },
  { key: 'kind', title: '种类', width: '7rem', cell: ({ kind }) => evaluationKindTitles[kind] },
  {
    key: 'state',
    title: '状态',
    fact: 2,
    width: '10rem',
    sort: true,
    cell: ({ state, late }) => (
      <Row inline>
        <StateMark state={campaignMarks[state]} />
        {late > 0 && state === 'open' && <StateMark state={campaignMarks.late} text={`逾期 ${late}`} />}
      </Row>
    ),
  },
  {
    key: 'year',
    title: '考评 / 认定',
    width: '7rem',
    sort: true,
    hint: '考评的是哪一年的工作，结果在哪一年认定',
    cell: ({ assessmentYear, decisionYear }) => `${assessmentYear} / ${decisionYear}`,
  },
  {
    key: 'lead',
    title: '牵头',
    width: '7rem',
    cell: ({ leadUnitName, partnerUnitName }) =>
      partnerUnitName === null ? leadUnitName : `${leadUnitName}、${partnerUnitName}`,
  },
  {
    key: 'subjects',
    title: '对象',
    align: 'end',
    width: '7.5rem',
    cell: ({ subjects, kind }) => `${formatNumber(subjects)} ${subjectWord(kind)}`,
  },
  {
    key: 'confirmed',
    title: '已确认',
    unit: '个',
    align: 'end',
    width: '6rem',
    cell: ({ confirmed, subjects, state }) =>
      state === 'draft' ? <Missing reason="还没有开启" /> : `${confirmed} / ${subjects}`,
  },
  { key: 'from', title: '开始', width: '7.5rem', cell: ({ from }) => from ?? <Missing reason="还没有时间安排" /> },
  {
    key: 'to',
    title: '结束',
    fact: 3,
    width: '11rem',
    cell: ({ to, state }) =>
      to === null ? <Missing reason="还没有时间安排" /> : <DeadlineText date={to} now={today} met={state !== 'open'} />,
  },
];
