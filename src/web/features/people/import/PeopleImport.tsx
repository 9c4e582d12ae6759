import { Link } from '@tanstack/react-router';
import { importTemplate, peopleImport } from '#contract/people/import.ts';
import { ImportPage } from '#web/shared/import/ImportPage.tsx';
import { Download } from '#web/shared/kit/action/Download.tsx';
import { formatNumber } from '#web/shared/words/format.ts';
import { CodeSheet } from '../sets/CodeSheet.tsx';
import { peopleImportView } from './people-import.view.tsx';

/** Many people with their posts from one list: proposed here, granted as a set by the 安全管理员. */
export default function PeopleImport() {
  return (
    <ImportPage
      routes={peopleImport}
      title="导入人员名单"
      above={<Link to="/people">人员与权限</Link>}
      state="Excel 或 CSV，列名为姓名、电话、角色、单位或学校标识码。岗位由安全管理员成批授予后生效。"
      file={{
        label: '名单文件',
        accept: '.xlsx,.xls,.csv',
        note: '每行一人一个岗位，最多 10000 行；检查通过以前不会建立任何账户',
        template: (
          <Download route={importTemplate} input={{}}>
            下载模板
          </Download>
        ),
      }}
      view={peopleImportView}
      done={() => null}
      after={({ setId, accounts, posts, codes }) => (
        <CodeSheet
          title="已提出，等待安全管理员授予"
          state={`建立 ${formatNumber(accounts)} 个账户，提出 ${formatNumber(posts)} 个岗位。启用码只在这里显示一次，请打印后按单位分发。`}
          setId={setId}
          rows={codes}
        />
      )}
      kept="没有建立任何账户。"
    />
  );
}
