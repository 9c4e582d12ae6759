import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { createList, previewList } from '#contract/people.ts';
import type { RouteOutput } from '#contract/route.ts';
import { FileDrop } from '#web/shared/form/FileDrop.tsx';
import { Button } from '#web/shared/kit/Button.tsx';
import { type Column, DataTable } from '#web/shared/kit/DataTable.tsx';
import { save } from '#web/shared/kit/Download.tsx';
import { ErrorPanel } from '#web/shared/kit/ErrorPanel.tsx';
import { Missing } from '#web/shared/kit/Missing.tsx';
import { Page, Section } from '#web/shared/kit/Page.tsx';
import { useAct } from '#web/shared/queries.ts';
import style from './people.module.css';

type PreviewRow = RouteOutput<typeof previewList>['rows'][number];
type MadeRow = RouteOutput<typeof createList>['rows'][number];

const previewColumns: ReadonlyArray<Column<PreviewRow>> = [
  { key: 'row', title: '行', align: 'end', width: '4rem', cell: (row) => row.row },
  { key: 'name', title: '姓名', fact: 1, cell: (row) => row.name || <Missing reason="名单里没有填写" /> },
  { key: 'username', title: '用户名', fact: 2, cell: (row) => row.username || <Missing reason="名单里没有填写" /> },
  { key: 'phone', title: '电话', cell: (row) => row.phone || <Missing reason="名单里没有填写" /> },
  {
    key: 'problems',
    title: '问题',
    fact: 3,
    cell: (row) =>
      row.problems.length === 0 ? '可以建立' : <span className={style.faults}>{row.problems.join('；')}</span>,
  },
];

const madeColumns: ReadonlyArray<Column<MadeRow>> = [
  { key: 'name', title: '姓名', fact: 1, cell: (row) => row.name },
  { key: 'username', title: '用户名', fact: 2, cell: (row) => row.username },
  { key: 'password', title: '临时密码', fact: 3, cell: (row) => <code>{row.password}</code> },
];

/** Many accounts from one list: file, what was understood, all or none. */
export default function PeopleImport() {
  const [made, setMade] = useState<readonly MadeRow[] | null>(null);
  const previewing = useAct(previewList, { inline: true });
  const [preview, setPreview] = useState<RouteOutput<typeof previewList> | null>(null);
  const creating = useAct(createList, { onDone: ({ rows }) => setMade(rows) });

  async function look(file: File) {
    setPreview(null);
    setPreview((await previewing.act({ file })) ?? null);
  }
  if (made) return <Made rows={made} />;
  return (
    <Page
      title="导入人员名单"
      above={<Link to="/people">人员与权限</Link>}
      state="Excel 或 CSV，列名为：姓名、用户名、电话。角色由安全管理员另行授予。"
    >
      <Section title="名单">
        <FileDrop
          label="名单文件"
          accept=".xlsx,.xls,.csv"
          note="最多 500 人；检查通过以前不会建立任何账户"
          disabled={previewing.busy}
          onFile={(file) => void look(file)}
        />
      </Section>
      {previewing.problem && <ErrorPanel problem={previewing.problem} />}
      {preview && (
        <Section
          title="检查结果"
          note={
            preview.problems > 0
              ? `${preview.rows.length} 人中有 ${preview.problems} 人需要更正，请改好名单再选一次。`
              : `${preview.rows.length} 人都可以建立。`
          }
          action={
            <Button
              kind="primary"
              busy={creating.busy}
              disabled={preview.problems > 0 || preview.rows.length === 0}
              onClick={() =>
                void creating.act({
                  body: {
                    people: preview.rows.map(({ name, username, phone }) => ({
                      name,
                      username,
                      ...(phone === '' ? {} : { phone }),
                    })),
                  },
                })
              }
            >
              建立 {preview.rows.length} 个账户
            </Button>
          }
        >
          {preview.notes.map((note) => (
            <p key={note}>{note}</p>
          ))}
          <DataTable
            caption="名单检查结果"
            columns={previewColumns}
            rows={preview.rows}
            rowKey={(row) => row.row}
            rowTone={(row) => (row.problems.length > 0 ? 'fails' : undefined)}
          />
        </Section>
      )}
    </Page>
  );
}

function Made({ rows }: { rows: readonly MadeRow[] }) {
  function keep() {
    const lines = [['姓名', '用户名', '临时密码'], ...rows.map((row) => [row.name, row.username, row.password])];
    const text = lines.map((cells) => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')).join('\r\n');
    const body = new TextEncoder().encode(`\uFEFF${text}\r\n`);
    save({ fileName: '新建账户.csv', contentType: 'text/csv; charset=utf-8', body });
  }
  return (
    <Page
      title="账户已建立"
      above={<Link to="/people">人员与权限</Link>}
      state={`${rows.length} 个账户。临时密码只在这里显示一次，首次登录必须修改。`}
      action={
        <Button kind="primary" onClick={keep}>
          保存为文件
        </Button>
      }
    >
      <DataTable caption="新建的账户" columns={madeColumns} rows={rows} rowKey={(row) => row.personId} />
    </Page>
  );
}
