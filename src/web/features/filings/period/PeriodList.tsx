import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import * as periods from '#contract/filings/periods.ts';
import { collectionStateTitles } from '#domain/collection/collection.ts';
import { schoolYearName } from '#domain/kit/school-year.ts';
import { useDeskContext } from '#web/shared/address/context.tsx';
import { useSearchState } from '#web/shared/address/search-state.ts';
import { useAct, useRead } from '#web/shared/call/queries.ts';
import { Button } from '#web/shared/kit/action/Button.tsx';
import { ask, confirm } from '#web/shared/kit/dialog/question.ts';
import { Empty } from '#web/shared/kit/feedback/Empty.tsx';
import { Loaded } from '#web/shared/kit/feedback/Loaded.tsx';
import { Page } from '#web/shared/kit/layout/Page.tsx';
import { Row } from '#web/shared/kit/layout/Row.tsx';
import { type Column, DataTable } from '#web/shared/kit/table/DataTable.tsx';
import { DeadlineText } from '#web/shared/kit/words/DeadlineText.tsx';
import { StateMark } from '#web/shared/kit/words/StateMark.tsx';
import { useCan } from '#web/shared/session/session.tsx';
import { filingMarks } from '../desk/state-marks.ts';
import { periodsSearch } from '../filing.search.ts';
import { AddSchools } from './AddSchools.tsx';
import { ArchiveYear } from './ArchiveYear.tsx';
import { OpenPeriod, type Period, PeriodDates } from './PeriodDates.tsx';
import { WithdrawPeriod } from './WithdrawPeriod.tsx';

const states = {
  ahead: ['notStarted', '未到开启日期'],
  open: [filingMarks.draft, collectionStateTitles.open],
  closed: ['locked', collectionStateTitles.closed],
  passedOver: ['locked', `${collectionStateTitles.closed}，无人报送`],
  archived: ['locked', '已归档'],
} as const;

/** 填报周期: one for each school year. Opening it freezes the list of schools that must file. */
export default function PeriodList() {
  const { today } = useDeskContext();
  const mayManage = useCan('period.manage');
  const list = useRead(periods.list, {});
  const [changing, setChanging] = useState<Period | null>(null);
  const [adding, setAdding] = useState<Period | null>(null);
  const [withdrawing, setWithdrawing] = useState<Period | null>(null);
  const [archiving, setArchiving] = useState<Period | null>(null);
  const [{ opening }, setSearch] = useSearchState(periodsSearch);
  const setOpening = (open: boolean) => setSearch({ opening: open || undefined }, { replace: !open });
  const close = useAct(periods.close, { done: '填报周期已结束' });
  async function askClose(period: Period) {
    const sure = await confirm({
      title: `结束${period.name}`,
      text: '结束后不再填写和提交；已提交的仍可审核，市级重新开放的除外。',
      verb: '结束填报周期',
      danger: true,
    });
    if (sure) await close.act({ params: { periodId: period.id } });
  }
  const reopen = useAct(periods.reopen, { done: '填报周期已恢复' });
  async function askReopen(period: Period) {
    const reason = await ask({
      title: `恢复${period.name}`,
      text: '恢复后学校可以继续填写和提交，期限不变；期限已过的，请随后调整期限。下一学年已带入它的数据时不能恢复。',
      label: '恢复原因',
      verb: '恢复填报',
      suggestions: ['误结束'],
      required: true,
      maxLength: 300,
    });
    if (reason !== null) await reopen.act({ params: { periodId: period.id }, body: { reason } });
  }
  const unarchive = useAct(periods.unarchive, { done: '归档已解除' });
  async function askUnarchive(period: Period) {
    const reason = await ask({
      title: `解除 ${schoolYearName(period.schoolYear)}的归档`,
      text: '解除后这个学年的数据又可以改动。更正完毕，请重新归档；解除原因记入审计。',
      label: '解除原因',
      verb: '解除归档',
      required: true,
      maxLength: 300,
    });
    if (reason !== null) await unarchive.act({ params: { periodId: period.id }, body: { reason } });
  }
  const archived = (row: Period) => (
    <Button small kind="quiet" busy={unarchive.busy} onClick={() => void askUnarchive(row)}>
      解除归档
    </Button>
  );
  const acts = (row: Period) => (row.archivedOn === null ? openActs(row) : archived(row));
  const openActs = (row: Period) => (
    <Row inline gap={2}>
      {row.state === 'open' ? (
        <>
          <Button small onClick={() => setChanging(row)}>
            调整期限
          </Button>
          <Button small kind="quiet" onClick={() => setAdding(row)}>
            补入学校
          </Button>
          <Button small kind="quiet" busy={close.busy} onClick={() => void askClose(row)}>
            结束
          </Button>
        </>
      ) : (
        <Button small kind="quiet" busy={reopen.busy} onClick={() => void askReopen(row)}>
          恢复填报
        </Button>
      )}
      {row.state === 'closed' && !row.passedOver && (
        <Button small kind="quiet" onClick={() => setArchiving(row)}>
          归档
        </Button>
      )}
      {(row.state === 'open' || row.passedOver) && (
        <Button small kind="quiet" onClick={() => setWithdrawing(row)}>
          撤销开启
        </Button>
      )}
    </Row>
  );
  const columns = [...columnsOn(today), ...(mayManage ? [actsColumn(acts)] : [])];
  return (
    <Page
      title="填报周期"
      above={<Link to="/filings">数据填报</Link>}
      state="每个学年一个周期；开启时固定应报学校名单，并带入去年值"
      action={
        mayManage && (
          <Button kind="primary" onClick={() => setOpening(true)}>
            开启新学年
          </Button>
        )
      }
    >
      <Loaded of={list} shape="table">
        {(data) => (
          <>
            <DataTable<Period>
              caption="填报周期"
              columns={columns}
              rows={data.periods}
              rowKey={(row) => row.id}
              empty={
                <Empty title="还没有开启过填报">
                  <p>开启一个学年后，学校就能填报，应报名单同时固定。</p>
                </Empty>
              }
            />
            {opening && mayManage && (
              <OpenPeriod
                next={Math.max(0, ...data.periods.map((period) => period.schoolYear)) + 1}
                onClose={() => setOpening(false)}
              />
            )}
          </>
        )}
      </Loaded>
      {changing && <PeriodDates period={changing} onClose={() => setChanging(null)} />}
      {adding && <AddSchools period={adding} onClose={() => setAdding(null)} />}
      {archiving && <ArchiveYear period={archiving} onClose={() => setArchiving(null)} />}
      {withdrawing && <WithdrawPeriod period={withdrawing} onClose={() => setWithdrawing(null)} />}
      <p className="caption" style={{ marginTop: '1rem' }}>
        单所学校的一次性延期，在该校填报表的“延期”中办理。学年以秋季开学的年份称呼。
      </p>
    </Page>
  );
}

/** What can be done with a year stands in sight on a phone too, and not behind a tap. */
function actsColumn(cell: Column<Period>['cell']): Column<Period> {
  return { key: 'acts', title: '办理', fact: 3, acts: true, cell };
}

function stateOf(row: Period, today: string): keyof typeof states {
  if (row.archivedOn !== null) return 'archived';
  if (row.state === 'open') return row.opensOn > today ? 'ahead' : 'open';
  return row.passedOver ? 'passedOver' : 'closed';
}

function columnsOn(today: string): Array<Column<Period>> {
  return [
    { key: 'name', title: '填报周期', fact: 1, cell: (row) => row.name },
    {
      key: 'state',
      title: '状态',
      fact: 2,
      cell: (row) => {
        const [state, text] = states[stateOf(row, today)];
        return <StateMark state={state} text={row.archivedOn === null ? text : `${text}（${row.archivedOn}）`} />;
      },
    },
    { key: 'opensOn', title: '开启', cell: (row) => row.opensOn },
    {
      key: 'deadline',
      title: '学校填报截止',
      fact: 3,
      cell: (row) => <DeadlineText date={row.deadline} now={today} met={row.state === 'closed'} />,
    },
    { key: 'grace', title: '宽限', align: 'end', cell: (row) => `${row.graceDays} 天` },
    {
      key: 'city',
      title: '县级报送截止',
      cell: (row) => <DeadlineText date={row.cityDeadline} now={today} met={row.state === 'closed'} />,
    },
  ];
}
