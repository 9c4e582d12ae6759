import { linkOptions } from '@tanstack/react-router';
import type { RouteOutput } from '#contract/route.ts';
import * as plans from '#contract/work-plans/plans.ts';
import { useRead } from '#web/shared/call/queries.ts';
import { Loaded } from '#web/shared/kit/feedback/Loaded.tsx';
import { Section } from '#web/shared/kit/layout/Page.tsx';
import { type Column, DataTable } from '#web/shared/kit/table/DataTable.tsx';
import { StateMark } from '#web/shared/kit/words/StateMark.tsx';
import { useSession } from '#web/shared/session/session.tsx';
import { planMarks } from '../desk/state-marks.ts';
import type { Detail } from '../item-fields.ts';

type County = RouteOutput<typeof plans.counties>['rows'][number];

/** Which counties have made their plan from this one, and how far they are. Only the city sees them side by side. */
export function CountyPlans({ plan }: { plan: Detail['plan'] }) {
  const { role } = useSession();
  const isCity = role.level === 'city';
  const read = useRead(plans.counties, { params: { planId: plan.id } }, { enabled: isCity });
  if (!isCity) return null;
  return (
    <Section title="各县（市、区）">
      <Loaded of={read} shape="table">
        {({ rows }) => (
          <DataTable<County>
            caption="各县（市、区）据此制定计划的情况"
            columns={columns}
            rows={rows}
            rowKey={({ unitId }) => unitId}
            href={({ plan: own }) =>
              own === null ? null : linkOptions({ to: '/work-plans/$planId', params: { planId: own.id } })
            }
          />
        )}
      </Loaded>
    </Section>
  );
}

const columns: ReadonlyArray<Column<County>> = [
  { key: 'name', title: '单位', fact: 1, cell: ({ name }) => name, value: ({ name }) => name },
  {
    key: 'plan',
    title: '本县计划',
    fact: 2,
    cell: ({ plan }) =>
      plan === null ? <StateMark state="notStarted" text="未制定" /> : <StateMark state={planMarks[plan.state]} />,
    value: ({ plan }) => (plan === null ? '未制定' : planMarks[plan.state].word),
  },
  { key: 'parts', title: '下达', unit: '项', align: 'end', cell: ({ parts }) => parts, value: ({ parts }) => parts },
  { key: 'taken', title: '已列入', unit: '项', align: 'end', cell: ({ taken }) => taken, value: ({ taken }) => taken },
  {
    key: 'done',
    title: '已完成',
    fact: 3,
    align: 'end',
    cell: ({ done, total }) => `${done} / ${total}`,
    value: ({ done }) => done,
  },
];
