import { Link } from '@tanstack/react-router';
import { frameworkSubjects } from '#contract/frameworks/frameworks.ts';
import { frameworkImport } from '#contract/frameworks/workbook.ts';
import { useSearchState } from '#web/shared/address/search-state.ts';
import { SelectField } from '#web/shared/form/fields.tsx';
import { ImportPage } from '#web/shared/import/ImportPage.tsx';
import { subjectTitles } from '../framework.words.ts';
import { frameworkImportSearch } from '../frameworks.search.ts';
import { frameworkImportView } from './framework-import.view.tsx';

/** A workbook of indicators, as an office keeps it or as it was exported here, becomes a draft. */
export default function FrameworkImport() {
  const [{ subject = 'county' }, setSearch] = useSearchState(frameworkImportSearch);
  return (
    <ImportPage
      routes={frameworkImport}
      fields={{ subject }}
      title="导入指标体系"
      above={
        <Link to="/frameworks" search={{}}>
          指标体系
        </Link>
      }
      state="Excel 工作簿：一级、二级、三级指标各一列（可合并单元格），分值写在列里或名称后的“（5 分）”里；从本系统导出的工作簿改过以后也可导入。"
      file={{
        label: 'Excel 文件',
        accept: '.xlsx,.xls',
        note: '不超过 8 MB；可有几张工作表，每张一行表头；写入以前只看不存',
      }}
      beside={({ forget, looking }) => (
        <SelectField
          label="评估对象"
          help="从本系统导出的工作簿以所带的为准"
          value={subject}
          disabled={looking.busy}
          options={frameworkSubjects.map((value) => ({ value, label: subjectTitles[value] }))}
          onChange={(value) => {
            setSearch({ subject: value });
            forget();
          }}
        />
      )}
      view={frameworkImportView}
      done={({ draftId, leaves }) => (
        <p>
          已写成草稿，共 {leaves} 项末级指标。{' '}
          <Link to="/frameworks/drafts/$draftId" params={{ draftId }} search={{}}>
            打开草稿
          </Link>
        </p>
      )}
      kept="没有写入任何数据。"
    />
  );
}
