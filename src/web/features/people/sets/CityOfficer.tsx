import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { roles } from '#contract/people/people.ts';
import { list, propose } from '#contract/people/sets.ts';
import type { RouteOutput } from '#contract/route.ts';
import { settingUp } from '#domain/access/permissions.ts';
import { call } from '#web/shared/call/call.ts';
import { refreshAfter, useRead } from '#web/shared/call/queries.ts';
import { Form } from '#web/shared/form/Form.tsx';
import { SelectField, TextField } from '#web/shared/form/fields.tsx';
import { useForm } from '#web/shared/form/useForm.ts';
import { Stack } from '#web/shared/kit/layout/Stack.tsx';
import { Secret } from '#web/shared/kit/words/Secret.tsx';
import { onceQuestion, useLeaveGuard } from '#web/shared/page/useLeaveGuard.ts';
import { Grantors } from '#web/shared/session/Grantors.tsx';
import { useCan } from '#web/shared/session/session.tsx';

type Proposed = RouteOutput<typeof propose>;

/**
 * In a new installation the 系统管理员 proposes the officer of the city in place, with one form; the 安全管理员 grants it.
 */
export default function CityOfficer() {
  const mayManage = useCan('people.manage');
  const [made, setMade] = useState<Proposed | null>(null);
  useLeaveGuard(made !== null && made.codes.length > 0 ? onceQuestion('启用码') : null);
  const waiting = useRead(list, { query: {} }).data?.rows.filter(({ state }) => state === 'waiting') ?? [];
  if (!mayManage) return null;
  return (
    <Stack gap={3}>
      {made !== null && <Handed made={made} />}
      {made === null && waiting.length > 0 && (
        <p className="caption">
          查看所提出的：
          {waiting.map(({ id, fileName }) => (
            <Link key={id} to="/people/sets/$setId" params={{ setId: id }}>
              {fileName}
            </Link>
          ))}
        </p>
      )}
      {made === null && waiting.length === 0 && <Proposal onMade={setMade} />}
    </Stack>
  );
}

/** The code for the officer's own link: shown once. */
function Handed({ made: { username, codes } }: { made: Proposed }) {
  return (
    <div>
      <p>
        已提出，用户名 {username}。
        {codes.length > 0 && '把启用码交给本人；链接由安全管理员授予后另行交付。离开本页后不再显示：'}
      </p>
      {codes.map(({ personId, code }) => (
        <Secret key={personId} text={code} verb="复制启用码" />
      ))}
      <Grantors to="授予" />
    </div>
  );
}

/** Name and telephone; the role is asked only where several roles of the city keep the register and the years. */
function Proposal({ onMade }: { onMade: (made: Proposed) => void }) {
  const read = useRead(roles, {});
  const fitting = (read.data?.rows ?? []).filter(
    ({ separated, level, permissions }) =>
      !separated && level === 'city' && settingUp.some((one) => permissions.includes(one)),
  );
  const form = useForm(propose.body!, { name: '', phone: '', role: '', place: '' });
  const role = form.values.role || fitting[0]?.key || '';
  return (
    <Form
      verb="提出人选"
      busy={form.busy}
      problem={form.problems['']}
      onSubmit={(event) => {
        form.set({ role });
        form.submit(async (body) => {
          onMade(await call(propose, { body }));
          await refreshAfter(propose);
        })(event);
      }}
    >
      <TextField label="姓名" autoComplete="off" {...form.field('name')} />
      <TextField label="电话" type="tel" autoComplete="off" {...form.field('phone')} />
      {fitting.length > 1 && (
        <SelectField
          label="角色"
          options={fitting.map(({ key, name }) => ({ value: key, label: name }))}
          {...form.field('role')}
          value={role}
        />
      )}
    </Form>
  );
}
