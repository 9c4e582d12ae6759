import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { RouteOutput } from '#contract/route.ts';
import { create, list, revoke } from '#contract/session/tokens.ts';
import { permissionTitles } from '#domain/access/permission-titles.ts';
import { type Permission, tokenPermissions } from '#domain/access/permissions.ts';
import { call } from '#web/shared/call/call.ts';
import { refreshAfter, useAct, useRead } from '#web/shared/call/queries.ts';
import { Form } from '#web/shared/form/Form.tsx';
import { CheckField, SelectField, TextField } from '#web/shared/form/fields.tsx';
import { useForm } from '#web/shared/form/useForm.ts';
import { Button } from '#web/shared/kit/action/Button.tsx';
import { Dialog } from '#web/shared/kit/dialog/Dialog.tsx';
import { confirm } from '#web/shared/kit/dialog/question.ts';
import { Empty } from '#web/shared/kit/feedback/Empty.tsx';
import { Loaded } from '#web/shared/kit/feedback/Loaded.tsx';
import { Page } from '#web/shared/kit/layout/Page.tsx';
import { type Column, DataTable } from '#web/shared/kit/table/DataTable.tsx';
import { Missing } from '#web/shared/kit/words/Missing.tsx';
import { Secret } from '#web/shared/kit/words/Secret.tsx';
import { StateMark } from '#web/shared/kit/words/StateMark.tsx';
import { onceQuestion, useLeaveGuard } from '#web/shared/page/useLeaveGuard.ts';
import { useSession } from '#web/shared/session/session.tsx';
import { formatDate, formatDateTime } from '#web/shared/words/format.ts';
import style from './Tokens.module.css';

type Row = RouteOutput<typeof list>['rows'][number];

const states = {
  active: { state: 'valid', text: '有效' },
  expired: { state: 'closed', text: '已到期' },
  revoked: { state: 'closed', text: '已撤销' },
} as const;

/** Access tokens for other systems that act in this person's name: created, shown once, revoked. */
export default function Tokens() {
  const read = useRead(list, {});
  const [making, setMaking] = useState(false);
  const { act } = useAct(revoke, { done: '令牌已撤销，使用它的系统从现在起不能再访问。' });

  async function takeBack(row: Row) {
    const yes = await confirm({
      title: `撤销“${row.name}”？`,
      text: '使用这个令牌的系统会立即失去访问，撤销后不能恢复。',
      verb: '撤销令牌',
      danger: true,
    });
    if (yes) await act({ params: { tokenId: row.id } });
  }

  const columns: Array<Column<Row>> = [
    { key: 'name', title: '用途', fact: 1, cell: (row) => row.name },
    { key: 'state', title: '状态', fact: 2, cell: (row) => <StateMark {...states[row.state]} /> },
    {
      key: 'permissions',
      title: '权限',
      cell: (row) => row.permissions.map((one) => permissionTitles[one]).join('、'),
    },
    {
      key: 'post',
      title: '岗位',
      cell: (row) => [row.post.roleName, row.post.placeName].filter(Boolean).join('，'),
    },
    { key: 'expiresAt', title: '到期', cell: (row) => formatDate(row.expiresAt) },
    {
      key: 'lastUsedAt',
      title: '最近使用',
      cell: (row) => (row.lastUsedAt ? formatDateTime(row.lastUsedAt) : <Missing reason="还没有使用过" />),
    },
    {
      key: 'revoke',
      title: '操作',
      fact: 3,
      acts: true,
      cell: (row) =>
        row.state === 'active' && (
          <Button small onClick={() => void takeBack(row)}>
            撤销
          </Button>
        ),
    },
  ];
  return (
    <Page
      title="访问令牌"
      above={<Link to="/account">我的账户</Link>}
      state="供其他系统代表您调用接口，权限不超出您自己的。"
      action={
        <Button kind="primary" onClick={() => setMaking(true)}>
          建立令牌
        </Button>
      }
    >
      <Loaded of={read} shape="table">
        {({ rows }) => (
          <DataTable
            caption="我的访问令牌"
            columns={columns}
            rows={rows}
            rowKey={(row) => row.id}
            empty={<Empty title="还没有访问令牌。">其他系统需要读取数据时，在这里为它建立一个。</Empty>}
          />
        )}
      </Loaded>
      {making && <NewToken onClose={() => setMaking(false)} />}
    </Page>
  );
}

function NewToken({ onClose }: { onClose: () => void }) {
  const { permissions: held } = useSession();
  const permissions = tokenPermissions.filter((one) => held.includes(one));
  const form = useForm(create.body!, { name: '', permissions: [], days: 90 });
  const [made, setMade] = useState<RouteOutput<typeof create> | null>(null);
  useLeaveGuard(made ? onceQuestion('令牌') : null);
  const chosen = form.values.permissions;
  const toggle = (one: Permission, on: boolean) =>
    form.set({ permissions: on ? [...chosen, one] : chosen.filter((other) => other !== one) });

  if (made) {
    return (
      <Dialog
        open
        once
        title="令牌已建立"
        onClose={onClose}
        actions={
          <Button kind="primary" onClick={onClose}>
            已经保存好
          </Button>
        }
      >
        <p>请现在复制并交给使用它的系统。关闭后不再显示，丢失只能撤销重建。</p>
        <Secret text={made.token} verb="复制令牌" />
        <p className="caption">有效期至 {formatDate(made.expiresAt)}</p>
      </Dialog>
    );
  }
  return (
    <Dialog open title="建立访问令牌" onClose={onClose}>
      <Form
        verb="建立令牌"
        busy={form.busy}
        problem={form.problems[''] ?? form.problems.permissions}
        onSubmit={form.submit(async (body) => {
          setMade(await call(create, { body }));
          await refreshAfter(create);
        })}
      >
        <TextField label="用途" help="例如：市教育统计库每晚读取" autoFocus {...form.field('name')} />
        <SelectField
          label="有效期"
          options={[
            { value: 30, label: '30 天' },
            { value: 90, label: '90 天' },
            { value: 180, label: '180 天' },
            { value: 365, label: '365 天' },
          ]}
          {...form.field('days')}
        />
        <fieldset className={style.rights}>
          <legend>权限</legend>
          {permissions.length === 0 && <p>您的权限须本人登录办理，不能交给访问令牌。</p>}
          {permissions.map((one) => (
            <CheckField
              key={one}
              label={permissionTitles[one]}
              value={chosen.includes(one)}
              onChange={(on) => toggle(one, on)}
            />
          ))}
        </fieldset>
      </Form>
    </Dialog>
  );
}
