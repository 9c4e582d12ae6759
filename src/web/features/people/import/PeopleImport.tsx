import { Link } from '@tanstack/react-router';
import { importTemplate, peopleImport } from '#contract/people/import.ts';
import { ImportPage } from '#web/shared/import/ImportPage.tsx';
import { Download } from '#web/shared/kit/action/Download.tsx';
import { MadeAccounts } from './MadeAccounts.tsx';
import { peopleImportView } from './people-import.view.tsx';

/** Many accounts from one list. */
export default function PeopleImport() {
  return (
    <ImportPage
      routes={peopleImport}
      title="导入人员名单"
      above={<Link to="/people">人员与权限</Link>}
      state="Excel 或 CSV，列名为姓名、用户名、电话。角色由安全管理员另行授予。"
      file={{
        label: '名单文件',
        accept: '.xlsx,.xls,.csv',
        note: '最多 500 人；检查通过以前不会建立任何账户',
        template: (
          <Download route={importTemplate} input={{}}>
            下载模板
          </Download>
        ),
      }}
      view={peopleImportView}
      done={() => null}
      after={({ rows }) => <MadeAccounts rows={rows} />}
      kept="没有建立任何账户。"
    />
  );
}
