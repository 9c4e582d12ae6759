import { useState } from 'react';
import { changePassword } from '#contract/session/session.ts';
import { call } from '#web/shared/call/call.ts';
import { ProblemError } from '#web/shared/call/problem.ts';
import { refreshAfter } from '#web/shared/call/queries.ts';
import { Form } from '#web/shared/form/Form.tsx';
import { PasswordField } from '#web/shared/form/fields.tsx';
import { useForm } from '#web/shared/form/useForm.ts';
import { NewPassword, newPasswordProblem } from './NewPassword.tsx';

/** Changes the person's own password; every other session of the account ends. */
export function PasswordChange({ username, onDone }: { username: string; onDone: () => void }) {
  const form = useForm(changePassword.body!, { current: '', next: '' });
  const [again, setAgain] = useState('');
  const [wrong, setWrong] = useState<string>();
  return (
    <Form
      verb="修改密码"
      busy={form.busy}
      problem={form.problems['']}
      onSubmit={(event) => {
        const problem = newPasswordProblem(form.values.next, again, username);
        setWrong(problem);
        form.submit(async (body) => {
          if (problem) return;
          await call(changePassword, { body }).catch((error: unknown) => {
            if (error instanceof ProblemError && error.code === 'access.passwordRefused') setWrong(error.message);
            throw error;
          });
          form.reset({ current: '', next: '' });
          setAgain('');
          await refreshAfter(changePassword);
          onDone();
        })(event);
      }}
    >
      <PasswordField label="现在的密码" autoComplete="current-password" {...form.field('current')} />
      <NewPassword
        username={username}
        password={form.values.next}
        again={again}
        error={wrong ?? form.problems.next}
        onChange={(patch) => {
          setWrong(undefined);
          if (patch.password !== undefined) form.set({ next: patch.password });
          if (patch.again !== undefined) setAgain(patch.again);
        }}
      />
    </Form>
  );
}
