import {
  endSessions,
  exportData,
  removeSecondFactor,
  resetPassword,
  setStatus,
  unlock,
} from '#contract/people/people.ts';
import { propose } from '#contract/people/requests.ts';
import type { RouteOutput } from '#contract/route.ts';
import { useAct } from '#web/shared/call/queries.ts';
import { Button } from '#web/shared/kit/action/Button.tsx';
import { save } from '#web/shared/kit/action/Download.tsx';
import { confirm, ask as question } from '#web/shared/kit/dialog/question.ts';
import { Row } from '#web/shared/kit/layout/Row.tsx';
import { Menu } from '#web/shared/kit/menu/Menu.tsx';
import type { MenuItem } from '#web/shared/kit/menu/menu-item.ts';
import type { PersonDetail } from '../people.words.ts';
import { requestedActs } from '../requests/request.words.ts';

interface PersonActsProps {
  person: PersonDetail;
  onOpen: (dialog: 'edit' | 'grant' | 'mobile') => void;
  onHanded: (handed: RouteOutput<typeof resetPassword>) => void;
  onCode: (code: string) => void;
}

/** The acts of this administrator on this account: the first as a button, the rest in a menu. */
export function PersonActs({ person, onOpen, onHanded, onCode }: PersonActsProps) {
  const { can, name } = person;
  const params = { personId: person.id };
  const reset = useAct(resetPassword, { onDone: onHanded });
  const status = useAct(setStatus, { done: person.status === 'active' ? '账户已停用。' : '账户已恢复。' });
  const unlocking = useAct(unlock, { done: '已解除，可以重新登录。' });
  const ending = useAct(endSessions, { done: '全部登录已结束。' });
  const removing = useAct(removeSecondFactor, { done: '动态验证码已解除，下次登录后请本人重新绑定。' });

  const exporting = useAct(exportData, {
    onDone: (reply) => save(reply as Parameters<typeof save>[0]),
  });
  const takeAlong = async () => {
    const reason = await question({
      title: `导出${name}的个人信息？`,
      text: '平台所存的账户、岗位、代办、登录和令牌，不含密码。只应本人要求导出；理由记入审计。',
      ...{ label: '本人怎样要求', verb: '导出', required: true, maxLength: 500 },
    });
    if (reason !== null) await exporting.act({ params, body: { reason } });
  };
  const proposing = useAct(propose, {
    done: '已提出，等待安全管理员确认。',
    onDone: ({ code }) => code !== null && onCode(code),
  });
  const ask = (act: keyof typeof requestedActs) => async () => {
    const { title } = requestedActs[act];
    const yes = await confirm({
      title: `为${name}提出：${title}？`,
      text: `安全管理员确认后生效。${requestedActs[act].proposal}`,
      verb: `提出${title}`,
    });
    if (yes) await proposing.act({ params, body: { act } });
  };
  const handOut = (first: 'link' | 'password') => async () => {
    const yes = await confirm({
      title: `重置${name}的密码？`,
      text: '现在的密码立即失效，全部登录结束。',
      verb: first === 'link' ? '重置并给出链接' : '重置并给出临时密码',
      danger: true,
    });
    if (yes) await reset.act({ params, body: { first } });
  };
  const sure = (title: string, text: string, verb: string, act: () => Promise<unknown>) => async () => {
    if (await confirm({ title, text, verb, danger: true })) await act();
  };

  // Whoever comes because a number waits finds it in sight.
  const waits = can.setMobile && person.mobileAsked !== null;
  const acts: Array<MenuItem | false> = [
    can.update && { key: 'edit', label: '修改姓名和电话', onSelect: () => onOpen('edit') },
    can.setMobile && !waits && { key: 'mobile', label: '核对手机号', onSelect: () => onOpen('mobile') },
    can.update && { key: 'data', label: '导出个人信息', onSelect: () => void takeAlong() },
    can.resetPassword && { key: 'link', label: '重置密码，给出链接', onSelect: () => void handOut('link')() },
    can.resetPassword && {
      key: 'password',
      label: '重置密码，给出临时密码',
      onSelect: () => void handOut('password')(),
    },
    can.propose &&
      person.status === 'active' && { key: 'two', label: '提出双人链接', onSelect: () => void ask('password')() },
    can.propose &&
      person.guarded &&
      person.secondFactorEnabled && {
        key: 'propose-factor',
        label: '申请解除动态验证码',
        onSelect: () => void ask('second-factor')(),
      },
    can.propose &&
      person.guarded &&
      person.status === 'disabled' && {
        key: 'propose-enable',
        label: '申请恢复账户',
        onSelect: () => void ask('enable')(),
      },
    can.endSessions && {
      key: 'sessions',
      label: '结束全部登录',
      onSelect: () =>
        void sure(
          `结束${name}的全部登录？`,
          '其正在使用的页面立即退出，还没有保存的填写可能丢失。',
          '结束全部登录',
          () => ending.act({ params }),
        )(),
    },
    can.removeSecondFactor && {
      key: 'factor',
      label: '解除动态验证码',
      onSelect: () =>
        void sure(
          `解除${name}的动态验证码？`,
          '请先确认是本人要求，例如更换或遗失手机。解除后全部登录结束。',
          '解除动态验证码',
          () => removing.act({ params }),
        )(),
    },
    can.disable && {
      key: 'disable',
      label: '停用账户',
      danger: true,
      onSelect: () =>
        void sure(`停用${name}的账户？`, '停用后不能登录，其访问令牌同时撤销；以后可以恢复。', '停用账户', () =>
          status.act({ params, body: { status: 'disabled' } }),
        )(),
    },
  ];
  const items = acts.filter((item) => item !== false);
  return (
    <Row>
      {can.unlock && (
        <Button kind="primary" busy={unlocking.busy} onClick={() => void unlocking.act({ params })}>
          解除暂停登录
        </Button>
      )}
      {can.enable && (
        <Button
          kind="primary"
          busy={status.busy}
          onClick={() => void status.act({ params, body: { status: 'active' } })}
        >
          恢复账户
        </Button>
      )}
      {waits && <Button onClick={() => onOpen('mobile')}>核对手机号</Button>}
      {can.grant && (
        <Button kind="primary" onClick={() => onOpen('grant')}>
          {person.posts.length > 0 ? '增加岗位' : '授予角色'}
        </Button>
      )}
      {items.length > 0 && <Menu label="更多操作" items={items} align="end" />}
    </Row>
  );
}
