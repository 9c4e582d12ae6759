import { Link, linkOptions } from '@tanstack/react-router';
import { list, workbook } from '#contract/evaluations/evaluations.ts';
import type { RouteOutput } from '#contract/route.ts';
import { evaluationKindTitles } from '#domain/evaluation/kind.ts';
import { editionMark } from '#domain/framework/edition/edition-mark.ts';
import { schoolYearName } from '#domain/kit/school-year.ts';
import { useDeskContext } from '#web/shared/address/context.tsx';
import { narrowingOf, useSearchState } from '#web/shared/address/search-state.ts';
import { useRead } from '#web/shared/call/queries.ts';
import { figureText } from '#web/shared/framework/indicator.words.ts';
import { SelfTotal } from '#web/shared/framework/SelfTotal.tsx';
import { Button, ButtonLink } from '#web/shared/kit/action/Button.tsx';
import { Empty } from '#web/shared/kit/feedback/Empty.tsx';
import { Page } from '#web/shared/kit/layout/Page.tsx';
import { Row } from '#web/shared/kit/layout/Row.tsx';
import { type Column, DataTable } from '#web/shared/kit/table/DataTable.tsx';
import { FilterBar, FilterSearch, FilterSelect, FilterToggle } from '#web/shared/kit/table/FilterBar.tsx';
import { ListActions } from '#web/shared/kit/table/ListActions.tsx';
import { DeadlineText } from '#web/shared/kit/words/DeadlineText.tsx';
import { Missing } from '#web/shared/kit/words/Missing.tsx';
import { StateMark } from '#web/shared/kit/words/StateMark.tsx';
import { useCan, useSession } from '#web/shared/session/session.tsx';
import { choices } from '#web/shared/words/choices.ts';
import { formatNumber } from '#web/shared/words/format.ts';
import { evaluationMarks } from '../desk/state-marks.ts';
import { evaluationListSearch, queryOf } from '../evaluation.search.ts';
import { stateChoices, waitingTitles } from '../evaluation.words.ts';

type Evaluation = RouteOutput<typeof list>['rows'][number];

/** 评估对象: the evaluations in reach, by what waits for this person, step and name. */
export default function EvaluationList() {
  const [search, setSearch] = useSearchState(evaluationListSearch);
  const { unit, year, today } = useDeskContext();
  const { role } = useSession();
  const readsCampaigns = useCan('campaign.read');
  const reads = useCan('evaluation.read');
  const countyId = role.level === 'city' && unit?.level === 'county' ? unit.id : null;
  const query = queryOf(search, { countyId, year });
  const read = useRead(list, { query }, { keepPrevious: true });
  const { isNarrowed, clear } = narrowingOf(search, setSearch);
  const { page: _p, pageSize: _s, ...exported } = query;
  const scores = read.data?.rows.some(({ toScore }) => toScore > 0) ?? false;
  return (
    <Page
      wide
      title={reads ? '评估对象' : '我的评审'}
      state={
        read.data &&
        `${search.waiting ? waitingTitles[search.waiting] : isNarrowed ? '符合条件' : '评估'} ${formatNumber(read.data.total)} 个`
      }
      action={
        readsCampaigns && (
          <ButtonLink to="/campaigns" search={{}}>
            评估项目
          </ButtonLink>
        )
      }
    >
      <FilterBar onClear={isNarrowed ? clear : undefined}>
        <FilterSearch
          value={search.search}
          placeholder="单位、学校或拼音"
          onChange={(text) => setSearch({ search: text }, { replace: true })}
        />
        <FilterSelect
          label="待办"
          value={search.waiting}
          options={choices(waitingTitles)}
          onChange={(waiting) => setSearch({ waiting })}
        />
        <FilterSelect
          label="步骤"
          value={search.state}
          options={stateChoices}
          onChange={(state) => setSearch({ state })}
        />
        <FilterToggle label="只看逾期" value={search.late} onChange={(late) => setSearch({ late })} />
        {(year !== null || search.ofYear) && (
          <FilterToggle
            label={year === null ? '仅本学年' : `仅 ${schoolYearName(year)}`}
            value={search.ofYear}
            onChange={(ofYear) => setSearch({ ofYear })}
          />
        )}
        {search.confirmedIn !== undefined && (
          <FilterToggle
            label={`只看 ${search.confirmedIn} 年已确认`}
            value
            onChange={() => setSearch({ confirmedIn: undefined })}
          />
        )}
        {search.kind !== undefined && (
          <FilterToggle
            label={`只看${evaluationKindTitles[search.kind]}`}
            value
            onChange={() => setSearch({ kind: undefined })}
          />
        )}
        {search.campaign !== undefined && (
          <FilterToggle label="只看这个项目" value onChange={() => setSearch({ campaign: undefined })} />
        )}
      </FilterBar>
      <DataTable
        caption="评估对象"
        columns={reads ? columnsOf(today, scores) : columnsOf(today, true).filter(({ key }) => panelColumns.has(key))}
        query={read}
        rowKey={(row) => row.id}
        href={({ id }) => linkOptions({ to: '/evaluations/$evaluationId', params: { evaluationId: id } })}
        rowTone={(row) => (isLate(row) ? 'fails' : row.returned ? 'look' : undefined)}
        state={search}
        onState={setSearch}
        {...(reads ? { actions: <ListActions route={workbook} input={{ query: exported }} /> } : {})}
        empty={
          isNarrowed ? (
            <Empty title="没有符合条件的评估" action={<Button onClick={clear}>查看全部</Button>} />
          ) : (
            <Empty title={reads ? '还没有评估' : '现在没有要您评审的对象'}>
              {reads ? (
                readsCampaigns ? (
                  <Link to="/campaigns" search={{}}>
                    在评估项目中开启
                  </Link>
                ) : (
                  '开启评估项目后，本单位的评估在这里列出。'
                )
              ) : (
                '督导组安排到您时，在这里列出；评审结束后不再显示。'
              )}
            </Empty>
          )
        }
      />
    </Page>
  );
}

/** What somebody from outside needs of the list: whom, until when, how far. */
const panelColumns: ReadonlySet<string> = new Set(['name', 'title', 'state', 'due', 'scored']);

const isLate = ({ daysLeft, state }: Evaluation) =>
  daysLeft !== null && daysLeft < 0 && state !== 'closed' && state !== 'cancelled';

function columnsOf(today: string, scores: boolean): ReadonlyArray<Column<Evaluation>> {
  const columns: (Column<Evaluation> | false)[] = [
    { key: 'name', title: '对象', fact: 1, sort: true, cell: (row) => row.subjectName },
    {
      key: 'title',
      title: '项目',
      cell: (row) => (
        <>
          {row.title}
          <div className="caption">
            {evaluationKindTitles[row.kind]} · {editionMark(row.edition)}
          </div>
        </>
      ),
    },
    {
      key: 'state',
      title: '步骤',
      fact: 2,
      width: '11rem',
      sort: true,
      cell: (row) => (
        <Row inline>
          <StateMark state={evaluationMarks[row.state]} />
          {isLate(row) && <StateMark state={evaluationMarks.late} />}
          {row.returned && <StateMark state={evaluationMarks.returned} />}
        </Row>
      ),
    },
    {
      key: 'due',
      title: '截止',
      fact: 3,
      width: '11rem',
      sort: true,
      cell: ({ due, state }) =>
        due === null ? (
          <Missing reason="这一步没有期限" />
        ) : (
          <DeadlineText date={due} now={today} met={state === 'closed' || state === 'cancelled'} />
        ),
    },
    {
      key: 'answered',
      title: '自评已填',
      unit: '项',
      align: 'end',
      width: '6.5rem',
      cell: ({ answered, leaves }) => `${answered} / ${leaves}`,
    },
    scores && {
      key: 'scored',
      title: '我已评',
      unit: '项',
      align: 'end',
      width: '6rem',
      cell: ({ scored, toScore }) =>
        scored + toScore === 0 ? <Missing reason="没有安排您评分" /> : `${scored} / ${scored + toScore}`,
    },
    {
      key: 'self',
      title: '自评',
      unit: '分',
      align: 'end',
      width: '8.5rem',
      cell: ({ selfTotal, selfBetween }) => (
        <SelfTotal total={selfTotal} between={selfBetween} reason="还不能得出，或暂不显示" />
      ),
    },
    {
      key: 'total',
      title: '评定',
      unit: '分',
      align: 'end',
      width: '5rem',
      sort: true,
      cell: ({ total }) => (total === null ? <Missing reason="还没有反馈" /> : figureText(total)),
    },
    {
      key: 'conclusion',
      title: '结论',
      width: '7rem',
      cell: ({ conclusion }) => conclusion ?? <Missing reason="还没有结论" />,
    },
  ];
  return columns.filter((column) => column !== false);
}
