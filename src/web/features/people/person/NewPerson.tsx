import { useState } from 'react';
import { create } from '#contract/people/people.ts';
import type { RouteOutput } from '#contract/route.ts';
import { call } from '#web/shared/call/call.ts';
import { refreshAfter } from '#web/shared/call/queries.ts';
import { Form } from '#web/shared/form/Form.tsx';
import { ChoiceField, TextField } from '#web/shared/form/fields.tsx';
import { useForm } from '#web/shared/form/useForm.ts';
import { Dialog } from '#web/shared/kit/dialog/Dialog.tsx';
import { Grantors } from '#web/shared/session/Grantors.tsx';
import { HandedOut } from './HandedOut.tsx';

export const firstPasswordChoices = [
  { value: 'link', label: '一次性链接（24 小时内有效，本人设定密码）' },
  { value: 'password', label: '随机的临时密码（首次登录必须修改）' },
] as const;

/** Makes an account; the role is granted by the 安全管理员 afterwards. */
export function NewPerson({ onClose }: { onClose: () => void }) {
  const form = useForm(create.body!, { name: '', username: '', phone: '', first: 'link' });
  const [made, setMade] = useState<RouteOutput<typeof create> | null>(null);
  if (made) {
    const person = `${form.values.name}（${form.values.username}）`;
    return <HandedOut title="账户已建立" person={person} handed={made} onClose={onClose} />;
  }
  return (
    <Dialog open title="新建账户" onClose={onClose}>
      <Form
        verb="建立账户"
        busy={form.busy}
        problem={form.problems['']}
        onSubmit={form.submit(async (body) => {
          setMade(await call(create, { body }));
          await refreshAfter(create);
        })}
      >
        <TextField label="姓名" autoFocus autoComplete="off" {...form.field('name')} />
        <TextField
          label="用户名"
          help="3 至 30 个字符，以字母开头，例如 wang.xm"
          autoComplete="off"
          spellCheck={false}
          {...form.field('username')}
        />
        <TextField label="电话" type="tel" autoComplete="off" {...form.field('phone')} required={false} />
        <ChoiceField label="首个密码" options={firstPasswordChoices} {...form.field('first')} />
        <div className="caption">
          <p>建立后没有角色，还不能办理业务。</p>
          <Grantors to="授予角色" />
        </div>
      </Form>
    </Dialog>
  );
}
