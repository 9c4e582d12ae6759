import { Link } from '@tanstack/react-router';
import { figuresImport, figuresTemplate } from '#contract/balance-tracking/figures.ts';
import { ImportPage } from '#web/shared/import/ImportPage.tsx';
import { Download } from '#web/shared/kit/action/Download.tsx';
import { figuresImportView } from './figures-import.view.tsx';

/** What the province published, a row for each county. */
export default function FiguresImport() {
  return (
    <ImportPage
      routes={figuresImport}
      title="导入省公布数据"
      above={<Link to="/tracking/figures">省公布数据</Link>}
      state="Excel 或 CSV，每县每学年一行；没有公布的数据留空，不要填 0。"
      file={{
        label: '数据文件',
        accept: '.xlsx,.xls,.csv',
        note: '检查通过以前不写入任何数据',
        template: (
          <Download route={figuresTemplate} input={{}}>
            下载模板
          </Download>
        ),
      }}
      view={figuresImportView}
      done={({ entered, revised }) => `已录入 ${entered} 个县（市、区），更正 ${revised} 个`}
      kept="没有写入任何数据。"
    />
  );
}
