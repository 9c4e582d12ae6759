import { useNavigate, useRouter } from '@tanstack/react-router';
import { useState } from 'react';
import { signIn } from '#contract/session/session.ts';
import { useSearchState } from '#web/shared/address/search-state.ts';
import { call } from '#web/shared/call/call.ts';
import { Form } from '#web/shared/form/Form.tsx';
import { PasswordField, TextField } from '#web/shared/form/fields.tsx';
import { handOnPassword } from '#web/shared/session/just-typed.ts';
import { forgetSession, readSession, whichPostsChanged } from '#web/shared/session/session.tsx';
import { signInSearch } from '../session.search.ts';
import { Entrance } from './Entrance.tsx';
import { SecondStep } from './SecondStep.tsx';
import { useEntry } from './useEntry.ts';

const reasons: Record<string, string> = {
  ended: '登录已失效，请重新登录。之后会回到刚才的页面。',
  idle: '您长时间没有操作，已自动退出。重新登录后会回到刚才的页面。',
  elsewhere: '此账户已在别处登录，这里的登录已结束。',
  password: '此账户的密码已在别处修改，这里的登录已结束。请用新密码登录。',
  posts: '您的岗位有变动，请重新登录。之后会回到刚才的页面。',
  ready: '账户已经可以使用，请登录。',
};

/** Username and password; then, where the account has one, the second factor. */
export default function SignIn() {
  const [{ back, because, unsent, returns, writings }] = useSearchState(signInSearch);
  const [step, setStep] = useState<'password' | 'second-factor'>('password');
  const form = useEntry(signIn.body!, { username: '', password: '' });
  const router = useRouter();
  const navigate = useNavigate();

  const said = [
    because && ((because === 'posts' && whichPostsChanged()) || reasons[because]),
    unsent && `未上传的 ${unsent} 项仍在本机，登录后自动上传。`,
    returns && `未发出的退回 ${returns} 份仍在本机。`,
    writings && `未保存的文稿 ${writings} 份仍在本机，打开原来的页面即可继续。`,
  ]
    .filter(Boolean)
    .join('');

  /** What another person left unsent in this browser stays; only that person sees it. */
  async function enter(typed?: string) {
    await forgetSession();
    // The binding of the second factor would ask for it once more.
    if (typed !== undefined && (await readSession())?.mustEnrolSecondFactor) handOnPassword(typed);
    if (back) router.history.push(back);
    else await navigate({ to: '/', search: {} });
  }

  if (step === 'second-factor') {
    return (
      <Entrance title="动态验证码" lead="密码正确。请再输入一次动态验证码，十分钟内有效。">
        <SecondStep onDone={() => enter()} onBack={() => setStep('password')} />
      </Entrance>
    );
  }
  return (
    <Entrance title="登录" said={said || undefined}>
      <Form
        verb="登录"
        busy={form.busy}
        problem={form.problems['']}
        onSubmit={form.submit(async (body) => {
          const { state } = await call(signIn, { body });
          if (state === 'second-factor') setStep('second-factor');
          else await enter(body.password);
        })}
      >
        <TextField
          label="用户名或手机号"
          autoComplete="username"
          autoFocus
          spellCheck={false}
          {...form.field('username')}
        />
        <PasswordField label="密码" autoComplete="current-password" {...form.field('password')} />
      </Form>
    </Entrance>
  );
}
