import { removeSecondFactor } from '#contract/session/session.ts';
import { permissionTitles } from '#domain/access/permission-titles.ts';

import { useSearchState } from '#web/shared/address/search-state.ts';
import { call } from '#web/shared/call/call.ts';
import { refreshAfter } from '#web/shared/call/queries.ts';
import { Form } from '#web/shared/form/Form.tsx';
import { PasswordField } from '#web/shared/form/fields.tsx';
import { useForm } from '#web/shared/form/useForm.ts';
import { Button, ButtonLink } from '#web/shared/kit/action/Button.tsx';
import { Dialog } from '#web/shared/kit/dialog/Dialog.tsx';
import { toast } from '#web/shared/kit/feedback/toast.ts';
import { Facts, Page, Section } from '#web/shared/kit/layout/Page.tsx';
import { StateMark } from '#web/shared/kit/words/StateMark.tsx';
import { useOwnPostTitle, useSession } from '#web/shared/session/session.tsx';
import { MyPosts } from './MyPosts.tsx';
import { OwnData } from './OwnData.tsx';
import { MobileForm, OwnMobile } from './OwnMobile.tsx';
import { OwnSessions } from './OwnSessions.tsx';
import { PasswordChange } from './PasswordChange.tsx';
import { SecondFactorEnrolment } from './SecondFactorEnrolment.tsx';
import { accountSearch } from './session.search.ts';

/** The person's own account: post, password, second factor, sessions. */
export default function Account() {
  const session = useSession();
  const [{ open: opened }, setSearch] = useSearchState(accountSearch);
  const close = () => setSearch({ open: undefined }, { replace: true });
  const post = useOwnPostTitle();
  const { person, unit, school, passwordDaysLeft, secondFactorEnabled, permissions } = session;
  return (
    <Page
      title="我的账户"
      state={`${person.name} · ${post}`}
      action={<ButtonLink to="/account/tokens">访问令牌</ButtonLink>}
    >
      <Section title="身份">
        <Facts
          items={[
            ['姓名', person.name],
            ['用户名', person.username],
            ['角色', post],
            unit && ['单位', session.path.map((step) => step.name).join(' / ')],
            school && ['学校', school.code === null ? school.name : `${school.name}（${school.code}）`],
            [
              '权限',
              permissions.length > 0 ? permissions.map((one) => permissionTitles[one]).join('、') : '尚无',
              'wide',
            ],
          ]}
        />
      </Section>
      <Section
        title="个人信息"
        note="平台所存的您的信息可以全部导出。电话和邮箱由本人更正；姓名请系统管理员、岗位请安全管理员更正。"
      >
        <OwnData />
      </Section>
      <Section title="我的岗位" note="有多个岗位时，在页面上方切换；不在岗时可交同事代办。">
        <MyPosts />
      </Section>
      <Section title="登录保护">
        <Facts
          items={[
            [
              '密码',
              <>
                {passwordDaysLeft >= 0 ? `还有 ${passwordDaysLeft} 天须修改` : `已超期 ${-passwordDaysLeft} 天`}{' '}
                <Button kind="quiet" small onClick={() => setSearch({ open: 'password' })}>
                  修改密码
                </Button>
              </>,
              'wide',
            ],
            ['手机号', <OwnMobile key="mobile" onOpen={() => setSearch({ open: 'mobile' })} />, 'wide'],
            [
              '动态验证码',
              <>
                <StateMark
                  state={secondFactorEnabled ? 'valid' : 'notStarted'}
                  text={secondFactorEnabled ? '已绑定' : '未绑定'}
                />{' '}
                <Button
                  kind="quiet"
                  small
                  onClick={() => setSearch({ open: secondFactorEnabled ? 'remove' : 'enrol' })}
                >
                  {secondFactorEnabled ? '解除绑定' : '绑定手机'}
                </Button>
              </>,
              'wide',
            ],
          ]}
        />
      </Section>
      <Section title="我的登录" note="不认识的登录请立即结束，并修改密码。">
        <OwnSessions />
      </Section>
      <Dialog open={opened === 'password'} title="修改密码" onClose={close}>
        <PasswordChange
          username={person.username}
          onDone={() => {
            close();
            toast.say('密码已修改，其他设备上的登录已结束。');
          }}
        />
      </Dialog>
      <Dialog
        open={opened === 'enrol'}
        size="wide"
        title="绑定动态验证码"
        firm
        onClose={close}
        actions={<Button onClick={close}>以后再说</Button>}
      >
        <SecondFactorEnrolment
          onDone={() => {
            close();
            toast.say('动态验证码已绑定，下次登录时使用。');
          }}
        />
      </Dialog>
      <Dialog open={opened === 'mobile'} title="登录用的手机号" onClose={close}>
        <MobileForm onDone={close} />
      </Dialog>
      <Dialog open={opened === 'remove'} title="解除动态验证码" onClose={close}>
        <Removal onDone={close} />
      </Dialog>
    </Page>
  );
}

function Removal({ onDone }: { onDone: () => void }) {
  const form = useForm(removeSecondFactor.body!, { password: '' });
  return (
    <Form
      verb="解除绑定"
      busy={form.busy}
      problem={form.problems['']}
      onSubmit={form.submit(async (body) => {
        await call(removeSecondFactor, { body });
        await refreshAfter(removeSecondFactor);
        toast.say('动态验证码已解除。');
        onDone();
      })}
    >
      <p>解除后只凭密码登录。更换手机时，先解除，再重新绑定。</p>
      <PasswordField label="现在的密码" autoComplete="current-password" {...form.field('password')} />
    </Form>
  );
}
