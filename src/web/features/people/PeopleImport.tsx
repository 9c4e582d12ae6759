import { Link } from '@tanstack/react-router';
import { createList, previewList } from '#contract/people/people.ts';
import { ImportPage } from '#web/shared/import/ImportPage.tsx';
import { useImport } from '#web/shared/import/useImport.ts';
import { useAct } from '#web/shared/queries.ts';
import { MadeAccounts } from './MadeAccounts.tsx';
import { type Preview, peopleImportView } from './people-import-view.tsx';

/** Many accounts from one list. */
export default function PeopleImport() {
  const looking = useAct(previewList, { inline: true });
  const taking = useAct(createList, { inline: true });
  const steps = useImport({
    look: (file) => looking.act({ file }),
    looking,
    // What was understood is sent back: the list itself is not read a second time.
    take: ({ rows }: Preview) => taking.act({ body: { people: rows.map(personOf) } }),
    taking,
  });
  if (steps.taken) return <MadeAccounts rows={steps.taken.rows} />;
  return (
    <ImportPage
      title="导入人员名单"
      above={<Link to="/people">人员与权限</Link>}
      state="Excel 或 CSV，列名为姓名、用户名、电话。角色由安全管理员另行授予。"
      file={{ label: '名单文件', accept: '.xlsx,.xls,.csv', note: '最多 500 人；检查通过以前不会建立任何账户' }}
      steps={steps}
      view={peopleImportView}
      done={() => null}
      kept="没有建立任何账户。"
    />
  );
}

function personOf({ name, username, phone }: Preview['rows'][number]) {
  return { name, username, ...(phone === '' ? {} : { phone }) };
}
