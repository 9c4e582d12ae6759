import { useState } from 'react';
import { confirm as confirmChange, list, reject } from '#contract/people/roles.ts';
import type { RouteOutput } from '#contract/route.ts';
import { reachTitles } from '#domain/access/actor.ts';
import { permissionTitles } from '#domain/access/permission-titles.ts';

import { roleDifferences, roleWarning } from '#domain/access/role-change.ts';
import { useAct, useRead } from '#web/shared/call/queries.ts';
import { Button } from '#web/shared/kit/action/Button.tsx';
import { confirm } from '#web/shared/kit/dialog/question.ts';
import { Facts, Section } from '#web/shared/kit/layout/Page.tsx';
import { StateMark } from '#web/shared/kit/words/StateMark.tsx';
import { formatDateTime } from '#web/shared/words/format.ts';
import { roleChangeMarks } from '../desk/state-marks.ts';
import { confirmationRule, decidedText, proposedText, type RoleRow } from '../people.words.ts';
import { RejectDialog } from '../RejectDialog.tsx';
import style from './RoleChanges.module.css';

type Change = RouteOutput<typeof list>['rows'][number];

/** Changes of roles that wait for a second person, with their content; then the outcome of the last ones. */
export function RoleChanges({ roles }: { roles: readonly RoleRow[] }) {
  const read = useRead(list, {}, { refetchInterval: 60_000 });
  const rows = read.data?.rows ?? [];
  const waiting = rows.filter((change) => change.state === 'waiting');
  const decided = rows.filter((change) => change.state !== 'waiting').slice(0, 5);
  if (rows.length === 0) return null;
  return (
    <Section title="角色的改动" note={confirmationRule(roles)}>
      {waiting.length === 0 && <p className="soft">没有等待确认的改动。</p>}
      <ul className={style.changes}>
        {[...waiting, ...decided].map((change) => (
          <li key={change.id}>
            <OneChange change={change} role={roles.find(({ key }) => key === change.role)} />
          </li>
        ))}
      </ul>
    </Section>
  );
}

function OneChange({ change, role }: { change: Change; role: RoleRow | undefined }) {
  const [rejecting, setRejecting] = useState(false);
  const confirming = useAct(confirmChange, { done: '已确认，改动立即生效。' });
  const { before, after } = change;
  const changes = roleDifferences(before, after);
  const titles = (list: readonly (keyof typeof permissionTitles)[]) =>
    list.map((one) => permissionTitles[one]).join('、');
  async function askToConfirm() {
    const people = role?.people ?? 0;
    const gained = changes.added.length > 0 && `增加：${titles(changes.added)}。`;
    const lost = changes.removed.length > 0 && `取消：${titles(changes.removed)}。`;
    const whom = people > 0 ? `现任的 ${people} 人立即按新的权限办理。` : '现在没有人担任这个角色。';
    const sure = await confirm({
      title: before === null ? `确认新建角色“${after.name}”？` : `确认${before.name}的改动？`,
      text: [whom, gained, lost].filter(Boolean).join(''),
      verb: people > 0 ? `确认改动（${people} 人）` : '确认改动',
      danger: changes.removed.length > 0,
    });
    if (sure) await confirming.act({ params: { changeId: change.id } });
  }
  return (
    <>
      <h3 className={style.changeHead}>
        {before === null ? `新建角色：${after.name}` : before.name} <StateMark state={roleChangeMarks[change.state]} />
      </h3>
      <Facts
        items={[
          ['管辖范围', reachTitles[after.reach]],
          role !== undefined && ['现任', `${role.people} 人`],
          changes.name && ['名称', `${changes.name.before} 改为 ${changes.name.after}`],
          changes.added.length > 0 && ['增加权限', titles(changes.added), 'wide'],
          changes.removed.length > 0 && ['取消权限', titles(changes.removed), 'wide'],
          changes.secondFactorAdded && ['动态验证码', '改为必须使用'],
          ['提出', proposedText(change)],
          change.state === 'waiting'
            ? ['生效', `另一位安全管理员确认时，或 ${formatDateTime(change.effectiveAt)}`]
            : ['办结', decidedText(change)],
          change.state === 'waiting' && roleWarning(after) !== null && ['注意', roleWarning(after), 'wide'],
          change.reason !== null && ['理由', change.reason, 'wide'],
        ]}
      />
      {(change.can.confirm || change.can.reject) && (
        <div className={style.acts}>
          {change.can.confirm && (
            <Button kind="primary" busy={confirming.busy} onClick={() => void askToConfirm()}>
              确认改动
            </Button>
          )}
          {change.can.reject && (
            <Button onClick={() => setRejecting(true)}>{change.can.confirm ? '否决' : '收回'}</Button>
          )}
        </div>
      )}
      {rejecting && <Reject change={change} onClose={() => setRejecting(false)} />}
    </>
  );
}

function Reject({ change, onClose }: { change: Change; onClose: () => void }) {
  const { act, busy, problem } = useAct(reject, { done: '改动已否决。', inline: true, onDone: onClose });
  return (
    <RejectDialog
      title={`否决：${change.after.name}`}
      verb="否决改动"
      {...{ busy, problem, onClose }}
      onReject={(reason) => act({ params: { changeId: change.id }, body: { reason } })}
    />
  );
}
