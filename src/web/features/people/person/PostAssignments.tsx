import { useState } from 'react';
import { end, list } from '#contract/people/assignments.ts';
import type { RouteOutput } from '#contract/route.ts';
import { useAct, useRead } from '#web/shared/call/queries.ts';
import { Button } from '#web/shared/kit/action/Button.tsx';
import { confirm } from '#web/shared/kit/dialog/question.ts';
import { Empty } from '#web/shared/kit/feedback/Empty.tsx';
import { Loaded } from '#web/shared/kit/feedback/Loaded.tsx';
import { late, WhenHere } from '#web/shared/kit/late.tsx';
import { Section } from '#web/shared/kit/layout/Page.tsx';
import { type Column, DataTable } from '#web/shared/kit/table/DataTable.tsx';
import { Missing } from '#web/shared/kit/words/Missing.tsx';
import { StateMark, type StateName } from '#web/shared/kit/words/StateMark.tsx';
import { formatDate } from '#web/shared/words/format.ts';
import type { PersonDetail, PersonPost } from '../people.words.ts';

const assigning = late(() => import('./AssignSchool.tsx'));

type Row = RouteOutput<typeof list>['rows'][number];

const states: Record<Row['state'], { state: StateName; text: string }> = {
  current: { state: 'valid', text: '在任' },
  coming: { state: 'notStarted', text: '未到开始日' },
  over: { state: 'closed', text: '已到期' },
  ended: { state: 'closed', text: '已结束' },
};

/**
 * The reach of a post whose role works by assignment, past assignments included; the 安全管理员 adds schools and ends them.
 */
export function PostAssignments({ person, post }: { person: PersonDetail; post: PersonPost }) {
  const params = { personId: person.id, grantId: post.grantId };
  const read = useRead(list, { params });
  const [adding, setAdding] = useState(false);
  const ofCampaigns = post.reach === 'campaign';
  const button = (
    <Button small onClick={() => setAdding(true)}>
      指派学校
    </Button>
  );
  return (
    <Section
      title={ofCampaigns ? `${post.roleName}参加的项目` : `${post.roleName}负责的学校`}
      note={ofCampaigns ? '项目由立项单位指派，这里只供查看。' : undefined}
      action={read.data?.can.assign && read.data.rows.length > 0 && button}
    >
      <Loaded of={read} shape="table">
        {({ rows, can }) =>
          rows.length === 0 ? (
            <Empty
              title={ofCampaigns ? '还没有参加项目。' : '还没有指派学校。'}
              action={can.assign ? button : undefined}
            >
              {ofCampaigns ? '指派前看不到任何填报和结果。' : '指派前看不到任何学校的填报和结果。'}
            </Empty>
          ) : (
            <Assignments person={person} post={post} rows={rows} />
          )
        }
      </Loaded>
      {adding && (
        <WhenHere late={assigning}>
          {({ AssignSchool }) => <AssignSchool person={person} post={post} onClose={() => setAdding(false)} />}
        </WhenHere>
      )}
    </Section>
  );
}

function Assignments({ person, post, rows }: { person: PersonDetail; post: PersonPost; rows: readonly Row[] }) {
  const ending = useAct(end, { done: '指派已结束，立即生效。' });
  async function finish(row: Row) {
    const yes = await confirm({
      title: `结束${person.name}对${nameOf(row)}的指派？`,
      text: '立即生效：此后看不到这里的数据；已经办理的事项仍然记在其名下。',
      verb: '结束指派',
      danger: true,
    });
    if (yes) await ending.act({ params: { personId: person.id, grantId: post.grantId, assignmentId: row.id } });
  }
  const columns: ReadonlyArray<Column<Row>> = [
    { key: 'name', title: post.reach === 'campaign' ? '项目' : '学校', fact: 1, cell: nameOf },
    {
      key: 'unit',
      title: '所在单位',
      cell: (row) => row.unitName ?? <Missing reason="不属于任何单位" />,
    },
    { key: 'from', title: '开始', cell: (row) => formatDate(row.from) },
    {
      key: 'to',
      title: '截止',
      fact: 3,
      hint: '含当日',
      cell: (row) => (row.to ? `至 ${formatDate(row.to)}` : '长期'),
    },
    {
      key: 'givenBy',
      title: '指派人',
      cell: (row) => row.givenBy ?? <Missing reason="随数据装入" />,
    },
    {
      key: 'state',
      title: '状态',
      fact: 2,
      cell: (row) => (
        <StateMark {...states[row.state]}>{row.endedAt && ` ${formatDate(new Date(row.endedAt))}`}</StateMark>
      ),
    },
    {
      key: 'end',
      title: '操作',
      acts: true,
      cell: (row) =>
        row.can.end && (
          <Button small busy={ending.busy} onClick={() => void finish(row)}>
            结束指派<span className="visually-hidden">：{nameOf(row)}</span>
          </Button>
        ),
    },
  ];
  return <DataTable caption={`${post.roleName}的指派`} columns={columns} rows={rows} rowKey={(row) => row.id} />;
}

/** A school, all schools of a unit, or the part of a campaign. */
function nameOf(row: Row): string {
  if (row.schoolName !== null) return row.schoolName;
  if (row.campaignId !== null) return row.branch ?? '全部分组';
  return `${row.unitName ?? ''}全部学校`;
}
