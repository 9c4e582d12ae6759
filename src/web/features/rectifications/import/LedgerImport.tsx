import { Link } from '@tanstack/react-router';
import { findingImport, importTemplate } from '#contract/rectifications/import.ts';
import { ImportPage } from '#web/shared/import/ImportPage.tsx';
import { Download } from '#web/shared/kit/action/Download.tsx';
import { ledgerImportView } from './ledger-import.view.tsx';

/** A ledger that was kept elsewhere, in the office's columns. */
export default function LedgerImport() {
  return (
    <ImportPage
      routes={findingImport}
      title="导入整改台账"
      above={<Link to="/findings">整改台账</Link>}
      state="Excel 或 CSV，列名为问题、责任单位、责任人、整改措施、完成时限、整改情况、是否销号；可加销号日期、问题类别、严重程度、发现日期。已在台账中的问题跳过，每月的台账可以整份再导入。"
      file={{
        label: '台账文件',
        accept: '.xlsx,.xls,.csv',
        note: '每行一个问题；检查通过以前不写入任何问题',
        template: (
          <Download route={importTemplate} input={{}}>
            下载模板
          </Download>
        ),
      }}
      view={ledgerImportView}
      done={({ entered, closed }) => `已导入 ${entered} 个问题，其中已销号 ${closed} 个`}
      kept="没有写入任何问题。"
    />
  );
}
