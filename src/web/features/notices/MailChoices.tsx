import { useState } from 'react';
import { z } from 'zod';
import { askAddress, chooseMail, confirmAddress, mail, removeAddress } from '#contract/notices/mail.ts';
import type { RouteOutput } from '#contract/route.ts';
import { call } from '#web/shared/call/call.ts';
import { refreshAfter, useAct, useRead } from '#web/shared/call/queries.ts';
import { Form } from '#web/shared/form/Form.tsx';
import { CheckField, SelectField, TextField } from '#web/shared/form/fields.tsx';
import { useForm } from '#web/shared/form/useForm.ts';
import { Button } from '#web/shared/kit/action/Button.tsx';
import { confirm } from '#web/shared/kit/dialog/question.ts';
import { Loaded } from '#web/shared/kit/feedback/Loaded.tsx';
import { Notice } from '#web/shared/kit/feedback/Notice.tsx';
import { toast } from '#web/shared/kit/feedback/toast.ts';
import { Page, Section } from '#web/shared/kit/layout/Page.tsx';
import { Row } from '#web/shared/kit/layout/Row.tsx';
import { StateMark } from '#web/shared/kit/words/StateMark.tsx';

type State = RouteOutput<typeof mail>;

/** The own address, and which notices go to it when. */
export default function MailChoices() {
  const read = useRead(mail, {}, { refetchInterval: 5_000 });
  return (
    <Page title="邮件提醒" state="消息总在平台内；确认了邮箱以后，另寄一封邮件提醒您来看。邮件里没有数据和内容。">
      <Loaded of={read} shape="form">
        {(state) => (
          <>
            {!state.available && (
              <Notice title="本平台还没有接通邮件服务器">接通以前不能登记邮箱，消息只在平台内查看。</Notice>
            )}
            {(state.available || state.address !== null) && (
              <Section title="我的邮箱">
                <Address state={state} />
              </Section>
            )}
            <Section title="寄哪些、什么时候寄">
              <Choices state={state} />
            </Section>
          </>
        )}
      </Loaded>
    </Page>
  );
}

function Address({ state }: { state: State }) {
  const removing = useAct(removeAddress, { done: '邮箱已去掉，以后不再寄邮件。' });
  const form = useForm(askAddress.body!, { address: state.asked?.address ?? '' });
  const { address, asked } = state;
  const remove = async () => {
    const yes = await confirm({
      title: '去掉这个邮箱？',
      text: '以后不再给您寄邮件，消息仍在平台内查看。',
      verb: '去掉邮箱',
    });
    if (yes) await removing.act({});
  };
  return (
    <>
      {address !== null && (
        <Row>
          <StateMark state="valid" text="已确认" />
          <span>{address}</span>
          <Button small busy={removing.busy} onClick={() => void remove()}>
            去掉邮箱
          </Button>
        </Row>
      )}
      {asked?.fault && (
        <Notice title="验证码没有寄到" fault>
          {asked.fault}请检查邮箱后重新登记。
        </Notice>
      )}
      {asked !== null && asked.fault === null && <Code asked={asked} />}
      {state.available && (
        <Form
          verb={address === null ? '寄出验证码' : '换成这个邮箱'}
          busy={form.busy}
          problem={form.problems['']}
          onSubmit={form.submit(async (body) => {
            await call(askAddress, { body });
            await refreshAfter(askAddress);
            toast.say('验证码将在一分钟内寄到这个邮箱。');
          })}
        >
          <TextField label="邮箱" type="email" autoComplete="email" {...form.field('address')} />
        </Form>
      )}
    </>
  );
}

function Code({ asked }: { asked: NonNullable<State['asked']> }) {
  const form = useForm(confirmAddress.body!, { code: '' });
  return (
    <Form
      verb="确认邮箱"
      busy={form.busy}
      problem={form.problems['']}
      onSubmit={form.submit(async (body) => {
        const { right } = await call(confirmAddress, { body });
        await refreshAfter(confirmAddress);
        toast.say(
          right ? '邮箱已确认，以后的消息会寄邮件提醒。' : '验证码不对，请核对邮件后再输入；错五次须重新登记。',
        );
      })}
    >
      <TextField
        label="验证码"
        help={`${asked.sent ? '已寄到' : '正在寄往'} ${asked.address}，三十分钟内有效。`}
        inputMode="numeric"
        autoComplete="one-time-code"
        maxLength={6}
        {...form.field('code')}
      />
    </Form>
  );
}

const hours = Array.from({ length: 24 }, (_, hour) => ({
  value: hour * 60,
  label: `${String(hour).padStart(2, '0')}:00`,
}));
const untouched = z.object({});

function Choices({ state }: { state: State }) {
  const form = useForm(untouched, {});
  const [isQuiet, setQuiet] = useState(state.quiet !== null);
  const [from, setFrom] = useState(state.quiet?.from ?? 22 * 60);
  const [until, setUntil] = useState(state.quiet?.until ?? 7 * 60);
  const [isDigest, setDigest] = useState(state.digestAt !== null);
  const [digestAt, setDigestAt] = useState(state.digestAt ?? 8 * 60);
  const [refused, setRefused] = useState(() => state.kinds.filter(({ wanted }) => !wanted).map(({ kind }) => kind));
  const groups = [...new Set(state.kinds.map(({ group }) => group))];
  return (
    <Form
      verb="保存邮件提醒"
      busy={form.busy}
      problem={form.problems['']}
      onSubmit={form.submit(async () => {
        const quiet = isQuiet ? { from, until } : null;
        await call(chooseMail, { body: { quiet, digestAt: isDigest ? digestAt : null, refused } });
        await refreshAfter(chooseMail);
        toast.say('邮件提醒已保存。');
      })}
    >
      <CheckField label="免打扰" help="这段时间里不寄邮件，结束后再寄。" value={isQuiet} onChange={setQuiet} />
      {isQuiet && (
        <Row align="baseline">
          <SelectField label="从" value={from} options={hours} onChange={setFrom} />
          <SelectField label="到" value={until} options={hours} onChange={setUntil} />
        </Row>
      )}
      <CheckField label="每天合成一封" help="一天的消息在选定的时刻寄一封。" value={isDigest} onChange={setDigest} />
      {isDigest && <SelectField label="寄出时刻" value={digestAt} options={hours} onChange={setDigestAt} />}
      {groups.map((group) => (
        <fieldset key={group}>
          <legend>寄邮件的消息：{group}</legend>
          {state.kinds
            .filter((one) => one.group === group)
            .map(({ kind, title }) => (
              <CheckField
                key={kind}
                label={title}
                value={!refused.includes(kind)}
                onChange={(wanted) => setRefused(wanted ? refused.filter((one) => one !== kind) : [...refused, kind])}
              />
            ))}
        </fieldset>
      ))}
    </Form>
  );
}
