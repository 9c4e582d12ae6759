import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import * as plans from '#contract/work-plans/plans.ts';
import { workPlanKindTitles } from '#domain/work-plan/plan.ts';
import { itemStandingTitles } from '#domain/work-plan/progress.ts';
import { useSearchState } from '#web/shared/address/search-state.ts';
import { useAct, useRead } from '#web/shared/call/queries.ts';
import { Button, ButtonLink } from '#web/shared/kit/action/Button.tsx';
import { Download } from '#web/shared/kit/action/Download.tsx';
import { ask, confirm } from '#web/shared/kit/dialog/question.ts';
import { Empty } from '#web/shared/kit/feedback/Empty.tsx';
import { LoadedPage } from '#web/shared/kit/feedback/LoadedPage.tsx';
import { late, WhenHere } from '#web/shared/kit/late.tsx';
import { Page } from '#web/shared/kit/layout/Page.tsx';
import { FilterBar, FilterSearch, FilterSelect } from '#web/shared/kit/table/FilterBar.tsx';
import { planMarks } from '../desk/state-marks.ts';
import type { Detail, PlanItem } from '../item-fields.ts';
import { planSearch } from '../work-plans.search.ts';
import { AmendItem } from './AmendItem.tsx';
import { CountyPlans } from './CountyPlans.tsx';
import { PlanItems } from './PlanItems.tsx';
import { standings, standingsText, whoOptions } from './plan-items.ts';

const draftPart = late(() => import('../draft/PlanDraft.tsx'));

/** The plan as the spine of the year: its items under their headings, with who, until when and how far. */
export default function PlanPage() {
  const { planId } = useParams({ from: '/desk/work-plans/$planId' });
  const [{ draft }] = useSearchState(planSearch);
  // A draft begins with what the server has now, and is then not read again from under the person's hands.
  const read = useRead(
    plans.read,
    { params: { planId } },
    draft ? { staleTime: Number.POSITIVE_INFINITY, refetchOnMount: 'always' } : {},
  );
  return (
    <LoadedPage of={read} title="工作计划" above={<Link to="/work-plans">工作计划</Link>}>
      {(detail) => {
        if (!draft || !detail.can.write) return <Plan key={planId} detail={detail} />;
        if (!read.isFetchedAfterMount) return <Page title="拟订计划">{null}</Page>;
        return <WhenHere late={draftPart}>{({ PlanDraft }) => <PlanDraft key={planId} detail={detail} />}</WhenHere>;
      }}
    </LoadedPage>
  );
}

function stateOf({ plan, items }: Detail): string {
  const of = plan.kind === 'section' ? plan.unitName : plan.placeName;
  const when = plan.issuedOn === null ? '' : ` ${plan.issuedOn}`;
  const word = plan.state === 'cancelled' ? `${planMarks.cancelled.word}：${plan.reason}` : planMarks[plan.state].word;
  const parts = [
    `${of} ${plan.year} 年${workPlanKindTitles[plan.kind]}`,
    plan.documentNumber,
    `${word}${plan.state === 'issued' ? when : ''}`,
  ];
  return [...parts, standingsText(items)].filter(Boolean).join(' · ');
}

function Plan({ detail }: { detail: Detail }) {
  const { plan, items, can } = detail;
  const [search, setSearch] = useSearchState(planSearch);
  const [adding, setAdding] = useState(false);
  const { who, standing, find } = search;
  const isShown = (item: PlanItem) =>
    (who === undefined || item.units.some(({ unitId }) => unitId === who)) &&
    (standing === undefined || item.standing === standing) &&
    (find === undefined || `${item.number ?? ''} ${item.text}`.includes(find));
  const shown = items.filter(isShown);
  const isNarrowed = who !== undefined || standing !== undefined || find !== undefined;
  const clear = () => setSearch({ who: undefined, standing: undefined, find: undefined });
  return (
    <Page
      wide
      title={plan.title}
      above={<Link to="/work-plans">工作计划</Link>}
      state={stateOf(detail)}
      action={<PlanActs detail={detail} onAdd={() => setAdding(true)} />}
    >
      <FilterBar
        onClear={isNarrowed ? clear : undefined}
        end={isNarrowed ? `${shown.length} / ${items.length} 项` : undefined}
      >
        <FilterSearch
          label="查找"
          value={find}
          onChange={(text) => setSearch({ find: text }, { replace: true })}
          placeholder="任务中的文字"
        />
        <FilterSelect
          label="状态"
          value={standing}
          options={standings.map((value) => ({ value, label: itemStandingTitles[value] }))}
          onChange={(value) => setSearch({ standing: value })}
        />
        <FilterSelect
          label="单位"
          value={who}
          options={whoOptions(items)}
          onChange={(value) => setSearch({ who: value })}
        />
      </FilterBar>
      {shown.length === 0 ? (
        <Empty
          title={isNarrowed ? '没有符合条件的任务' : '还没有任务'}
          action={isNarrowed && <Button onClick={clear}>查看全部任务</Button>}
        >
          {!isNarrowed && can.write && '打开草稿，粘贴或录入任务。'}
        </Empty>
      ) : (
        <PlanItems
          detail={detail}
          items={shown}
          open={search.item}
          onOpen={(item) => setSearch({ item }, { replace: true })}
        />
      )}
      {plan.state !== 'draft' && plan.kind !== 'county' && <CountyPlans plan={plan} />}
      {adding && can.amend && <AmendItem detail={detail} onClose={() => setAdding(false)} />}
    </Page>
  );
}

/** The acts on the whole plan; those that many feel ask a second time. */
function PlanActs({ detail: { plan, items, can }, onAdd }: { detail: Detail; onAdd: () => void }) {
  const params = { planId: plan.id };
  const { revision } = plan;
  const close = useAct(plans.close, { done: '计划已结束' });
  const cancel = useAct(plans.cancel, { done: '计划已撤销' });
  async function askClose() {
    const undone = items.filter(({ standing }) => standing !== 'done' && standing !== 'withdrawn').length;
    const sure = await confirm({
      title: `结束“${plan.title}”`,
      text: `${undone === 0 ? '任务都已完成。' : `还有 ${undone} 项任务没有完成。`}结束后只供查阅，不能再调整和记录。`,
      verb: '结束计划',
      danger: true,
    });
    if (sure) await close.act({ params, body: { revision } });
  }
  async function askCancel() {
    const reason = await ask({
      title: `撤销“${plan.title}”`,
      text:
        plan.state === 'draft'
          ? '草稿不再列为本年计划，记录保留。'
          : '已下达各县（市、区）的任务一并撤回并告知，记录保留。',
      label: '撤销原因',
      verb: '撤销计划',
      danger: true,
      required: true,
      maxLength: 300,
    });
    if (reason !== null) await cancel.act({ params, body: { revision, reason } });
  }
  return (
    <>
      {can.cancel && (
        <Button kind="quiet" busy={cancel.busy} onClick={() => void askCancel()}>
          撤销计划
        </Button>
      )}
      {can.close && (
        <Button kind="quiet" busy={close.busy} onClick={() => void askClose()}>
          结束计划
        </Button>
      )}
      <Button onClick={() => print()}>打印</Button>
      <Download route={plans.workbook} input={{ params }}>
        导出 Excel
      </Download>
      {can.amend && <Button onClick={onAdd}>增补任务</Button>}
      {can.write && (
        <ButtonLink kind="primary" to="/work-plans/$planId" params={params} search={{ draft: true }}>
          继续拟订
        </ButtonLink>
      )}
    </>
  );
}
