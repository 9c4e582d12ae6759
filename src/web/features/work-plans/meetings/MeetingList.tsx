import { Link, linkOptions } from '@tanstack/react-router';
import { useState } from 'react';
import type { RouteOutput } from '#contract/route.ts';
import * as meetings from '#contract/work-plans/meetings.ts';
import { useDeskContext } from '#web/shared/address/context.tsx';
import { useSearchState } from '#web/shared/address/search-state.ts';
import { useAct, useRead } from '#web/shared/call/queries.ts';
import { DateField } from '#web/shared/form/DateField.tsx';
import { Field } from '#web/shared/form/Field.tsx';
import { TextAreaField, TextField } from '#web/shared/form/fields.tsx';
import { Button } from '#web/shared/kit/action/Button.tsx';
import type { Choice } from '#web/shared/kit/choice/choice.ts';
import { MultiSelect } from '#web/shared/kit/choice/MultiSelect.tsx';
import { Dialog } from '#web/shared/kit/dialog/Dialog.tsx';
import { Empty } from '#web/shared/kit/feedback/Empty.tsx';
import { Loaded } from '#web/shared/kit/feedback/Loaded.tsx';
import { late, WhenHere } from '#web/shared/kit/late.tsx';
import { Page } from '#web/shared/kit/layout/Page.tsx';
import { Row } from '#web/shared/kit/layout/Row.tsx';
import { Stack } from '#web/shared/kit/layout/Stack.tsx';
import { type Column, DataTable } from '#web/shared/kit/table/DataTable.tsx';
import { FilterBar, FilterSelect } from '#web/shared/kit/table/FilterBar.tsx';
import { StateMark } from '#web/shared/kit/words/StateMark.tsx';
import { meetingMarks } from '../desk/state-marks.ts';
import { meetingListSearch } from '../work-plans.search.ts';

type List = RouteOutput<typeof meetings.list>;
type Meeting = List['rows'][number];

const meetingPart = late(() => import('./MeetingPage.tsx'));

/** 会议: those that this office called and those to which it is invited. */
export default function Meetings() {
  const [{ meeting }] = useSearchState(meetingListSearch);
  if (meeting === undefined) return <MeetingList />;
  return <WhenHere late={meetingPart}>{({ MeetingPage }) => <MeetingPage meetingId={meeting} />}</WhenHere>;
}

function MeetingList() {
  const { today } = useDeskContext();
  const thisYear = Number(today.slice(0, 4));
  const [{ planYear, calling }, setSearch] = useSearchState(meetingListSearch);
  const year = planYear ?? thisYear;
  const list = useRead(meetings.list, { query: { year } }, { keepPrevious: true });
  return (
    <Page
      title="会议"
      above={<Link to="/work-plans">工作计划</Link>}
      state={list.data && `${year} 年 ${list.data.rows.length} 次`}
      action={
        list.data?.mayCall && (
          <Button kind="primary" onClick={() => setSearch({ calling: true })}>
            召集会议
          </Button>
        )
      }
    >
      <FilterBar>
        <FilterSelect
          label="年度"
          value={year}
          options={[thisYear + 1, thisYear, thisYear - 1, thisYear - 2].map((value) => ({
            value,
            label: `${value} 年`,
          }))}
          onChange={(value) => setSearch({ planYear: value })}
          all="今年"
        />
      </FilterBar>
      <Loaded of={list} shape="table">
        {(data) => (
          <>
            <DataTable<Meeting>
              caption="会议"
              columns={columns}
              rows={data.rows}
              rowKey={({ id }) => id}
              href={({ id }) => linkOptions({ to: '/meetings', search: { meeting: id } })}
              empty={<Empty title={`${year} 年没有会议`}>召集的会议和受邀参加的会议都列在这里。</Empty>}
            />
            {calling && data.mayCall && (
              <CallMeeting
                list={data}
                today={today}
                onClose={() => setSearch({ calling: undefined }, { replace: true })}
              />
            )}
          </>
        )}
      </Loaded>
    </Page>
  );
}

const columns: ReadonlyArray<Column<Meeting>> = [
  { key: 'title', title: '会议', fact: 1, cell: ({ title }) => title, value: ({ title }) => title },
  { key: 'day', title: '日期', fact: 3, width: '8rem', cell: ({ heldOn }) => heldOn, value: ({ heldOn }) => heldOn },
  {
    key: 'origin',
    title: '召集',
    width: '9rem',
    cell: ({ originName }) => originName,
    value: ({ originName }) => originName,
  },
  {
    key: 'state',
    title: '状态',
    fact: 2,
    width: '7rem',
    cell: ({ state }) => <StateMark state={meetingMarks[state]} />,
    value: ({ state }) => meetingMarks[state].word,
  },
  {
    key: 'people',
    title: '签到',
    unit: '人',
    align: 'end',
    width: '6rem',
    cell: ({ attendees }) => attendees,
    value: ({ attendees }) => attendees,
  },
  {
    key: 'items',
    title: '议定',
    unit: '项',
    align: 'end',
    width: '6rem',
    cell: ({ decisions }) => decisions,
    value: ({ decisions }) => decisions,
  },
];

function CallMeeting({ list, today, onClose }: { list: List; today: string; onClose: () => void }) {
  const [title, setTitle] = useState('');
  const [heldOn, setHeldOn] = useState(today);
  const [agenda, setAgenda] = useState('');
  const [invited, setInvited] = useState<readonly Choice<number>[]>([]);
  const all = list.counties.map(({ unitId, name }) => ({ value: unitId, label: name }));
  const call = useAct(meetings.call, {
    done: invited.length === 0 ? '已召集' : `已召集，通知 ${invited.length} 个县（市、区）`,
    onDone: onClose,
  });
  return (
    <Dialog
      open
      firm
      title="召集会议"
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>取消</Button>
          <Button
            kind="primary"
            busy={call.busy}
            disabled={title.trim().length < 2 || heldOn === ''}
            onClick={() =>
              void call.act({ body: { title, heldOn, agenda, invited: invited.map(({ value }) => value) } })
            }
          >
            召集会议
          </Button>
        </>
      }
    >
      <Stack>
        <TextField label="会议名称" maxLength={120} value={title} onChange={setTitle} />
        <DateField label="日期" value={heldOn} onChange={setHeldOn} />
        <TextAreaField label="议程" required={false} rows={5} maxLength={4000} value={agenda} onChange={setAgenda} />
        {all.length > 0 && (
          <Field label="受邀的县（市、区）" choose>
            {({ id }) => (
              <>
                <MultiSelect
                  beside
                  id={id}
                  label="受邀的县（市、区）"
                  options={all}
                  value={invited}
                  onChange={setInvited}
                />
                <Row>
                  <Button small kind="quiet" onClick={() => setInvited(all)}>
                    全部
                  </Button>
                </Row>
              </>
            )}
          </Field>
        )}
      </Stack>
    </Dialog>
  );
}
