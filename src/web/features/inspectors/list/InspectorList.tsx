import { linkOptions } from '@tanstack/react-router';
import { cards, list, workbook } from '#contract/inspectors/inspectors.ts';
import type { RouteOutput } from '#contract/route.ts';
import { inspectorKindTitles, inspectorStageTitles } from '#domain/inspection/inspector.ts';
import { useDeskContext } from '#web/shared/address/context.tsx';
import { narrowingOf, useSearchState } from '#web/shared/address/search-state.ts';
import { useRead } from '#web/shared/call/queries.ts';
import { Button, ButtonLink } from '#web/shared/kit/action/Button.tsx';
import { Download } from '#web/shared/kit/action/Download.tsx';
import { Empty } from '#web/shared/kit/feedback/Empty.tsx';
import { Page } from '#web/shared/kit/layout/Page.tsx';
import { Row } from '#web/shared/kit/layout/Row.tsx';
import { type Column, DataTable } from '#web/shared/kit/table/DataTable.tsx';
import { FilterBar, FilterSelect } from '#web/shared/kit/table/FilterBar.tsx';
import { KindFilters } from '#web/shared/kit/table/KindFilters.tsx';
import { ListActions } from '#web/shared/kit/table/ListActions.tsx';
import { Missing } from '#web/shared/kit/words/Missing.tsx';
import { StateMark } from '#web/shared/kit/words/StateMark.tsx';
import { useCan } from '#web/shared/session/session.tsx';
import { formatNumber } from '#web/shared/words/format.ts';
import { inspectorMarks } from '../desk/state-marks.ts';
import { inspectorListSearch, queryOf } from '../inspector.search.ts';
import {
  certificateChoices,
  kindChoices,
  stageChoices,
  stateChoices,
  termChoices,
  waitingTitles,
} from '../inspector.words.ts';

type Inspector = RouteOutput<typeof list>['rows'][number];

const columns: ReadonlyArray<Column<Inspector>> = [
  { key: 'name', title: '姓名', fact: 1, width: '7rem', sort: true, cell: (row) => row.name },
  { key: 'kind', title: '类别', width: '7rem', sort: true, cell: (row) => inspectorKindTitles[row.kind] },
  {
    key: 'state',
    title: '状态',
    fact: 2,
    width: '9rem',
    sort: true,
    cell: (row) => (
      <Row inline>
        <StateMark state={inspectorMarks[row.state]} />
        {row.termAsks !== null && (
          <StateMark
            state={inspectorMarks.expiring}
            text={row.termAsks === 'expired' ? '任期已满' : inspectorMarks.expiring.word}
          />
        )}
      </Row>
    ),
  },
  { key: 'place', title: '聘任单位', width: '7rem', sort: true, cell: (row) => row.placeName },
  {
    key: 'employer',
    title: '工作单位',
    fact: 3,
    sort: true,
    cell: ({ employer, post }) =>
      employer === '' ? <Missing reason="没有填写" /> : post === '' ? employer : `${employer}（${post}）`,
  },
  {
    key: 'stages',
    title: '学段',
    width: '9rem',
    cell: ({ stages }) =>
      stages.length === 0 ? (
        <Missing reason="没有填写" />
      ) : (
        stages.map((stage) => inspectorStageTitles[stage]).join('、')
      ),
  },
  {
    key: 'certificate',
    title: '督学证号',
    width: '11rem',
    cell: ({ certificateNumber }) => certificateNumber ?? <Missing reason="没有登记" />,
  },
  {
    key: 'termTo',
    title: '任期至',
    width: '7rem',
    sort: true,
    cell: ({ termFrom, termTo }) => (termFrom === null ? <Missing reason="还没有聘任" /> : (termTo ?? '长期')),
  },
];

/** 督学名册: inspectors and experts in reach, by what waits, kind, state, stage and words. */
export default function InspectorList() {
  const [search, setSearch] = useSearchState(inspectorListSearch);
  const { unitId } = useDeskContext();
  const writes = useCan('inspector.write');
  const query = queryOf(search, unitId);
  const read = useRead(list, { query }, { keepPrevious: true });
  const { isNarrowed, clear } = narrowingOf(search, setSearch);
  const { page: _p, pageSize: _s, ...exported } = query;
  return (
    <Page
      wide
      title="督学名册"
      state={
        read.data &&
        `${search.waiting ? waitingTitles[search.waiting] : isNarrowed ? '符合条件的人员' : '督学和专家'} ${formatNumber(read.data.total)} 名`
      }
      action={
        writes && (
          <>
            <ButtonLink to="/inspectors/import">导入名册</ButtonLink>{' '}
            <ButtonLink kind="primary" to="/inspectors/new">
              登记督学
            </ButtonLink>
          </>
        )
      }
    >
      <FilterBar onClear={isNarrowed ? clear : undefined}>
        <KindFilters
          {...{ search, setSearch, kindLabel: '类别', kinds: kindChoices, states: stateChoices }}
          placeholder="姓名、单位、证号或拼音"
        />
        <FilterSelect
          label="学段"
          value={search.stage}
          options={stageChoices}
          onChange={(stage) => setSearch({ stage })}
        />
        <FilterSelect label="任期" value={search.term} options={termChoices} onChange={(term) => setSearch({ term })} />
        <FilterSelect
          label="督学证"
          value={search.certificate}
          options={certificateChoices}
          onChange={(certificate) => setSearch({ certificate })}
        />
      </FilterBar>
      <DataTable
        caption="督学名册"
        columns={columns}
        query={read}
        rowKey={(row) => row.id}
        href={({ id }) => linkOptions({ to: '/inspectors/$inspectorId', params: { inspectorId: id } })}
        state={search}
        onState={setSearch}
        actions={
          <Row>
            <Download route={cards} input={{ query: exported }} kind="quiet" small>
              印制督学证
            </Download>
            <ListActions route={workbook} input={{ query: exported }} />
          </Row>
        }
        empty={
          isNarrowed ? (
            <Empty title="没有符合条件的人员" action={<Button onClick={clear}>查看全部人员</Button>} />
          ) : (
            <Empty title="名册里还没有人员">
              {writes ? '督学和专家在这里登记，经推荐、审核、公示后聘任。' : '本级和所属单位聘任的督学在这里列出。'}
            </Empty>
          )
        }
      />
    </Page>
  );
}
