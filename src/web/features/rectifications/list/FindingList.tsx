import { linkOptions } from '@tanstack/react-router';
import { kinds, list, workbook } from '#contract/rectifications/rectifications.ts';
import type { RouteOutput } from '#contract/route.ts';
import { findingSeverityTitles } from '#domain/flow/finding.ts';
import { schoolYearName } from '#domain/kit/school-year.ts';
import { findingLevelTitles, isOwing } from '#domain/rectification/state.ts';
import { useDeskContext } from '#web/shared/address/context.tsx';
import { narrowingOf, useSearchState } from '#web/shared/address/search-state.ts';
import { useRead } from '#web/shared/call/queries.ts';
import { Button, ButtonLink } from '#web/shared/kit/action/Button.tsx';
import { Empty } from '#web/shared/kit/feedback/Empty.tsx';
import { late, WhenHere } from '#web/shared/kit/late.tsx';
import { Page } from '#web/shared/kit/layout/Page.tsx';
import { Row } from '#web/shared/kit/layout/Row.tsx';
import { type Column, DataTable } from '#web/shared/kit/table/DataTable.tsx';
import { FilterBar, FilterSearch, FilterSelect, FilterToggle } from '#web/shared/kit/table/FilterBar.tsx';
import { ListActions } from '#web/shared/kit/table/ListActions.tsx';
import { DeadlineText } from '#web/shared/kit/words/DeadlineText.tsx';
import { Missing } from '#web/shared/kit/words/Missing.tsx';
import { StateMark } from '#web/shared/kit/words/StateMark.tsx';
import { useCan, useSession } from '#web/shared/session/session.tsx';
import { formatNumber } from '#web/shared/words/format.ts';
import { findingMarks } from '../desk/state-marks.ts';
import { findingListSearch, queryOf } from '../finding.search.ts';
import { severityChoices, stateChoices, waitingTitles } from '../finding.words.ts';
import { NoticeChosen } from './NoticeChosen.tsx';
import { PassedFindings } from './PassedFindings.tsx';
import { type Choosing, useChosen } from './useChosen.ts';

type Finding = RouteOutput<typeof list>['rows'][number];

const entry = late(() => import('./EnterFinding.tsx'));

/** 整改台账: the findings in reach, by what waits, state, kind, severity and words. */
export default function FindingList() {
  const [search, setSearch] = useSearchState(findingListSearch);
  const { unitId, year, today } = useDeskContext();
  const { role } = useSession();
  const enters = useCan('rectification.enter');
  const query = queryOf(search, { unitId, year });
  const read = useRead(list, { query }, { keepPrevious: true });
  const kindList = useRead(kinds, {});
  const { isNarrowed, clear } = narrowingOf(search, setSearch, ['entering']);
  const choosing = useChosen();
  const choosable = read.data?.rows.some(choosing.mayChoose) ?? false;
  const ofUnit = role.level === 'city' || role.level === 'county';
  const { page: _p, pageSize: _s, ...exported } = query;
  return (
    <Page
      wide
      title="整改台账"
      state={
        read.data &&
        `${search.waiting ? waitingTitles[search.waiting] : isNarrowed ? '符合条件的问题' : '问题'} ${formatNumber(read.data.total)} 个`
      }
      action={
        <>
          {ofUnit && <ButtonLink to="/findings/board">整改进度</ButtonLink>}{' '}
          {enters && <ButtonLink to="/findings/import">导入台账</ButtonLink>}{' '}
          {enters && (
            <Button kind="primary" onClick={() => setSearch({ entering: true })}>
              录入问题
            </Button>
          )}
        </>
      }
    >
      <FilterBar onClear={isNarrowed ? clear : undefined}>
        <FilterSearch
          value={search.search}
          placeholder="问题、学校、单位或拼音"
          onChange={(text) => setSearch({ search: text }, { replace: true })}
        />
        <FilterSelect
          label="状态"
          value={search.state}
          options={stateChoices}
          onChange={(state) => setSearch({ state })}
        />
        <FilterSelect
          label="类别"
          value={search.kind}
          options={(kindList.data?.kinds ?? []).map(({ key, name }) => ({ value: key, label: name }))}
          onChange={(kind) => setSearch({ kind })}
        />
        <FilterSelect
          label="程度"
          value={search.severity}
          options={severityChoices}
          onChange={(severity) => setSearch({ severity })}
        />
        <FilterToggle label="只看未办结" value={search.open} onChange={(open) => setSearch({ open })} />
        <FilterToggle label="不含已取消" value={search.standing} onChange={(standing) => setSearch({ standing })} />
        <FilterToggle label="只看逾期" value={search.overdue} onChange={(overdue) => setSearch({ overdue })} />
        {search.sourceId !== undefined && (
          <FilterToggle
            label="只看这份问题清单"
            value
            onChange={() => setSearch({ source: undefined, sourceId: undefined })}
          />
        )}
        {year !== null && (
          <FilterToggle
            label={`仅 ${schoolYearName(year)}`}
            value={search.ofYear}
            onChange={(ofYear) => setSearch({ ofYear })}
          />
        )}
      </FilterBar>
      {read.data && <NoticeChosen choosing={choosing} rows={read.data.rows} />}
      <DataTable
        caption="整改台账"
        columns={[...(choosable ? [chooseColumn(choosing)] : []), ...columnsOf(today)]}
        query={read}
        rowKey={(row) => row.id}
        href={({ id }) => linkOptions({ to: '/findings/$findingId', params: { findingId: id } })}
        rowTone={(row) => (row.overdue || row.severity === 'urgent' ? toneOf(row) : undefined)}
        state={search}
        onState={setSearch}
        actions={<ListActions route={workbook} input={{ query: exported }} />}
        empty={
          isNarrowed ? (
            <Empty title="没有符合条件的问题" action={<Button onClick={clear}>查看全部问题</Button>} />
          ) : (
            <Empty title="台账里还没有问题">
              {enters ? '督导发现的问题在这里录入，或由各项业务转入。' : '下发给本单位的问题在这里列出。'}
            </Empty>
          )
        }
      />
      {ofUnit && <PassedFindings unitId={unitId} />}
      {search.entering && enters && (
        <WhenHere late={entry}>
          {({ EnterFinding }) => <EnterFinding onClose={() => setSearch({ entering: undefined }, { replace: true })} />}
        </WhenHere>
      )}
    </Page>
  );
}

function toneOf({ state }: Finding): 'fails' | undefined {
  return state === 'closed' || state === 'cancelled' ? undefined : 'fails';
}

/** Findings that wait to be sent out are chosen here, to be sent out together. */
function chooseColumn({ has, mayChoose, choose, drop }: Choosing): Column<Finding> {
  return {
    key: 'choose',
    title: '选择',
    picks: true,
    fact: 3,
    width: '4rem',
    cell: (row) =>
      mayChoose(row) && (
        <input
          type="checkbox"
          aria-label={`选择“${row.title}”`}
          checked={has(row)}
          onChange={({ target }) => (target.checked ? choose([row]) : drop(row))}
        />
      ),
  };
}

function columnsOf(today: string): ReadonlyArray<Column<Finding>> {
  return [
    { key: 'title', title: '问题', fact: 1, sort: true, cell: (row) => row.title },
    {
      key: 'state',
      title: '状态',
      fact: 2,
      width: '9rem',
      sort: true,
      cell: (row) => (
        <Row inline>
          <StateMark state={findingMarks[row.state]} />
          {row.overdue && (
            <StateMark
              state={findingMarks.late}
              text={row.raisedTo === null ? '逾期' : `逾期，已升级至${findingLevelTitles[row.raisedTo]}`}
            />
          )}
          {row.asked && <StateMark state={findingMarks.asked} />}
        </Row>
      ),
    },
    {
      key: 'severity',
      title: '程度',
      width: '6rem',
      sort: true,
      cell: ({ severity, state }) =>
        severity === 'urgent' && state !== 'closed' && state !== 'cancelled' ? (
          <StateMark state={findingMarks.urgent} />
        ) : (
          findingSeverityTitles[severity]
        ),
    },
    { key: 'kind', title: '类别', width: '9rem', cell: (row) => row.kindName },
    {
      key: 'duty',
      title: '责任单位',
      cell: ({ duty, dutyPerson }) => (dutyPerson === '' ? duty.name : `${duty.name}（${dutyPerson}）`),
    },
    { key: 'place', title: '所在', width: '6rem', cell: (row) => row.placeName },
    {
      key: 'dueOn',
      title: '完成时限',
      fact: 3,
      width: '11rem',
      sort: true,
      cell: ({ dueOn, dueProvisional, state, closedOn }) =>
        dueOn === null ? (
          <Missing reason="还没有下发" />
        ) : (
          <DeadlineText
            date={dueOn}
            now={today}
            met={closedOn !== null || !isOwing(state)}
            {...(dueProvisional ? { basis: '暂定' } : {})}
          />
        ),
    },
    { key: 'foundOn', title: '发现', width: '6.5rem', sort: true, cell: (row) => row.foundOn },
  ];
}
