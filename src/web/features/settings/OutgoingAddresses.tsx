import type { RouteOutput } from '#contract/route.ts';
import { addOutgoing, listOutgoing, removeOutgoing } from '#contract/settings/outgoing.ts';
import { call } from '#web/shared/call/call.ts';
import { refreshAfter, useAct, useRead } from '#web/shared/call/queries.ts';
import { Form } from '#web/shared/form/Form.tsx';
import { CheckField, TextField } from '#web/shared/form/fields.tsx';
import { NumberField } from '#web/shared/form/NumberField.tsx';
import { useForm } from '#web/shared/form/useForm.ts';
import { Button, ButtonLink } from '#web/shared/kit/action/Button.tsx';
import { confirm } from '#web/shared/kit/dialog/question.ts';
import { Empty } from '#web/shared/kit/feedback/Empty.tsx';
import { Loaded } from '#web/shared/kit/feedback/Loaded.tsx';
import { toast } from '#web/shared/kit/feedback/toast.ts';
import { Section } from '#web/shared/kit/layout/Page.tsx';
import { type Column, DataTable } from '#web/shared/kit/table/DataTable.tsx';
import { formatDateTime } from '#web/shared/words/format.ts';

type Address = RouteOutput<typeof listOutgoing>['rows'][number];

/** Where the program may connect to outside. What is not listed is not called. */
export function OutgoingAddresses() {
  const read = useRead(listOutgoing, {});
  const removing = useAct(removeOutgoing, { done: '外部地址已去掉，程序不再连接它。' });
  const remove = async ({ host, port }: Address) => {
    const yes = await confirm({
      title: `去掉 ${host}:${port}？`,
      text: '程序不再连接它；用它寄的邮件会等待，直到重新加上。',
      verb: '去掉地址',
      danger: true,
    });
    if (yes) await removing.act({ body: { host, port } });
  };
  const columns: ReadonlyArray<Column<Address>> = [
    { key: 'host', title: '地址', fact: 1, cell: ({ host, port }) => `${host}:${port}` },
    { key: 'purpose', title: '用途', fact: 2, cell: ({ purpose }) => purpose },
    {
      key: 'private',
      title: '所在',
      width: '8rem',
      cell: ({ mayBePrivate }) => (mayBePrivate ? '内部网络' : '互联网'),
    },
    { key: 'by', title: '加入', cell: ({ addedBy, addedAt }) => `${addedBy} · ${formatDateTime(addedAt)}` },
    {
      key: 'acts',
      title: '操作',
      fact: 3,
      acts: true,
      width: '6rem',
      cell: (address) => (
        <Button small busy={removing.busy} onClick={() => void remove(address)}>
          去掉
        </Button>
      ),
    },
  ];
  return (
    <Section
      title="外部地址"
      note="程序只连接这里列出的主机和端口，例如邮件服务器。"
      action={<ButtonLink to="/deliveries">邮件投递</ButtonLink>}
    >
      <Loaded of={read} shape="table">
        {({ rows }) => (
          <DataTable
            caption="外部地址"
            columns={columns}
            rows={rows}
            rowKey={({ host, port }) => `${host}:${port}`}
            empty={<Empty title="没有外部地址">程序不连接任何外部主机，也不寄邮件。</Empty>}
          />
        )}
      </Loaded>
      <Addition />
    </Section>
  );
}

const nothing = { host: '', port: undefined, mayBePrivate: false, purpose: '' };

function Addition() {
  const form = useForm(addOutgoing.body!, nothing);
  return (
    <Form
      verb="加外部地址"
      busy={form.busy}
      problem={form.problems['']}
      onSubmit={form.submit(async (body) => {
        await call(addOutgoing, { body });
        await refreshAfter(addOutgoing);
        form.reset({ ...nothing, port: 465 });
        toast.say('外部地址已加上。');
      })}
    >
      <TextField label="主机" placeholder="smtp.example.gov.cn" spellCheck={false} {...form.field('host')} />
      <NumberField label="端口" {...form.field('port')} />
      <TextField label="用途" placeholder="邮件服务器" {...form.field('purpose')} />
      <CheckField
        label="在内部网络"
        help="主机名指向内部网络的地址时，只有注明了才连接。"
        {...form.field('mayBePrivate')}
      />
    </Form>
  );
}
