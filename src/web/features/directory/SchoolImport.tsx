import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { confirmImport, importTemplate, markImport, previewImport } from '#contract/directory/import.ts';
import type { RouteOutput } from '#contract/route.ts';
import { schoolCodeText } from '#domain/org/school-code.ts';
import { useDeskContext } from '#web/shared/context.tsx';
import { FileDrop } from '#web/shared/form/FileDrop.tsx';
import { DateField, TextField } from '#web/shared/form/fields.tsx';
import { Button } from '#web/shared/kit/Button.tsx';
import { type Column, DataTable } from '#web/shared/kit/DataTable.tsx';
import { Download } from '#web/shared/kit/Download.tsx';
import { Empty } from '#web/shared/kit/Empty.tsx';
import { ErrorPanel } from '#web/shared/kit/ErrorPanel.tsx';
import { Facts, Page, Section } from '#web/shared/kit/Page.tsx';
import { useAct } from '#web/shared/queries.ts';

type Preview = RouteOutput<typeof previewImport>;
type Finding = Preview['findings'][number];
type Change = Preview['changes'][number];

const findingColumns: ReadonlyArray<Column<Finding>> = [
  { key: 'cell', title: '单元格', fact: 1, width: '6rem', cell: (row) => <span className="tabular">{row.cell}</span> },
  { key: 'column', title: '列', fact: 2, width: '8rem', cell: (row) => row.column },
  { key: 'value', title: '填的是', width: '12rem', cell: (row) => row.value || '（空）' },
  { key: 'rule', title: '问题', fact: 3, cell: (row) => row.rule },
  { key: 'allowed', title: '应填', cell: (row) => row.allowed },
];

const acts: Readonly<Record<Change['act'], string>> = { open: '设立', rename: '更名', correct: '更正' };
/** What touches a registered school comes before what is new. */
const order: readonly Change['act'][] = ['rename', 'correct', 'open'];
const shownAtFirst = 100;

const changeColumns: ReadonlyArray<Column<Change>> = [
  { key: 'name', title: '学校', fact: 1, cell: (row) => row.name },
  { key: 'row', title: '行', align: 'end', width: '4rem', cell: (row) => row.row },
  {
    key: 'code',
    title: '标识码',
    width: '8rem',
    cell: (row) => <span className="tabular">{schoolCodeText(row.code)}</span>,
  },
  { key: 'act', title: '办理', fact: 2, width: '5rem', cell: (row) => acts[row.act] },
  { key: 'what', title: '内容', fact: 3, cell: (row) => row.what },
];

/** 导入学校: file, what was understood, every fault with its cell, then all or nothing. */
export default function SchoolImport() {
  const { today } = useDeskContext();
  const [file, setFile] = useState<File | null>(null);
  const [preview, setPreview] = useState<Preview | null>(null);
  const [day, setDay] = useState(today);
  const [document, setDocument] = useState('');
  const [isWhole, setWhole] = useState(false);
  const [done, setDone] = useState<RouteOutput<typeof confirmImport> | null>(null);
  const looking = useAct(previewImport, { inline: true });
  const writing = useAct(confirmImport, { inline: true, refresh: ['people'] });

  function forget() {
    setPreview(null);
    setDone(null);
    setWhole(false);
    writing.reset();
  }
  async function look(chosen: File) {
    forget();
    setFile(chosen);
    setPreview((await looking.act({ file: chosen, fields: { day } })) ?? null);
  }
  async function write() {
    if (!file || !preview) return;
    const { fileHash, planHash } = preview;
    const fields = { fileHash, planHash, day: preview.day, ...(document ? { document } : {}) };
    const written = await writing.act({ file, fields });
    if (!written) return;
    setDone(written);
    setPreview(null);
  }
  const changes = preview ? preview.opens + preview.renames + preview.corrects : 0;
  const ordered = [...(preview?.changes ?? [])].sort((a, b) => order.indexOf(a.act) - order.indexOf(b.act));
  const shown = isWhole ? ordered : ordered.slice(0, shownAtFirst);

  return (
    <Page
      title="导入学校"
      above={<Link to="/directory">单位与学校</Link>}
      state="用于首次登记和成批更正；撤并、变更类型和隶属请在学校页面逐所办理。"
    >
      <Section title="一、选择文件">
        <FileDrop
          label="学校表格"
          accept=".xlsx,.xls,.csv"
          note="一行一所学校；检查通过并确认以前不会写入"
          disabled={looking.busy}
          onFile={(chosen) => void look(chosen)}
        >
          <Download route={importTemplate} input={{}}>
            下载模板
          </Download>
        </FileDrop>
        <DateField
          label="变动日期"
          max={today}
          value={day}
          disabled={looking.busy}
          onChange={(from) => {
            // What was checked held for another day.
            forget();
            setDay(from);
          }}
          help="更名自这一天起；新登记的学校自建校年份的 9 月 1 日起。"
        />
        {file && !done && (!preview || writing.problem) && (
          <Button busy={looking.busy} disabled={day === ''} onClick={() => void look(file)}>
            重新检查
          </Button>
        )}
        {looking.busy && <p role="status">正在检查……</p>}
        {looking.problem && <ErrorPanel problem={looking.problem} />}
      </Section>
      {done && (
        <Empty title={`已写入：设立 ${done.opened} 所，更名 ${done.renamed} 所，更正 ${done.corrected} 所。`}>
          <Link to="/directory">查看学校</Link>
        </Empty>
      )}
      {preview && (
        <Section title="二、读到的内容">
          <Facts
            items={[
              ['文件', preview.fileName],
              preview.sheet ? ['工作表', preview.sheet] : null,
              ['学校', `${preview.rows} 行`],
              ['设立', `${preview.opens} 所`],
              ['更名', `${preview.renames} 所`],
              ['更正', `${preview.corrects} 所`],
              ['与登记相同', `${preview.unchanged} 所`],
            ]}
          />
          {preview.notes.map((note) => (
            <p key={note}>▲ {note}</p>
          ))}
        </Section>
      )}
      {preview && preview.findingCount > 0 && (
        <Section
          title="三、需要改正"
          action={
            file && (
              <Download route={markImport} input={{ file, fields: { day: preview.day } }}>
                下载标注后的表格
              </Download>
            )
          }
          note={`${preview.findingCount} 处，改正后重新选择文件；一行也没有写入。${preview.findingCount > preview.findings.length ? `以下是前 ${preview.findings.length} 处。` : ''}`}
        >
          <DataTable
            caption="需要改正的单元格"
            columns={findingColumns}
            rows={preview.findings}
            rowKey={(row) => `${row.cell} ${row.column} ${row.rule}`}
          />
        </Section>
      )}
      {preview && preview.findingCount === 0 && (
        <Section
          title="三、核对并写入"
          note={changes > shown.length ? `以下是前 ${shown.length} 项，共 ${changes} 项` : undefined}
        >
          <DataTable
            caption="将要写入的变动"
            columns={changeColumns}
            rows={shown}
            rowKey={(row) => `${row.row} ${row.act}`}
            empty={<Empty title="表格与登记完全相同，没有要写入的内容。" />}
          />
          {ordered.length > shown.length && (
            <Button kind="quiet" onClick={() => setWhole(true)}>
              显示全部 {ordered.length} 项
            </Button>
          )}
          {changes > 0 && (
            <>
              <TextField label="批准文号" value={document} onChange={setDocument} required={false} />
              {writing.problem && <ErrorPanel problem={writing.problem} />}
              <Button kind="primary" busy={writing.busy} onClick={() => void write()}>
                全部写入（{changes} 项变动）
              </Button>
            </>
          )}
        </Section>
      )}
    </Page>
  );
}
