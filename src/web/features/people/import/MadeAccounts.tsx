import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { CheckField } from '#web/shared/form/fields.tsx';
import { Button } from '#web/shared/kit/action/Button.tsx';
import { save } from '#web/shared/kit/action/Download.tsx';
import { Page } from '#web/shared/kit/layout/Page.tsx';
import { type Column, DataTable } from '#web/shared/kit/table/DataTable.tsx';
import { onceQuestion, useLeaveGuard } from '#web/shared/page/useLeaveGuard.ts';
import { accountsFile, type MadeRow } from './accounts-file.ts';

const columns: ReadonlyArray<Column<MadeRow>> = [
  { key: 'name', title: '姓名', fact: 1, cell: (row) => row.name },
  { key: 'username', title: '用户名', fact: 2, cell: (row) => row.username },
  { key: 'password', title: '临时密码', fact: 3, cell: (row) => <code>{row.password}</code> },
];

/** The new accounts with passwords that are stored nowhere else: shown only this once. Leaving asks until they are kept. */
export function MadeAccounts({ rows }: { rows: readonly MadeRow[] }) {
  const [kept, setKept] = useState(false);
  useLeaveGuard(kept ? null : onceQuestion(`${rows.length} 个临时密码`));
  function keep() {
    save(accountsFile(rows));
    setKept(true);
  }
  function printAll() {
    print();
    setKept(true);
  }
  return (
    <Page
      title="账户已建立"
      above={<Link to="/people">人员与权限</Link>}
      state={`${rows.length} 个账户。临时密码只在这里显示一次，首次登录必须修改。`}
      action={
        <>
          <Button onClick={printAll}>打印</Button>
          <Button kind="primary" onClick={keep}>
            保存为文件
          </Button>
        </>
      }
    >
      <CheckField label="已抄下或保存好" value={kept} onChange={setKept} />
      <DataTable caption="新建的账户" columns={columns} rows={rows} rowKey={(row) => row.personId} />
    </Page>
  );
}
