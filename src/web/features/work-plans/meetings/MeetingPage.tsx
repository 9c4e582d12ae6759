import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { RouteOutput } from '#contract/route.ts';
import * as meetings from '#contract/work-plans/meetings.ts';
import { useAct, useRead } from '#web/shared/call/queries.ts';
import { DateField } from '#web/shared/form/DateField.tsx';
import { CheckField, SelectField, TextAreaField, TextField } from '#web/shared/form/fields.tsx';
import { Button } from '#web/shared/kit/action/Button.tsx';
import { Dialog } from '#web/shared/kit/dialog/Dialog.tsx';
import { ask, confirm } from '#web/shared/kit/dialog/question.ts';
import { Empty } from '#web/shared/kit/feedback/Empty.tsx';
import { LoadedPage } from '#web/shared/kit/feedback/LoadedPage.tsx';
import { Facts, Page, Section } from '#web/shared/kit/layout/Page.tsx';
import { Row } from '#web/shared/kit/layout/Row.tsx';
import { Stack } from '#web/shared/kit/layout/Stack.tsx';
import { type Column, DataTable } from '#web/shared/kit/table/DataTable.tsx';
import { useSession } from '#web/shared/session/session.tsx';
import { formatDateTime } from '#web/shared/words/format.ts';
import { meetingMarks } from '../desk/state-marks.ts';
import { DecideItem } from './DecideItem.tsx';
import style from './MeetingPage.module.css';

type Meeting = RouteOutput<typeof meetings.read>;
type Person = Meeting['people'][number];

/** One meeting: agenda, who signed in, minutes, and what it decided. */
export function MeetingPage({ meetingId }: { meetingId: string }) {
  const read = useRead(meetings.read, { params: { meetingId } });
  return (
    <LoadedPage
      of={read}
      title="会议记录"
      above={
        <Link to="/meetings" search={{}}>
          会议
        </Link>
      }
    >
      {(meeting) => <MeetingRecord key={meetingId} meeting={meeting} />}
    </LoadedPage>
  );
}

function MeetingRecord({ meeting }: { meeting: Meeting }) {
  const { can, state, people, invited } = meeting;
  const [dialog, setDialog] = useState<'change' | 'clerk' | 'decide' | null>(null);
  const params = { meetingId: meeting.id };
  const close = () => setDialog(null);
  const { person } = useSession();
  const signIn = useAct(meetings.signIn, { done: '已签到' });
  const cancel = useAct(meetings.cancel, { done: '会议已撤销' });
  const takingBack = useAct(meetings.takeSignInBack, { done: '签到已撤销' });
  async function takeBack({ id, name }: Person) {
    const sure = await confirm({
      title: `撤销${name}的签到`,
      text: '审计保留签到和撤销的记录；可以重新签到。',
      verb: '撤销签到',
    });
    if (sure) await takingBack.act({ params: { ...params, attendeeId: id } });
  }
  async function askCancel() {
    const reason = await ask({
      title: `撤销“${meeting.title}”`,
      text: '受邀的县（市、区）同时得知原因；已签到和议定的记录保留。',
      label: '撤销原因',
      verb: '撤销会议',
      danger: true,
      required: true,
      maxLength: 300,
    });
    if (reason !== null) await cancel.act({ params, body: { revision: meeting.revision, reason } });
  }
  const isSigned = people.some(({ name, signedBy }) => name === person.name && signedBy === null);
  return (
    <Page
      title={meeting.title}
      above={
        <Link to="/meetings" search={{}}>
          会议
        </Link>
      }
      state={[`${meeting.originName}召集`, meeting.heldOn, meetingMarks[state].word, meeting.reason]
        .filter(Boolean)
        .join(' · ')}
      action={
        <>
          {can.change && (
            <Button kind="quiet" busy={cancel.busy} onClick={() => void askCancel()}>
              撤销会议
            </Button>
          )}
          {can.change && <Button onClick={() => setDialog('change')}>修改和纪要</Button>}
          {can.signIn && !isSigned && (
            <Button kind="primary" busy={signIn.busy} onClick={() => void signIn.act({ params, body: {} })}>
              签到
            </Button>
          )}
        </>
      }
    >
      <Facts items={[invited.length > 0 && ['受邀', invited.map(({ name }) => name).join('、'), 'wide']]} />
      <Section title="议程">
        {meeting.agenda === '' ? <Empty title="没有写明议程" /> : <p className={style.text}>{meeting.agenda}</p>}
      </Section>
      <Section
        title="签到"
        note={`${people.length} 人`}
        action={can.signIn && <Button onClick={() => setDialog('clerk')}>代他人签到</Button>}
      >
        <DataTable<Person>
          caption="签到"
          columns={columnsOf(takeBack)}
          rows={people}
          rowKey={({ id }) => id}
          empty={<Empty title="还没有人签到" />}
        />
      </Section>
      <Section title="纪要">
        {meeting.minutes === '' ? <Empty title="还没有纪要" /> : <p className={style.text}>{meeting.minutes}</p>}
      </Section>
      <Section
        title="议定事项"
        action={can.decide && meeting.plans.length > 0 && <Button onClick={() => setDialog('decide')}>列入计划</Button>}
      >
        {meeting.items.length === 0 ? (
          <Empty title="没有列入计划的议定事项" />
        ) : (
          <ul>
            {meeting.items.map(({ id, planId, number, text }) => (
              <li key={id}>
                <Link to="/work-plans/$planId" params={{ planId }} search={{ item: id }}>
                  {number === null ? text : `${number}. ${text}`}
                </Link>
              </li>
            ))}
          </ul>
        )}
      </Section>
      {dialog === 'change' && <ChangeMeeting meeting={meeting} onClose={close} />}
      {dialog === 'clerk' && <SignInOther meeting={meeting} onClose={close} />}
      {dialog === 'decide' && <DecideItem meeting={meeting} onClose={close} />}
    </Page>
  );
}

const columnsOf = (takeBack: (person: Person) => Promise<void>): ReadonlyArray<Column<Person>> => [
  { key: 'name', title: '姓名', fact: 1, cell: ({ name }) => name, value: ({ name }) => name },
  { key: 'unit', title: '单位', fact: 2, cell: ({ unitName }) => unitName, value: ({ unitName }) => unitName },
  {
    key: 'at',
    title: '签到',
    fact: 3,
    cell: ({ signedAt, signedBy }) => `${formatDateTime(signedAt)}${signedBy === null ? '' : `，${signedBy}代签`}`,
    value: ({ signedAt }) => formatDateTime(signedAt),
  },
  {
    key: 'act',
    title: '办理',
    acts: true,
    cell: (person) =>
      person.mayTakeBack && (
        <Button kind="quiet" small onClick={() => void takeBack(person)}>
          撤销签到
        </Button>
      ),
    value: () => '',
  },
];

function ChangeMeeting({ meeting, onClose }: { meeting: Meeting; onClose: () => void }) {
  const [content, setContent] = useState({
    title: meeting.title,
    heldOn: meeting.heldOn,
    agenda: meeting.agenda,
    minutes: meeting.minutes,
    held: meeting.state === 'held',
  });
  const set = (patch: Partial<typeof content>) => setContent((before) => ({ ...before, ...patch }));
  const change = useAct(meetings.change, { done: '已保存', onDone: onClose });
  return (
    <Dialog
      open
      firm
      size="wide"
      title="修改和纪要"
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>取消</Button>
          <Button
            kind="primary"
            busy={change.busy}
            disabled={content.title.trim().length < 2 || content.heldOn === ''}
            onClick={() =>
              void change.act({ params: { meetingId: meeting.id }, body: { ...content, revision: meeting.revision } })
            }
          >
            保存
          </Button>
        </>
      }
    >
      <Stack>
        <TextField label="会议名称" maxLength={120} value={content.title} onChange={(title) => set({ title })} />
        <DateField label="日期" value={content.heldOn} onChange={(heldOn) => set({ heldOn })} />
        <TextAreaField
          label="议程"
          required={false}
          rows={4}
          maxLength={4000}
          value={content.agenda}
          onChange={(agenda) => set({ agenda })}
        />
        <CheckField label="会议已召开" value={content.held} onChange={(held) => set({ held })} />
        <TextAreaField
          label="纪要"
          help="只在召集单位可见"
          required={false}
          rows={10}
          maxLength={20000}
          value={content.minutes}
          onChange={(minutes) => set({ minutes })}
        />
      </Stack>
    </Dialog>
  );
}

/** The clerk signs somebody in who has no account here; both names are kept. */
function SignInOther({ meeting, onClose }: { meeting: Meeting; onClose: () => void }) {
  const { unit } = useSession();
  const own = unit ? [{ value: unit.id, label: unit.name }] : [];
  const options = meeting.can.change
    ? [...own, ...meeting.invited.map(({ unitId, name }) => ({ value: unitId, label: name }))]
    : own;
  const [name, setName] = useState('');
  const [unitId, setUnit] = useState(options[0]?.value);
  const signIn = useAct(meetings.signIn, { done: `已为${name}签到`, onDone: () => setName('') });
  return (
    <Dialog
      open
      title="代他人签到"
      onClose={onClose}
      actions={
        <Row>
          <Button onClick={onClose}>取消</Button>
          <Button
            kind="primary"
            busy={signIn.busy}
            disabled={name.trim().length < 2 || unitId === undefined}
            onClick={() =>
              unitId !== undefined && void signIn.act({ params: { meetingId: meeting.id }, body: { name, unitId } })
            }
          >
            签到
          </Button>
        </Row>
      }
    >
      <Stack>
        <TextField label="姓名" maxLength={40} value={name} onChange={setName} />
        <SelectField label="单位" value={unitId} options={options} onChange={setUnit} />
      </Stack>
    </Dialog>
  );
}
