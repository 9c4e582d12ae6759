import type { RouteOutput } from '#contract/route.ts';
import { end, list } from '#contract/session/session.ts';
import { deviceName } from '#domain/access/device-name.ts';
import { useAct, useRead } from '#web/shared/call/queries.ts';
import { Button } from '#web/shared/kit/action/Button.tsx';
import { Loaded } from '#web/shared/kit/feedback/Loaded.tsx';
import { type Column, DataTable } from '#web/shared/kit/table/DataTable.tsx';
import { Missing } from '#web/shared/kit/words/Missing.tsx';
import { formatDateTime } from '#web/shared/words/format.ts';

type Row = RouteOutput<typeof list>['rows'][number];

/** The person's own sessions, and a button that ends each. */
export function OwnSessions() {
  const read = useRead(list, {});
  const { act, busy } = useAct(end, { done: '那次登录已结束。' });
  const columns: Array<Column<Row>> = [
    {
      key: 'device',
      title: '设备',
      fact: 1,
      cell: (row) => (row.userAgent ? deviceName(row.userAgent) : <Missing reason="登录时没有说明" />),
    },
    { key: 'address', title: '地址', cell: (row) => row.address ?? <Missing reason="登录时没有记录" /> },
    { key: 'startedAt', title: '登录时间', cell: (row) => formatDateTime(row.startedAt) },
    { key: 'lastSeenAt', title: '最近使用', fact: 2, cell: (row) => formatDateTime(row.lastSeenAt) },
    {
      key: 'end',
      title: '操作',
      fact: 3,
      bare: true,
      width: '6rem',
      cell: (row) =>
        row.current ? (
          <span className="soft">当前登录</span>
        ) : (
          <Button small busy={busy} onClick={() => void act({ params: { sessionId: row.id } })}>
            结束
          </Button>
        ),
    },
  ];
  return (
    <Loaded of={read} shape="table">
      {({ rows }) => <DataTable caption="我的登录" columns={columns} rows={rows} rowKey={(row) => row.id} />}
    </Loaded>
  );
}
