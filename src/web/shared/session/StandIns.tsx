import { colleagues, endStandIn, giveStandIn } from '#contract/session/posts.ts';
import { call } from '../call/call.ts';
import { refreshAfter, useAct, useRead } from '../call/queries.ts';
import { DateField } from '../form/DateField.tsx';
import { Form } from '../form/Form.tsx';
import { SelectField } from '../form/fields.tsx';
import { useForm } from '../form/useForm.ts';
import { Button } from '../kit/action/Button.tsx';
import { Dialog } from '../kit/dialog/Dialog.tsx';
import { confirm } from '../kit/dialog/question.ts';
import { Loaded } from '../kit/feedback/Loaded.tsx';
import { toast } from '../kit/feedback/toast.ts';

interface GiveStandInProps {
  post: { grantId: string; roleName: string };
  /** The holder, where the 安全管理员 gives the post of somebody who is absent. */
  holder?: string;
  onClose: () => void;
}

/** Gives the acts of a post to a colleague of the same place until a day. */
export function GiveStandIn({ post, holder, onClose }: GiveStandInProps) {
  const params = { grantId: post.grantId };
  const read = useRead(colleagues, { params });
  const form = useForm(giveStandIn.body!, { personId: '', until: '' });
  return (
    <Dialog open title={`${holder === undefined ? '' : `${holder}的`}${post.roleName}：交同事代办`} onClose={onClose}>
      <Loaded of={read} shape="form">
        {({ rows }) =>
          rows.length === 0 ? (
            <p>同一单位没有其他在用的账户，无法交同事代办。</p>
          ) : (
            <Form
              verb="交同事代办"
              busy={form.busy}
              problem={form.problems['']}
              onSubmit={form.submit(async (body) => {
                await call(giveStandIn, { params, body });
                await refreshAfter(giveStandIn);
                toast.say('已交同事代办，其下次打开页面即可切换到这个岗位。');
                onClose();
              })}
            >
              <SelectField
                label="同事"
                options={rows.map((one) => ({ value: one.id, label: `${one.name}（${one.roles}）` }))}
                {...form.field('personId')}
              />
              <DateField label="截止日期（含当日）" {...form.field('until')} />
              <p className="caption">
                代办期间，每一步都同时记录两个人的姓名；可以随时提前结束。
                {holder !== undefined && `${holder}和代办的同事都会在首页看到，审计记录您的姓名。`}
              </p>
            </Form>
          )
        }
      </Loaded>
    </Dialog>
  );
}

interface EndStandInProps {
  standIn: { id: string; personName: string; principalName: string; roleName: string };
  /** `结束代办`, or `交还` for the colleague. */
  verb: string;
}

/** Ends a stand-in before its day, after a question: the colleague loses the post at once. */
export function EndStandIn({ standIn, verb }: EndStandInProps) {
  const { act, busy } = useAct(endStandIn, { done: '代办已结束。' });
  async function end() {
    const yes = await confirm({
      title: `${verb}：${standIn.personName}代${standIn.principalName}（${standIn.roleName}）？`,
      text: '立即生效；已经办理的事项不受影响。',
      verb,
    });
    if (yes) await act({ params: { standInId: standIn.id } });
  }
  return (
    <Button small busy={busy} onClick={() => void end()}>
      {verb}
    </Button>
  );
}
