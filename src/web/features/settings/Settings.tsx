import type { RouteOutput } from '#contract/route.ts';
import { accessSettings, read as readSettings, update } from '#contract/settings/settings.ts';
import { lockout } from '#domain/access/lockout.ts';
import { passwordRules } from '#domain/access/password.ts';
import { call } from '#web/shared/call/call.ts';
import { refreshAfter, useRead } from '#web/shared/call/queries.ts';
import { Form } from '#web/shared/form/Form.tsx';
import { CheckField } from '#web/shared/form/fields.tsx';
import { NumberField } from '#web/shared/form/NumberField.tsx';
import { useForm } from '#web/shared/form/useForm.ts';
import { ButtonLink } from '#web/shared/kit/action/Button.tsx';
import { Loaded } from '#web/shared/kit/feedback/Loaded.tsx';
import { toast } from '#web/shared/kit/feedback/toast.ts';
import { Facts, Page, Section } from '#web/shared/kit/layout/Page.tsx';
import { useSession } from '#web/shared/session/session.tsx';
import { formatDateTime } from '#web/shared/words/format.ts';
import { OutgoingAddresses } from './OutgoingAddresses.tsx';

type State = RouteOutput<typeof readSettings>;

/** The rules for signing in. The norm sets the limits, and a setting only makes them stricter. */
export default function Settings() {
  const read = useRead(readSettings, {});
  const { sample } = useSession();
  return (
    <Page
      title="设置"
      state={read.data?.updatedBy && `最近由${read.data.updatedBy}于 ${formatDateTime(read.data.updatedAt)} 修改`}
      action={<ButtonLink to="/settings/retention">保管期限</ButtonLink>}
    >
      <Loaded of={read} shape="form">
        {(state) => <AccessForm key={state.revision} state={state} />}
      </Loaded>
      <OutgoingAddresses />
      <Section title="固定规则" note="GB/T 22239-2019（等级保护三级）的要求，不能放宽。">
        <Facts
          items={[
            ['密码长度', `至少 ${passwordRules.minimumLength} 个字符`, 'wide'],
            ['密码组成', `小写、大写、数字、其他符号四类中至少 ${passwordRules.minimumClasses} 类`, 'wide'],
            ['密码重复', `不能与最近 ${passwordRules.remembered} 次相同`, 'wide'],
            !sample && ['动态验证码', '管理员和市级督导干部必须使用', 'wide'],
            ['登录失败', `同一账户同一地址失败 ${lockout.failures} 次，暂停 ${lockout.minutes} 分钟`, 'wide'],
          ]}
        />
      </Section>
    </Page>
  );
}

function AccessForm({ state }: { state: State }) {
  const { sample } = useSession();
  const form = useForm(accessSettings, state.access);
  return (
    <Section title="登录">
      <Form
        verb="保存设置"
        busy={form.busy}
        problem={form.problems['']}
        onSubmit={form.submit(async (access) => {
          await call(update, { body: { access, revision: state.revision } });
          await refreshAfter(update);
          toast.say('设置已保存，立即生效。');
        })}
      >
        {sample && (
          <CheckField
            label="管理员和市级督导干部必须使用动态验证码"
            help="示例数据中默认关闭；正式使用时总是打开。"
            {...form.field('secondFactor')}
          />
        )}
        <CheckField
          label="新的登录结束同一人较早的登录"
          help="关闭后同一人可以在几处同时登录。"
          {...form.field('endOlderSession')}
        />
        <NumberField label="密码有效期" unit="天" help="7 至 90 天" {...form.field('passwordDays')} />
        <NumberField label="闲置多久结束登录" unit="分钟" help="5 至 30 分钟" {...form.field('idleMinutes')} />
      </Form>
    </Section>
  );
}
