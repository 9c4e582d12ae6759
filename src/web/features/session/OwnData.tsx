import type { RouteOutput } from '#contract/route.ts';
import { correctOwn, exportOwn, readOwn } from '#contract/session/own-data.ts';
import { useAct, useRead } from '#web/shared/call/queries.ts';
import { Form } from '#web/shared/form/Form.tsx';
import { TextField } from '#web/shared/form/fields.tsx';
import { useForm } from '#web/shared/form/useForm.ts';
import { ButtonLink } from '#web/shared/kit/action/Button.tsx';
import { Download } from '#web/shared/kit/action/Download.tsx';
import { Loaded } from '#web/shared/kit/feedback/Loaded.tsx';
import { Row } from '#web/shared/kit/layout/Row.tsx';
import { Stack } from '#web/shared/kit/layout/Stack.tsx';

/** What is kept of the person: to be taken along, and to be corrected where it is the person's own. */
export function OwnData() {
  const read = useRead(readOwn, {});
  return (
    <Stack>
      <Loaded of={read} shape="form">
        {(own) => <Phone key={own.revision} own={own} />}
      </Loaded>
      <Row>
        <Download route={exportOwn} input={{}}>
          导出我的信息
        </Download>
        <ButtonLink to="/notices/mail">更正邮箱</ButtonLink>
      </Row>
    </Stack>
  );
}

function Phone({ own }: { own: RouteOutput<typeof readOwn> }) {
  const form = useForm(correctOwn.body!, { phone: own.phone ?? '', revision: own.revision });
  const { act } = useAct(correctOwn, { done: '电话已更正。', inline: 'form' });
  return (
    <Form
      verb={own.phone === null ? '登记电话' : '更正电话'}
      busy={form.busy}
      unchanged={(form.values.phone ?? '').trim() === (own.phone ?? '')}
      problem={form.problems['']}
      onSubmit={form.submit((body) => act({ body }))}
    >
      <TextField label="电话" type="tel" autoComplete="tel" {...form.field('phone')} required={false} />
    </Form>
  );
}
