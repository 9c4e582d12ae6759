import { Link } from '@tanstack/react-router';
import { importTemplate, inspectorImport } from '#contract/inspectors/import.ts';
import { ImportPage } from '#web/shared/import/ImportPage.tsx';
import { Download } from '#web/shared/kit/action/Download.tsx';
import { registerImportView } from './register-import.view.tsx';

/** A register that was kept elsewhere, in the office's columns. */
export default function RegisterImport() {
  return (
    <ImportPage
      routes={inspectorImport}
      title="导入督学名册"
      above={<Link to="/inspectors">督学名册</Link>}
      state="Excel 或 CSV，列名为姓名、类别，可加工作单位、职务、学历、督学证号、任期开始、以前的任期等；填写任期开始的登记为在任，已在名册中的跳过。"
      file={{
        label: '名册文件',
        accept: '.xlsx,.xls,.csv',
        note: '每行一人；检查通过以前不写入任何人员',
        template: (
          <Download route={importTemplate} input={{}}>
            下载模板
          </Download>
        ),
      }}
      view={registerImportView}
      done={({ entered, serving }) => `已导入 ${entered} 名，其中在任 ${serving} 名`}
      kept="没有写入任何人员。"
    />
  );
}
