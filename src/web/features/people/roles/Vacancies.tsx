import { useState } from 'react';
import { inviteAdministrator, roles } from '#contract/people/people.ts';
import { call } from '#web/shared/call/call.ts';
import { asProblem } from '#web/shared/call/problem.ts';
import { useRead } from '#web/shared/call/queries.ts';
import { Button } from '#web/shared/kit/action/Button.tsx';
import { toast } from '#web/shared/kit/feedback/toast.ts';
import { Section } from '#web/shared/kit/layout/Page.tsx';
import { Stack } from '#web/shared/kit/layout/Stack.tsx';
import { Secret } from '#web/shared/kit/words/Secret.tsx';
import { onceQuestion, useLeaveGuard } from '#web/shared/page/useLeaveGuard.ts';
import { useCan } from '#web/shared/session/session.tsx';
import { formatDateTime } from '#web/shared/words/format.ts';

interface Link {
  readonly role: string;
  readonly link: string;
  readonly expiresAt: string;
}

const note = '把链接交给另一个人，由其本人建立账户；每个链接只能使用一次，一小时内有效。';

/** In a new installation the 系统管理员 admits the other two, each by a link; both are shown in place, once. */
export default function Vacancies({ titled = false }: { titled?: boolean }) {
  const mayManage = useCan('people.manage');
  const read = useRead(roles, {}, { enabled: mayManage });
  const [links, setLinks] = useState<readonly Link[]>([]);
  const [busy, setBusy] = useState(false);
  useLeaveGuard(links.length > 0 ? onceQuestion('一次性链接') : null);
  const vacant = (read.data?.rows ?? []).filter(
    (role) => role.people === 0 && (role.key === 'security-administrator' || role.key === 'audit-administrator'),
  );
  if (!mayManage || (vacant.length === 0 && links.length === 0)) return null;
  async function invite() {
    setBusy(true);
    const made: Link[] = [];
    try {
      for (const { key, name } of vacant) {
        const role = key as 'security-administrator' | 'audit-administrator';
        made.push({ role: name, ...(await call(inviteAdministrator, { body: { role } })) });
      }
    } catch (error) {
      toast.problem(asProblem(error));
    }
    if (made.length > 0) setLinks(made);
    setBusy(false);
  }
  const content = (
    <Stack gap={3}>
      {!titled && <p className="caption">{note}</p>}
      {vacant.length > 0 && (
        <div>
          <Button busy={busy} onClick={() => void invite()}>
            {links.length > 0 ? '重新给出' : '给出'}
            {vacant.map(({ name }) => name).join('和')}的链接
          </Button>
        </div>
      )}
      {links.map(({ role, link, expiresAt }) => (
        <div key={role}>
          <p>
            {role}的一次性链接，{formatDateTime(expiresAt)} 前有效，离开本页后不再显示：
          </p>
          <Secret text={`${location.origin}${link}`} />
        </div>
      ))}
    </Stack>
  );
  if (!titled) return content;
  return (
    <Section title="尚缺的管理员" note={note}>
      {content}
    </Section>
  );
}
