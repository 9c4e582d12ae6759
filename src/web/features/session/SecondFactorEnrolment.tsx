import { useEffect, useRef, useState } from 'react';
import type { RouteOutput } from '#contract/route.ts';
import { confirmSecondFactor, enrolSecondFactor } from '#contract/session/session.ts';
import { call } from '#web/shared/call/call.ts';
import { refreshAfter } from '#web/shared/call/queries.ts';
import { Form } from '#web/shared/form/Form.tsx';
import { CheckField, PasswordField, TextField } from '#web/shared/form/fields.tsx';
import { useForm } from '#web/shared/form/useForm.ts';
import { Button } from '#web/shared/kit/action/Button.tsx';
import { save } from '#web/shared/kit/action/Download.tsx';
import { Skeleton } from '#web/shared/kit/feedback/Skeleton.tsx';
import { QrCode } from '#web/shared/kit/words/QrCode.tsx';
import { onceQuestion, useLeaveGuard } from '#web/shared/page/useLeaveGuard.ts';
import { hasPassword, takePassword } from '#web/shared/session/just-typed.ts';
import style from './SecondFactorEnrolment.module.css';

/** Apps that many people have already; every other app for time-based codes works as well. */
const authenticatorApps =
  '例如微软验证器 Microsoft Authenticator、谷歌验证器 Google Authenticator、腾讯身份验证器，任何支持 TOTP 的应用都可以';

type Enrolment = RouteOutput<typeof enrolSecondFactor>;

/** Binds a telephone: password, QR code, backup codes saved, one typed code as proof. */
export function SecondFactorEnrolment({ onDone }: { onDone: () => void }) {
  const [enrolment, setEnrolment] = useState<Enrolment | null>(null);
  const form = useForm(enrolSecondFactor.body!, { password: '' });
  const begun = useRef(false);
  const [beginning, setBeginning] = useState(() => hasPassword());
  // The password that the page before has just taken; where it fails, the field is there as ever.
  useEffect(() => {
    if (begun.current) return;
    begun.current = true;
    const password = takePassword();
    if (password === undefined) return;
    call(enrolSecondFactor, { body: { password } })
      .then(setEnrolment, () => {})
      .finally(() => setBeginning(false));
  }, []);
  if (enrolment) return <Confirmation enrolment={enrolment} onDone={onDone} />;
  if (beginning) return <Skeleton shape="form" />;
  return (
    <Form
      verb="开始绑定"
      busy={form.busy}
      problem={form.problems['']}
      onSubmit={form.submit(async (body) => setEnrolment(await call(enrolSecondFactor, { body })))}
    >
      <PasswordField label="现在的密码" autoComplete="current-password" {...form.field('password')} />
    </Form>
  );
}

function Confirmation({ enrolment, onDone }: { enrolment: Enrolment; onDone: () => void }) {
  const [kept, setKept] = useState(false);
  const [tried, setTried] = useState(false);
  const form = useForm(confirmSecondFactor.body!, { code: '' });
  // Saved codes of an enrolment without its proof are worth nothing, so only they are asked about.
  useLeaveGuard(kept ? null : onceQuestion('备用码'));

  function keep() {
    const text = `督导 Dudao 动态验证码备用码（每个只能用一次，请妥善保管）\r\n\r\n${enrolment.backupCodes.join('\r\n')}\r\n`;
    save({ fileName: '备用码.txt', contentType: 'text/plain;charset=utf-8', body: new TextEncoder().encode(text) });
    setKept(true);
  }

  return (
    <div className={style.enrolment}>
      <QrCode className={style.code} text={enrolment.uri} label="绑定动态验证码的二维码" />
      <ol className={style.steps}>
        <li>
          <div>
            用手机上的验证器应用（{authenticatorApps}）扫描二维码；不能扫描时，手工输入密钥
            <span className={style.secret}> {enrolment.secret}</span>
          </div>
        </li>
        <li>
          <div>
            保存备用码。手机丢失时凭它登录，每个只能用一次，离开本页后不再显示。
            <ul className={style.codes}>
              {enrolment.backupCodes.map((code) => (
                <li key={code}>{code}</li>
              ))}
            </ul>
            <Button small onClick={keep}>
              下载备用码
            </Button>
            <CheckField label="备用码已经保存好" value={kept} onChange={setKept} />
          </div>
        </li>
        <li>
          <div>
            <Form
              verb="完成绑定"
              busy={form.busy}
              problem={form.problems['']}
              onSubmit={form.submit(async (body) => {
                setTried(true);
                if (!kept) return;
                await call(confirmSecondFactor, { body });
                await refreshAfter(confirmSecondFactor);
                onDone();
              })}
            >
              <TextField
                label="手机上显示的 6 位数字"
                inputMode="numeric"
                autoComplete="one-time-code"
                maxLength={6}
                {...form.field('code')}
                error={tried && !kept ? '请先保存备用码，并勾选上面一项。' : form.problems.code}
              />
            </Form>
          </div>
        </li>
      </ol>
    </div>
  );
}
