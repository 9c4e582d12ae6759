import { Link, type LinkProps } from '@tanstack/react-router';
import { useState } from 'react';
import * as items from '#contract/work-plans/items.ts';
import { schoolYearName } from '#domain/kit/school-year.ts';
import { useDeskContext } from '#web/shared/address/context.tsx';
import { useAct } from '#web/shared/call/queries.ts';
import { deskWords, here } from '#web/shared/desk/registry.ts';
import { Attachments } from '#web/shared/files/Attachments.tsx';
import { DateField } from '#web/shared/form/DateField.tsx';
import { CheckField, TextAreaField } from '#web/shared/form/fields.tsx';
import { Button } from '#web/shared/kit/action/Button.tsx';
import { Dialog } from '#web/shared/kit/dialog/Dialog.tsx';
import { ask } from '#web/shared/kit/dialog/question.ts';
import { Chronicle } from '#web/shared/kit/layout/Chronicle.tsx';
import { Row } from '#web/shared/kit/layout/Row.tsx';
import { Stack } from '#web/shared/kit/layout/Stack.tsx';
import { DataTable } from '#web/shared/kit/table/DataTable.tsx';
import type { Detail, PlanItem } from '../item-fields.ts';
import { AmendItem } from './AmendItem.tsx';
import style from './ItemRecords.module.css';

type Tie = PlanItem['ties'][number];

/** What an item is counted by, unit by unit; its notes; and what can be done with it. */
export function ItemRecords({ detail, item }: { detail: Detail; item: PlanItem }) {
  return (
    <div className={style.records}>
      <Stack gap={4}>
        {item.ties.map((tie) => (
          <TieRecords key={tie.id} tie={tie} />
        ))}
        {item.meeting && (
          <p>
            由{' '}
            <Link to="/meetings" search={{ meeting: item.meeting.id }}>
              {item.meeting.heldOn} {item.meeting.title}
            </Link>{' '}
            议定
          </p>
        )}
        {item.reason !== null && item.state !== 'withdrawn' && <p className="caption">最近一次调整：{item.reason}</p>}
        {item.notes.length > 0 && (
          <Chronicle
            entries={item.notes.map(({ id, day, body, author, settles }) => ({
              key: id,
              time: day,
              content: (
                <>
                  {body} <span className="caption">{`${author}${settles ? '，认定完成' : ''}`}</span>
                  <Attachments subjectType="work-item-note" subjectId={id} title={`${day} 记录的附件`} inLine />
                </>
              ),
            }))}
          />
        )}
        <ItemActs detail={detail} item={item} />
      </Stack>
    </div>
  );
}

function TieRecords({ tie: { kind, title, year, visible, units } }: { tie: Tie }) {
  const link = here(deskWords).fulfilLinks[kind];
  const caption = `${title} · ${schoolYearName(year)}`;
  if (!visible) return <p>{caption}：您的岗位看不到这项工作的进度。</p>;
  if (units.length === 0) return <p>{caption}：还没有开始，没有可以计算的记录。</p>;
  return (
    <div>
      <h3 className={style.title}>{caption}</h3>
      <DataTable
        caption={caption}
        rows={units}
        rowKey={({ unitId }) => unitId}
        columns={[
          {
            key: 'unit',
            title: '单位',
            fact: 1,
            cell: ({ unitId, name }) => (link ? <Link {...(link(unitId, year) as LinkProps)}>{name}</Link> : name),
            value: ({ name }) => name,
          },
          {
            key: 'count',
            title: '进度',
            fact: 2,
            align: 'end',
            cell: ({ done, total }) => `${done} / ${total}`,
            value: ({ done, total }) => (total === 0 ? null : done / total),
          },
          {
            key: 'day',
            title: '最近完成',
            fact: 3,
            cell: ({ lastDay }) => lastDay ?? '',
            value: ({ lastDay }) => lastDay,
          },
        ]}
      />
    </div>
  );
}

function ItemActs({ detail: { plan, can }, detail, item }: { detail: Detail; item: PlanItem }) {
  const [amending, setAmending] = useState(false);
  const [noting, setNoting] = useState(false);
  const params = { planId: plan.id, itemId: item.id };
  const withdraw = useAct(items.withdraw, { done: ({ counties }) => `已撤出${told(counties)}` });
  const reopen = useAct(items.reopen, { done: '已撤回完成认定' });
  async function askWithdraw() {
    const reason = await ask({
      title: '撤出这项任务',
      text: '任务留在计划中并注明撤出；已下达的县（市、区）同时得知原因。',
      label: '撤出原因',
      verb: '撤出任务',
      danger: true,
      required: true,
      maxLength: 300,
    });
    if (reason !== null) await withdraw.act({ params, body: { revision: plan.revision, reason } });
  }
  async function askReopen() {
    const reason = await ask({
      title: '撤回完成认定',
      label: '原因',
      verb: '撤回认定',
      required: true,
      maxLength: 300,
    });
    if (reason !== null) await reopen.act({ params, body: { reason } });
  }
  if (item.state === 'withdrawn' || !(can.amend || can.note)) return null;
  return (
    <span className="screen-only">
      <Row>
        {can.note && <Button onClick={() => setNoting(true)}>记录落实情况</Button>}
        {can.note && item.state === 'settled' && (
          <Button busy={reopen.busy} onClick={() => void askReopen()}>
            撤回完成认定
          </Button>
        )}
        {can.amend && <Button onClick={() => setAmending(true)}>调整</Button>}
        {can.amend && (
          <Button kind="quiet" busy={withdraw.busy} onClick={() => void askWithdraw()}>
            撤出
          </Button>
        )}
      </Row>
      {noting && <WriteNote params={params} item={item} onClose={() => setNoting(false)} />}
      {amending && <AmendItem detail={detail} item={item} onClose={() => setAmending(false)} />}
    </span>
  );
}

const told = (counties: number) => (counties === 0 ? '' : `，已告知 ${counties} 个县（市、区）`);

interface WriteNoteProps {
  params: { planId: string; itemId: string };
  item: PlanItem;
  onClose: () => void;
}

function WriteNote({ params, item, onClose }: WriteNoteProps) {
  const { today } = useDeskContext();
  const [body, setBody] = useState('');
  const [day, setDay] = useState(today);
  const [settles, setSettles] = useState(false);
  const write = useAct(items.write, { done: '已记录', onDone: onClose });
  return (
    <Dialog
      open
      firm
      title="记录落实情况"
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>取消</Button>
          <Button
            kind="primary"
            busy={write.busy}
            disabled={body.trim().length < 2 || day === ''}
            onClick={() => void write.act({ params, body: { body, day, settles } })}
          >
            {settles ? '记录并认定完成' : '记录'}
          </Button>
        </>
      }
    >
      <Stack>
        <DateField label="日期" value={day} onChange={setDay} />
        <TextAreaField label="落实情况" rows={6} maxLength={2000} value={body} onChange={setBody} />
        {item.ties.length === 0 && item.state === 'open' && (
          <CheckField label="据此认定任务完成" value={settles} onChange={setSettles} />
        )}
      </Stack>
    </Dialog>
  );
}
