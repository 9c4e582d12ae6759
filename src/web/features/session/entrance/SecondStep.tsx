import { useState } from 'react';
import { passSecondFactor } from '#contract/session/session.ts';
import { call } from '#web/shared/call/call.ts';
import { Form } from '#web/shared/form/Form.tsx';
import { TextField } from '#web/shared/form/fields.tsx';
import { Button } from '#web/shared/kit/action/Button.tsx';
import style from './SecondStep.module.css';
import { useEntry } from './useEntry.ts';

/** The second step of the sign-in: a code from the telephone, or one of the backup codes. */
export function SecondStep({ onDone, onBack }: { onDone: () => Promise<void>; onBack: () => void }) {
  const [kind, setKind] = useState<'totp' | 'backup'>('totp');
  const form = useEntry(passSecondFactor.body!.pick({ code: true }), { code: '' });
  return (
    <Form
      verb="验证并登录"
      busy={form.busy}
      problem={form.problems['']}
      onSubmit={form.submit(async ({ code }) => {
        await call(passSecondFactor, { body: { kind, code } });
        await onDone();
      })}
      more={
        <Button kind="quiet" onClick={onBack}>
          换一个账户
        </Button>
      }
    >
      <div className={kind === 'totp' ? style.code : undefined}>
        <TextField
          key={kind}
          label={kind === 'totp' ? '手机上的 6 位数字' : '备用码'}
          help={kind === 'totp' ? '打开手机上的验证器应用查看。' : '绑定时保存的备用码，每个只能用一次。'}
          autoComplete="one-time-code"
          inputMode={kind === 'totp' ? 'numeric' : 'text'}
          maxLength={20}
          autoFocus
          {...form.field('code')}
        />
      </div>
      <p>
        <Button
          kind="quiet"
          small
          onClick={() => {
            setKind(kind === 'totp' ? 'backup' : 'totp');
            form.change('code', '');
          }}
        >
          {kind === 'totp' ? '手机不在身边，改用备用码' : '改用手机验证码'}
        </Button>
      </p>
    </Form>
  );
}
