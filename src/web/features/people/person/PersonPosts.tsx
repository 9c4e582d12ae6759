import { useState } from 'react';
import { newestEntries } from '#contract/kit/kit.shape.ts';
import { revokeRole } from '#contract/people/people.ts';
import { useAct } from '#web/shared/call/queries.ts';
import { Button } from '#web/shared/kit/action/Button.tsx';
import { confirm } from '#web/shared/kit/dialog/question.ts';
import { late, WhenHere } from '#web/shared/kit/late.tsx';
import { Row as Line } from '#web/shared/kit/layout/Row.tsx';
import { type Column, DataTable } from '#web/shared/kit/table/DataTable.tsx';
import { Missing } from '#web/shared/kit/words/Missing.tsx';
import { StateMark } from '#web/shared/kit/words/StateMark.tsx';
import { EndStandIn, GiveStandIn } from '#web/shared/session/StandIns.tsx';
import { formatDate, formatDateTime } from '#web/shared/words/format.ts';
import { onlyNewest } from '#web/shared/words/newest.ts';
import { lapsedSection, type PersonDetail, placeName } from '../people.words.ts';
import style from './PersonPosts.module.css';
import { PostSection } from './PostSection.tsx';

const passWork = late(() => import('./PassWork.tsx'));

type Row = PersonDetail['history'][number];

/** The present and past posts of a person, the stand-ins, and the buttons that take each back. */
export function PersonPosts({ person }: { person: PersonDetail }) {
  const revoking = useAct(revokeRole, { done: '岗位已收回，其登录和这个岗位的访问令牌已结束。' });
  const older = onlyNewest(person.history, newestEntries, '更早的见“审计”');
  const [giving, setGiving] = useState<Row | null>(null);
  const [moving, setMoving] = useState<Row | null>(null);
  const [leaving, setLeaving] = useState<Row | null>(null);
  async function take(row: Row) {
    const yes = await confirm({
      title: `收回${person.name}的${row.roleName}？`,
      text: '其全部登录立即结束，有其他岗位的重新登录后继续使用；这个岗位的访问令牌、代办同时结束。经办过的事项仍然记在其名下；没有办完的，收回前后都可以“移交工作”。',
      verb: '收回角色',
      danger: true,
    });
    if (yes) await revoking.act({ params: { personId: person.id }, query: { grantId: row.grantId } });
  }
  const columns: ReadonlyArray<Column<Row>> = [
    { key: 'role', title: '角色', fact: 1, cell: (row) => row.roleName },
    {
      key: 'place',
      title: '单位或学校',
      fact: 2,
      cell: (row) => (
        <>
          {placeName(row) ?? <Missing reason="不属于任何单位" />}
          {row.sectionLapsed && <p className="caption">{lapsedSection(row)}</p>}
        </>
      ),
    },
    { key: 'grantedAt', title: '授予时间', cell: (row) => formatDateTime(row.grantedAt) },
    {
      key: 'revokedAt',
      title: '收回时间',
      fact: 3,
      cell: (row) => (row.revokedAt ? formatDateTime(row.revokedAt) : <StateMark state="valid" text="现任" />),
    },
    {
      key: 'revoke',
      title: '操作',
      acts: true,
      cell: (row) =>
        row.revokedAt !== null ? (
          person.can.revoke && atPlace(row) && <Leave onClick={() => setLeaving(row)} />
        ) : (
          <Line inline>
            {mayGive(person, row) && (
              <Button small onClick={() => setGiving(row)}>
                交同事代办
              </Button>
            )}
            {person.can.revoke && maySection(row) && (
              <Button small onClick={() => setMoving(row)}>
                {row.sectionId === null ? '选择科室' : '改变科室'}
              </Button>
            )}
            {person.can.revoke && atPlace(row) && <Leave onClick={() => setLeaving(row)} />}
            {person.can.revoke && (
              <Button small busy={revoking.busy} onClick={() => void take(row)}>
                收回角色
              </Button>
            )}
          </Line>
        ),
    },
  ];
  return (
    <>
      {person.history.length === 0 ? (
        <p>
          <Missing reason="还没有授予角色" />
        </p>
      ) : (
        <DataTable caption="任职经历" columns={columns} rows={person.history} rowKey={(row) => row.grantId} />
      )}
      {older && <p className="caption">{older}</p>}
      {person.standIns.length > 0 && <StandIns person={person} />}
      {moving && <PostSection person={person} post={moving} onClose={() => setMoving(null)} />}
      {leaving && (
        <WhenHere late={passWork}>
          {({ PassWork }) => <PassWork person={person} post={leaving} onClose={() => setLeaving(null)} />}
        </WhenHere>
      )}
      {giving && <GiveStandIn post={giving} holder={person.name} onClose={() => setGiving(null)} />}
    </>
  );
}

/** Work is open at a place alone. It can pass after the post was taken back, too. */
const atPlace = ({ unitId, schoolId }: Row) => unitId !== null || schoolId !== null;

function Leave({ onClick }: { onClick: () => void }) {
  return (
    <Button small onClick={onClick}>
      移交工作
    </Button>
  );
}

/** For somebody who is absent: a post at a place, of an account in use. */
function mayGive(person: PersonDetail, { reach }: Row): boolean {
  return person.can.standIn && person.status === 'active' && reach !== 'none' && reach !== 'campaign';
}

/** Only the posts of a city or a county are divided into sections. */
function maySection({ unitId, schoolId }: Row): boolean {
  return unitId !== null && schoolId === null;
}

function StandIns({ person }: { person: PersonDetail }) {
  return (
    <ul className={style.changes}>
      {person.standIns.map((one) => (
        <li key={one.id}>
          {one.personName}代{one.principalName}办理{one.roleName}，至 {formatDate(one.until)}（含当日）{' '}
          {person.can.standIn && <EndStandIn standIn={one} verb="结束代办" />}
        </li>
      ))}
    </ul>
  );
}
