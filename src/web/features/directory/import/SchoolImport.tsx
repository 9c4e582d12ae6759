import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { confirmImport, importTemplate, previewImport } from '#contract/directory/import.ts';
import { useDeskContext } from '#web/shared/context.tsx';
import { DateField, TextField } from '#web/shared/form/fields.tsx';
import { ImportPage } from '#web/shared/import/ImportPage.tsx';
import { useImport } from '#web/shared/import/useImport.ts';
import { Button } from '#web/shared/kit/action/Button.tsx';
import { Download } from '#web/shared/kit/action/Download.tsx';
import { useAct } from '#web/shared/queries.ts';
import { schoolImportView } from './school-import-view.tsx';

/** 导入学校: a table of schools becomes entries and corrections of the register. */
export default function SchoolImport() {
  const { today } = useDeskContext();
  const [day, setDay] = useState(today);
  const [document, setDocument] = useState('');
  const looking = useAct(previewImport, { inline: true });
  const taking = useAct(confirmImport, { inline: true });
  const steps = useImport({
    look: (file) => looking.act({ file, fields: { day } }),
    looking,
    // The table is sent a second time, with what proves that it is the one that was looked at.
    take: async ({ fileHash, planHash, day: from }, file) =>
      file
        ? taking.act({ file, fields: { fileHash, planHash, day: from, ...(document ? { document } : {}) } })
        : undefined,
    taking,
  });
  const { file, preview, taken } = steps;
  return (
    <ImportPage
      title="导入学校"
      above={<Link to="/directory">单位与学校</Link>}
      state="用于首次登记和成批更正；撤并、变更类型和隶属请在学校页面逐所办理。"
      file={{
        label: '学校表格',
        accept: '.xlsx,.xls,.csv',
        note: '一行一所学校；检查通过并确认以前不会写入',
        template: (
          <Download route={importTemplate} input={{}}>
            下载模板
          </Download>
        ),
      }}
      beside={
        <>
          <DateField
            label="变动日期"
            max={today}
            value={day}
            disabled={looking.busy}
            onChange={(from) => {
              // What was checked held for another day.
              steps.forget();
              setDay(from);
            }}
            help="更名自这一天起；新登记的学校自建校年份的 9 月 1 日起。"
          />
          {file && !taken && (!preview || taking.problem) && (
            <Button busy={looking.busy} disabled={day === ''} onClick={() => void steps.look(file)}>
              重新检查
            </Button>
          )}
        </>
      }
      steps={steps}
      view={(found) => {
        const view = schoolImportView(found, file);
        const fields = <TextField label="批准文号" value={document} onChange={setDocument} required={false} />;
        return view.take.possible ? { ...view, take: { ...view.take, fields } } : view;
      }}
      done={({ opened, renamed, corrected }) => (
        <p>
          已写入：设立 {opened} 所，更名 {renamed} 所，更正 {corrected} 所。<Link to="/directory">查看学校</Link>
        </p>
      )}
      kept="一行也没有写入，登记保持原样。"
    />
  );
}
