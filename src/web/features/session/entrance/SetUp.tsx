import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { z } from 'zod';
import { personName } from '#contract/kit/names.shape.ts';
import { inspectLink, useLink as linkUse, signIn } from '#contract/session/session.ts';
import { type RoleKey, roleTitles } from '#domain/access/permissions.ts';
import { normalUsername, usernameIssue } from '#domain/access/username.ts';
import { call } from '#web/shared/call/call.ts';
import { useRead } from '#web/shared/call/queries.ts';
import { Form } from '#web/shared/form/Form.tsx';
import { TextField } from '#web/shared/form/fields.tsx';
import { useForm } from '#web/shared/form/useForm.ts';
import { ErrorPanel } from '#web/shared/kit/feedback/ErrorPanel.tsx';
import { Loaded } from '#web/shared/kit/feedback/Loaded.tsx';
import { handOnPassword } from '#web/shared/session/just-typed.ts';
import { forgetSession, readSession } from '#web/shared/session/session.tsx';
import { formatDateTime } from '#web/shared/words/format.ts';
import { NewPassword, newPasswordProblem } from '../NewPassword.tsx';
import { Entrance } from './Entrance.tsx';
import { SecondStep } from './SecondStep.tsx';

/** The token stands behind `#`, so that no request carries it and no log contains it. */
function tokenOfAddress(): string {
  return location.hash.slice(1);
}

/** Opened by a one-time link: creates the first administrator, or sets the first password of an account. */
export default function SetUp() {
  const [token] = useState(tokenOfAddress);
  const link = useRead(
    inspectLink,
    { body: { token: token.padEnd(20, '-') } },
    { staleTime: Number.POSITIVE_INFINITY },
  );
  if (link.error) {
    return (
      <Entrance title="链接不能使用">
        <ErrorPanel problem={link.error} />
        <p>
          <Link to="/sign-in">去登录</Link>
        </p>
      </Entrance>
    );
  }
  return (
    <Loaded of={link} shape="form">
      {({ purpose, role, name, username, code, expiresAt }) => (
        <Entrance
          title={purpose === 'administrator' ? `建立${roleTitles[role as RoleKey] ?? '管理员'}账户` : '设定密码'}
          lead={`${name ? `${name}，` : ''}此链接只能使用一次，${formatDateTime(expiresAt)} 前有效。`}
        >
          <Account token={token} fixed={purpose === 'password' ? (username ?? '') : null} coded={code} />
        </Entrance>
      )}
    </Loaded>
  );
}

const accountForm = z.object({
  username: z
    .string()
    .trim()
    .min(1)
    .refine((typed) => usernameIssue(normalUsername(typed)) === null, {
      error: (issue) => usernameIssue(normalUsername(String(issue.input))) ?? '',
    }),
  name: personName,
});

/** The same with the code of the other administrator. */
const codedForm = accountForm.extend({
  code: z
    .string()
    .trim()
    .regex(/^\d{6}$/, '启用码是 6 位数字'),
});
const plainForm = accountForm.extend({ code: z.string() });

/**
 * `fixed` is the name of an existing account; without it the account is created here. `coded`: the link is one of two
 * halves, and the code of the other administrator is asked.
 */
function Account({ token, fixed, coded }: { token: string; fixed: string | null; coded: boolean }) {
  const navigate = useNavigate();
  const form = useForm(coded ? codedForm : plainForm, { username: fixed ?? '', name: fixed ?? '', code: '' });
  const [password, setPassword] = useState('');
  const [again, setAgain] = useState('');
  const [wrong, setWrong] = useState<string>();
  const [secondStep, setSecondStep] = useState(false);

  async function enter(typed?: string) {
    await forgetSession();
    const session = await readSession();
    if (typed !== undefined && session?.mustEnrolSecondFactor) handOnPassword(typed);
    await navigate({ to: '/', search: {}, hash: '' });
  }

  /** The same name and password would be typed once more; where that fails, the sign-in says that the account is ready. */
  async function signInAtOnce(username: string, typed: string) {
    const opened = await call(signIn, { body: { username, password: typed } }).catch(() => null);
    if (opened === null) await navigate({ to: '/sign-in', search: { because: 'ready' }, hash: '' });
    else if (opened.state === 'second-factor') setSecondStep(true);
    else await enter(typed);
  }

  if (secondStep) return <SecondStep onDone={() => enter()} onBack={() => void navigate({ to: '/sign-in' })} />;
  return (
    <Form
      verb={fixed === null ? '建立账户' : '设定密码'}
      busy={form.busy}
      problem={form.problems['']}
      onSubmit={(event) => {
        const problem = newPasswordProblem(password, again, form.values.username);
        setWrong(problem);
        form.submit(async ({ code, ...account }) => {
          if (problem) return;
          await call(linkUse, {
            body: { token, password, ...(coded ? { code } : {}), ...(fixed === null ? account : {}) },
          });
          await signInAtOnce(fixed ?? account.username, password);
        })(event);
      }}
    >
      {fixed === null ? (
        <>
          <TextField label="姓名" autoComplete="name" autoFocus {...form.field('name')} />
          <TextField
            label="用户名"
            autoComplete="username"
            spellCheck={false}
            help="登录时使用：3 至 30 个字符，以字母开头，只含字母、数字、点、横线和下划线。"
            {...form.field('username')}
          />
        </>
      ) : (
        <TextField label="用户名" autoComplete="username" readOnly value={fixed} onChange={() => {}} />
      )}
      {coded && (
        <TextField
          label="启用码"
          help="另行收到的 6 位数字，与链接分开交付；没有收到的，请向系统管理员索取。"
          inputMode="numeric"
          autoComplete="off"
          maxLength={6}
          autoFocus
          {...form.field('code')}
        />
      )}
      <NewPassword
        username={form.values.username}
        password={password}
        again={again}
        error={wrong}
        onChange={(patch) => {
          setWrong(undefined);
          if (patch.password !== undefined) setPassword(patch.password);
          if (patch.again !== undefined) setAgain(patch.again);
        }}
      />
    </Form>
  );
}
