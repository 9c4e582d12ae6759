import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { importTemplate, schoolImport } from '#contract/directory/import.ts';
import { useDeskContext } from '#web/shared/address/context.tsx';
import { DateField } from '#web/shared/form/DateField.tsx';
import { TextField } from '#web/shared/form/fields.tsx';
import { ImportPage } from '#web/shared/import/ImportPage.tsx';
import { Download } from '#web/shared/kit/action/Download.tsx';
import { frozenSentence, useFrozenYear } from '../frozen-list.ts';
import { schoolImportView } from './school-import.view.tsx';

/** 导入学校: a table of schools becomes entries and corrections of the register. */
export default function SchoolImport() {
  const { today, year } = useDeskContext();
  const frozen = useFrozenYear();
  const [day, setDay] = useState(today);
  const [document, setDocument] = useState('');
  return (
    <ImportPage
      routes={schoolImport}
      fields={{ day }}
      take={document ? { document } : {}}
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
      beside={({ looking, forget }) => (
        <DateField
          label="变动日期"
          max={today}
          value={day}
          disabled={looking.busy}
          onChange={(from) => {
            // The check was made for another day and no longer holds.
            forget();
            setDay(from);
          }}
          help="更名自这一天起；新登记的学校自建校年份的 9 月 1 日起，没有建校年份的自这一天起。"
        />
      )}
      view={(preview) => {
        const view = schoolImportView(preview);
        const fields = <TextField label="批准文号" value={document} onChange={setDocument} required={false} />;
        return { ...view, take: { ...view.take, fields } };
      }}
      done={({ opened, renamed, corrected }) => (
        <p>
          已写入：设立 {opened} 所，更名 {renamed} 所，更正 {corrected} 所。<Link to="/directory">查看学校</Link>
          {year === null && (
            <>
              ，<Link to="/">到首页看下一步</Link>
            </>
          )}
          {opened > 0 && frozen && (
            <>
              <br />
              {frozenSentence(frozen, '这次设立的学校')}
            </>
          )}
        </p>
      )}
      kept="一行也没有写入，登记保持原样。"
    />
  );
}
