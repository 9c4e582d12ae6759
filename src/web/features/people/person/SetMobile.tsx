import { setMobile } from '#contract/people/people.ts';
import { useAct } from '#web/shared/call/queries.ts';
import { Form } from '#web/shared/form/Form.tsx';
import { TextField } from '#web/shared/form/fields.tsx';
import { useForm } from '#web/shared/form/useForm.ts';
import { Button } from '#web/shared/kit/action/Button.tsx';
import { Dialog } from '#web/shared/kit/dialog/Dialog.tsx';
import { confirm } from '#web/shared/kit/dialog/question.ts';
import type { PersonDetail } from '../people.words.ts';

/** The number that the person has shown: typed here and never read off the screen, so that it is really compared. */
export function SetMobile({ person, onClose }: { person: PersonDetail; onClose: () => void }) {
  const form = useForm(setMobile.body!, { mobile: '' });
  const params = { personId: person.id };
  const setting = useAct(setMobile, { done: '已登记，可以用手机号登录。', inline: 'form', onDone: onClose });
  const removing = useAct(setMobile, { done: '手机号已去掉。', onDone: onClose });
  const hasOne = person.mobile !== null || person.mobileAsked !== null;
  async function remove() {
    const yes = await confirm({
      title: `去掉${person.name}的手机号？`,
      text:
        person.mobile === null
          ? '本人登记的号码不再等待核对；要用手机号登录，须由本人重新登记。'
          : '去掉后不能再用这个手机号登录，用户名不变；要恢复须重新核对。',
      verb: '去掉手机号',
      danger: true,
    });
    if (yes) await removing.act({ params, body: { mobile: null } });
  }
  return (
    <Dialog open title={`核对${person.name}的手机号`} onClose={onClose}>
      <Form
        verb="登记手机号"
        busy={form.busy}
        problem={form.problems['']}
        onSubmit={form.submit((body) => setting.act({ params, body }))}
      >
        <p>
          {person.mobileAsked === null
            ? '请填写本人出示的手机号。'
            : `本人登记了 ${person.mobileAsked}，请填写本人出示的手机号，一致后生效。`}
        </p>
        <TextField label="手机号" type="tel" autoFocus autoComplete="off" {...form.field('mobile')} />
      </Form>
      {hasOne && (
        <Button kind="quiet" busy={removing.busy} onClick={() => void remove()}>
          去掉手机号
        </Button>
      )}
    </Dialog>
  );
}
