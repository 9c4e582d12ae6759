import { useState } from 'react';
import { endSeat, seats } from '#contract/campaigns/campaigns.ts';
import { seatPartTitles } from '#domain/evaluation/kind.ts';
import { useDeskContext } from '#web/shared/address/context.tsx';
import { useRead } from '#web/shared/call/queries.ts';
import { Button } from '#web/shared/kit/action/Button.tsx';
import { ask } from '#web/shared/kit/dialog/question.ts';
import { Band } from '#web/shared/kit/feedback/Band.tsx';
import { Empty } from '#web/shared/kit/feedback/Empty.tsx';
import { Loaded } from '#web/shared/kit/feedback/Loaded.tsx';
import { late, WhenHere } from '#web/shared/kit/late.tsx';
import { Section } from '#web/shared/kit/layout/Page.tsx';
import { Row } from '#web/shared/kit/layout/Row.tsx';
import { type Column, DataTable } from '#web/shared/kit/table/DataTable.tsx';
import { Missing } from '#web/shared/kit/words/Missing.tsx';
import { StateMark } from '#web/shared/kit/words/StateMark.tsx';
import { formatDate, formatNumber, formatPercent } from '#web/shared/words/format.ts';
import type { Campaign, Seat, Seats } from '../campaign-reply.ts';
import { seatMarks } from '../desk/state-marks.ts';
import { useCampaignAct } from '../useCampaignAct.ts';
import { branchText, subjectText } from './seat-words.ts';

const seating = late(() => import('./SeatDialog.tsx'));
const sharing = late(() => import('./ShareDialog.tsx'));

/** 督导组: who judges which branches of which subjects, what speaks against it, who has read the edition, how far each is. */
export function SeatsPart({ campaign }: { campaign: Campaign }) {
  const read = useRead(seats, { params: { campaignId: campaign.id } });
  return (
    <Loaded of={read} shape="table">
      {(panel) => <Panel campaign={campaign} panel={panel} />}
    </Loaded>
  );
}

type Open = { kind: 'give' } | { kind: 'change'; seat: Seat } | { kind: 'share' } | null;

function Panel({ campaign, panel }: { campaign: Campaign; panel: Seats }) {
  const [open, setOpen] = useState<Open>(null);
  const { today } = useDeskContext();
  const { rows, lacks, branches, subjects, can } = panel;
  const ending = useCampaignAct(endSeat, { done: '已结束，已给的分数保留' });
  const standing = rows.filter(({ endedOn }) => endedOn === null);
  const mayGive = can.give && campaign.can.seats;
  async function end(seat: Seat) {
    const reason = await ask({
      ...{
        title: `结束${seat.name}的工作？`,
        label: '原因',
        verb: '结束工作',
        danger: true,
        required: true,
        maxLength: 300,
      },
      text: '即刻起不能再看和评这次的材料，本人收到通知；已给的分数保留。',
      suggestions: ['工作调整', '本人申请', '回避'],
    });
    if (reason === null) return;
    const params = { campaignId: campaign.id, seatId: seat.id };
    await ending.act({ params, body: { revision: seat.revision, on: today, reason } });
  }
  const close = () => setOpen(null);
  return (
    <>
      {lacks.length > 0 && campaign.state !== 'closed' && campaign.state !== 'cancelled' && (
        <Band tone="look" label="督导组还缺">
          {lacks.length === 1 ? (
            `督导组还缺：${lacks[0]!.sentence}`
          ) : (
            <>
              <p>督导组还缺：</p>
              <ul>
                {lacks.slice(0, 8).map(({ code, sentence }) => (
                  <li key={code}>{sentence}</li>
                ))}
              </ul>
              {lacks.length > 8 && <p>另有 {lacks.length - 8} 条。</p>}
            </>
          )}
        </Band>
      )}
      <Section
        title="督导组"
        note={standing.length === 0 ? undefined : panelNote(standing)}
        action={
          mayGive && (
            <>
              {standing.filter(({ scores }) => scores).length > 1 && (
                <Button onClick={() => setOpen({ kind: 'share' })}>按分支均分</Button>
              )}{' '}
              <Button kind={campaign.can.open ? 'plain' : 'primary'} onClick={() => setOpen({ kind: 'give' })}>
                安排成员
              </Button>
            </>
          )
        }
      >
        <DataTable<Seat>
          caption="督导组"
          rows={rows}
          rowKey={({ id }) => id}
          columns={columnsOf(panel, mayGive, {
            change: (seat) => setOpen({ kind: 'change', seat }),
            end: (seat) => void end(seat),
          })}
          empty={
            <Empty title="督导组还没有成员">
              {mayGive
                ? '从督学、专家和干部中安排，至少三名督学，一名组长；须回避的不能安排到相应的对象。'
                : '市级督导机构安排后列在这里。'}
            </Empty>
          }
        />
      </Section>
      {open?.kind === 'share' && (
        <WhenHere late={sharing}>
          {({ ShareDialog }) => <ShareDialog campaign={campaign} panel={panel} onClose={close} />}
        </WhenHere>
      )}
      {(open?.kind === 'give' || open?.kind === 'change') && (
        <WhenHere late={seating}>
          {({ SeatDialog }) => (
            <SeatDialog
              campaign={campaign}
              branches={branches}
              subjects={subjects}
              seat={open.kind === 'change' ? open.seat : null}
              onClose={close}
            />
          )}
        </WhenHere>
      )}
    </>
  );
}

function panelNote(standing: readonly Seat[]): string {
  const due = standing.reduce((total, seat) => total + seat.due, 0);
  const done = standing.reduce((total, seat) => total + seat.done, 0);
  const outside = standing.filter(({ isOutside }) => isOutside).length;
  return [
    `${standing.length} 人`,
    ...(outside > 0 ? [`其中外聘 ${outside} 人`] : []),
    ...(due > 0 ? [`应评 ${formatNumber(due)} 项次，已评 ${formatNumber(done)}（${formatPercent(done / due)}）`] : []),
  ].join('，');
}

interface SeatActs {
  change: (seat: Seat) => void;
  end: (seat: Seat) => void;
}

function columnsOf({ branches, subjects }: Seats, mayGive: boolean, { change, end }: SeatActs): Column<Seat>[] {
  return [
    {
      ...{ key: 'name', title: '成员', fact: 1, width: '7rem' },
      value: ({ name }) => name,
      cell: ({ name, isOutside }) => (
        <>
          {name}
          {isOutside && <span className="caption">　外聘</span>}
        </>
      ),
    },
    {
      ...{ key: 'part', title: '职责', fact: 2, width: '8.5rem' },
      value: ({ part }) => seatPartTitles[part],
      cell: ({ part, scores, inspectorKind, endedOn }) =>
        endedOn === null ? (
          <>
            {seatPartTitles[part]}
            {!scores && '，不评分'}
            {inspectorKind !== null && <span className="caption">　{inspectorKind}</span>}
          </>
        ) : (
          <StateMark state={seatMarks.ended} text={`${formatDate(endedOn)} 结束`} />
        ),
    },
    {
      ...{ key: 'nodes', title: '分支' },
      value: ({ nodes }) => branchText(nodes, branches),
      cell: ({ nodes, scores }) => (scores ? branchText(nodes, branches) : <Missing reason="不评分" />),
    },
    {
      ...{ key: 'subjects', title: '对象', width: '7.5rem' },
      value: ({ evaluationIds }) => subjectText(evaluationIds, subjects),
      cell: ({ evaluationIds }) => subjectText(evaluationIds, subjects),
    },
    {
      key: 'days',
      title: '起止',
      width: '12rem',
      cell: ({ from, to }) => (
        <span className="nowrap">
          {from} 至 {to}
        </span>
      ),
      value: ({ from }) => from,
    },
    {
      ...{ key: 'avoidance', title: '回避', width: '6.5rem' },
      hint: '按登记的任职、亲属和子女就读情况；事由只有办理的人看得到',
      value: ({ avoidance: { blocks, asks } }) => blocks + asks,
      cell: ({ avoidance: { blocks, asks }, waivedReason }) =>
        blocks + asks === 0 ? (
          '没有'
        ) : (
          <Row inline>
            {blocks > 0 && <StateMark state={seatMarks.blocked} text={`须回避 ${blocks}`} />}
            {asks > 0 && (
              <StateMark
                state={waivedReason === null ? seatMarks.asked : seatMarks.waived}
                text={`${waivedReason === null ? '待认定' : '已认定'} ${asks}`}
              />
            )}
          </Row>
        ),
    },
    {
      ...{ key: 'read', title: '学习', width: '5.5rem' },
      value: ({ readEditionAt }) => readEditionAt,
      cell: ({ readEditionAt }) => <StateMark state={readEditionAt === null ? seatMarks.unread : seatMarks.read} />,
    },
    {
      ...{ key: 'done', title: '已评', align: 'end', width: '6rem', fact: 3 },
      value: ({ done, due }) => (due === 0 ? null : done / due),
      cell: ({ done, due }) =>
        due === 0 ? <Missing reason="没有要评的" /> : `${formatNumber(done)} / ${formatNumber(due)}`,
    },
    ...(mayGive
      ? [
          {
            ...{ key: 'acts', title: '办理', width: '7rem', acts: true },
            cell: (seat: Seat) =>
              seat.endedOn === null && (
                <Row inline>
                  <Button small kind="quiet" aria-label={`调整${seat.name}`} onClick={() => change(seat)}>
                    调整
                  </Button>
                  <Button small kind="quiet" aria-label={`结束${seat.name}的工作`} onClick={() => end(seat)}>
                    结束
                  </Button>
                </Row>
              ),
          },
        ]
      : []),
  ];
}
