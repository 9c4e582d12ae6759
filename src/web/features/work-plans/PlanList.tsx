import { linkOptions, useNavigate } from '@tanstack/react-router';
import type { RouteOutput } from '#contract/route.ts';
import * as plans from '#contract/work-plans/plans.ts';
import { workPlanKindTitles } from '#domain/work-plan/plan.ts';
import { useDeskContext } from '#web/shared/address/context.tsx';
import { useSearchState } from '#web/shared/address/search-state.ts';
import { useAct, useRead } from '#web/shared/call/queries.ts';
import { Button, ButtonLink } from '#web/shared/kit/action/Button.tsx';
import { Empty } from '#web/shared/kit/feedback/Empty.tsx';
import { Loaded } from '#web/shared/kit/feedback/Loaded.tsx';
import { Page, Section } from '#web/shared/kit/layout/Page.tsx';
import { type Column, DataTable } from '#web/shared/kit/table/DataTable.tsx';
import { FilterBar, FilterSelect } from '#web/shared/kit/table/FilterBar.tsx';
import { Missing } from '#web/shared/kit/words/Missing.tsx';
import { StateMark } from '#web/shared/kit/words/StateMark.tsx';
import { planMarks } from './desk/state-marks.ts';
import { spanText } from './item-fields.ts';
import { NewPlan } from './NewPlan.tsx';
import { planListSearch } from './work-plans.search.ts';

type List = RouteOutput<typeof plans.list>;
type Plan = List['rows'][number];
type Part = List['parts'][number];

/** 工作计划: the plans of a year, and for a county what the city issued to it. */
export default function PlanList() {
  const { unit, units } = useDeskContext();
  const [{ planYear, drafting }, setSearch] = useSearchState(planListSearch);
  const query = {
    ...(planYear === undefined ? {} : { year: planYear }),
    ...(unit === null || unit.id === units[0]?.id ? {} : { unitId: unit.id }),
  };
  const list = useRead(plans.list, { query }, { keepPrevious: true });
  const mayCreate = (list.data?.mayCreate.length ?? 0) > 0;
  const close = () => setSearch({ drafting: undefined }, { replace: true });
  return (
    <Page
      title="工作计划"
      state={list.data && `${list.data.year} 年 ${list.data.rows.length} 份`}
      action={
        <>
          <ButtonLink to="/meetings">会议</ButtonLink>
          {mayCreate && (
            <Button kind="primary" onClick={() => setSearch({ drafting: true })}>
              拟订计划
            </Button>
          )}
        </>
      }
    >
      <FilterBar>
        <FilterSelect
          label="年度"
          value={planYear ?? list.data?.year}
          options={(list.data?.years ?? []).map((year) => ({ value: year, label: `${year} 年` }))}
          onChange={(year) => setSearch({ planYear: year })}
          all="今年"
        />
      </FilterBar>
      <Loaded of={list} shape="table">
        {(data) => (
          <>
            <DataTable<Plan>
              caption="工作计划"
              columns={planColumns}
              rows={data.rows}
              rowKey={({ id }) => id}
              href={({ id }) => linkOptions({ to: '/work-plans/$planId', params: { planId: id } })}
              empty={
                <Empty title={`${data.year} 年还没有工作计划`}>
                  {data.mayCreate.length > 0
                    ? '把印发的要点粘贴进来，系统识别其中的任务、单位和期限，核对后印发。'
                    : '计划印发后列在这里。'}
                </Empty>
              }
            />
            {data.parts.length > 0 && <Parts {...data} />}
            {drafting && mayCreate && <NewPlan list={data} onClose={close} />}
          </>
        )}
      </Loaded>
    </Page>
  );
}

const planColumns: ReadonlyArray<Column<Plan>> = [
  { key: 'title', title: '计划', fact: 1, cell: ({ title }) => title, value: ({ title }) => title },
  {
    key: 'unit',
    title: '单位',
    fact: 3,
    width: '9rem',
    cell: ({ kind, unitName, placeName }) => (kind === 'section' ? unitName : placeName),
    value: ({ kind, unitName, placeName }) => (kind === 'section' ? unitName : placeName),
  },
  {
    key: 'kind',
    title: '种类',
    width: '13rem',
    cell: ({ kind }) => workPlanKindTitles[kind],
    value: ({ kind }) => workPlanKindTitles[kind],
  },
  {
    key: 'state',
    title: '状态',
    fact: 2,
    width: '7rem',
    cell: ({ state }) => <StateMark state={planMarks[state]} />,
    value: ({ state }) => planMarks[state].word,
  },
  {
    key: 'items',
    title: '任务',
    unit: '项',
    align: 'end',
    width: '6rem',
    cell: ({ items }) => items,
    value: ({ items }) => items,
  },
  {
    key: 'issued',
    title: '印发',
    width: '8rem',
    cell: ({ issuedOn }) => issuedOn ?? <Missing reason="还没有印发" />,
    value: ({ issuedOn }) => issuedOn,
  },
];

/** What the city issued to this county, and the acts by which the county makes its plan from it or takes up what came later. */
function Parts({ parts, mayCreate, mayTake, rows: own, year }: List) {
  const navigate = useNavigate();
  const create = useAct(plans.create, {
    done: ({ items }) => `已建立本县计划草稿，列入 ${items} 项任务`,
    onDone: ({ id }) => void navigate({ to: '/work-plans/$planId', params: { planId: id }, search: { draft: true } }),
  });
  const hasPlan = own.some(({ kind, state }) => kind === 'county' && state !== 'cancelled');
  const take = useAct(plans.takeParts, { done: ({ items }) => `已列入，本县计划现有 ${items} 项任务` });
  const takeUp =
    mayTake &&
    ((chosen: readonly Part[]) =>
      void take.act({
        params: { planId: mayTake.planId },
        body: { revision: mayTake.revision, parts: chosen.map(({ id }) => id) },
      }));
  const open = parts.filter(isOpen);
  const named = open.filter((part) => part.named);
  return (
    <Section
      title="市里下达的任务"
      note={open.length === 0 ? '都已列入本县计划' : `${open.length} 项还没有列入本县计划`}
      action={
        mayCreate.includes('county') && !hasPlan ? (
          <Button
            busy={create.busy}
            onClick={() => void create.act({ body: { kind: 'county', year, fromParts: true } })}
          >
            据此制定本县计划
          </Button>
        ) : (
          takeUp &&
          named.length > 0 && (
            <Button busy={take.busy} onClick={() => takeUp(named)}>
              把点名的 {named.length} 项列入本县计划
            </Button>
          )
        )
      }
    >
      <DataTable<Part>
        caption="市里下达的任务"
        columns={takeUp ? [...partColumns, takingColumn(takeUp, take.busy)] : partColumns}
        rows={parts}
        rowKey={({ id }) => id}
      />
    </Section>
  );
}

const isOpen = ({ state, items }: Part) => state === 'standing' && items === 0;

/** Takes up one task, also one that the county may carry out of its own will. */
const takingColumn = (takeUp: (chosen: readonly Part[]) => void, busy: boolean): Column<Part> => ({
  ...{ key: 'take', title: '列入', width: '6rem' },
  cell: (part) =>
    isOpen(part) ? (
      <Button small busy={busy} onClick={() => takeUp([part])}>
        列入
      </Button>
    ) : (
      <Missing reason="已列入，或市里已撤回" />
    ),
});

const textOf = ({ number, text }: Part) => (number === null ? text : `${number}. ${text}`);
const takenOf = ({ state, items, named }: Part) => {
  if (state === 'withdrawn') return '市里已撤回';
  if (items > 0) return '已列入本县计划';
  return named ? '还没有列入' : '没有点名，可自愿列入';
};

const partColumns: ReadonlyArray<Column<Part>> = [
  { key: 'text', title: '任务', fact: 1, cell: textOf, value: textOf },
  {
    key: 'span',
    title: '期限',
    fact: 3,
    width: '11rem',
    cell: ({ fromDay, toDay }) => spanText(fromDay, toDay) || <Missing reason="计划没有写明" />,
    value: ({ toDay }) => toDay,
  },
  { key: 'taken', title: '本县', fact: 2, width: '10rem', cell: takenOf, value: takenOf },
  {
    key: 'issued',
    title: '下达',
    width: '11rem',
    cell: ({ issuedOn, changedOn }) => (changedOn === null ? issuedOn : `${issuedOn}，${changedOn} 调整`),
    value: ({ issuedOn }) => issuedOn,
  },
];
