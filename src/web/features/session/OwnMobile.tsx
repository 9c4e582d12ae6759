import { askMobile, readOwn } from '#contract/session/own-data.ts';
import { useAct, useRead } from '#web/shared/call/queries.ts';
import { Form } from '#web/shared/form/Form.tsx';
import { PasswordField, TextField } from '#web/shared/form/fields.tsx';
import { useForm } from '#web/shared/form/useForm.ts';
import { Button } from '#web/shared/kit/action/Button.tsx';

/** The number by which the person signs in, as far as it is shown. */
export function OwnMobile({ onOpen }: { onOpen: () => void }) {
  const own = useRead(readOwn, {}).data;
  if (own === undefined) return null;
  const { mobile, mobileAsked } = own;
  const asked = mobileAsked === null ? '' : `${mobileAsked} 待安全管理员核对`;
  const said = [mobile ?? '', asked].filter((one) => one !== '').join('；');
  return (
    <>
      {said === '' ? '未登记' : said}{' '}
      <Button kind="quiet" small onClick={onOpen}>
        {said === '' ? '登记手机号' : '更换或去掉'}
      </Button>
    </>
  );
}

/** Asks for a number, with the password: a page that was left open changes nobody's way of signing in. */
export function MobileForm({ onDone }: { onDone: () => void }) {
  const own = useRead(readOwn, {}).data;
  const form = useForm(askMobile.body!, { mobile: '', password: '' });
  const asking = useAct(askMobile, { done: '已登记，请安全管理员核对。', inline: 'form', onDone });
  const removing = useAct(askMobile, { done: '手机号已去掉。', inline: 'form', onDone });
  const hasOne = own !== undefined && (own.mobile !== null || own.mobileAsked !== null);
  return (
    <Form
      verb="登记手机号"
      busy={form.busy}
      problem={form.problems['']}
      onSubmit={form.submit((body) => asking.act({ body }))}
    >
      <p>请安全管理员当面核对后，可以用手机号代替用户名登录，密码不变。</p>
      <TextField label="手机号" type="tel" autoComplete="tel" {...form.field('mobile')} />
      <PasswordField label="现在的密码" autoComplete="current-password" {...form.field('password')} />
      {hasOne && (
        <Button
          kind="quiet"
          busy={removing.busy}
          onClick={() => void removing.act({ body: { mobile: null, password: form.values.password } })}
        >
          去掉手机号
        </Button>
      )}
    </Form>
  );
}
