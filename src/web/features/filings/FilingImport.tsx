import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import * as filings from '#contract/filings/filings.ts';
import * as imports from '#contract/filings/import.ts';
import { useDeskContext } from '#web/shared/context.tsx';
import { FileDrop } from '#web/shared/form/FileDrop.tsx';
import { schoolYearTitle } from '#web/shared/format.ts';
import { Button } from '#web/shared/kit/Button.tsx';
import { Download } from '#web/shared/kit/Download.tsx';
import { ErrorPanel } from '#web/shared/kit/ErrorPanel.tsx';
import { Page, Section } from '#web/shared/kit/Page.tsx';
import { useAct, useRead } from '#web/shared/queries.ts';
import { useSearchState } from '#web/shared/search-state.ts';
import { useCan, useSession } from '#web/shared/session.tsx';
import style from './FilingImport.module.css';
import { filingImportSearch } from './filing.search.ts';
import { ImportErrors } from './ImportErrors.tsx';
import { ImportPreview } from './ImportPreview.tsx';
import { Waiting } from './Waiting.tsx';

/** Three steps on one page: the file, what was understood, what is wrong; nothing is written before 全部写入. */
export default function FilingImport() {
  const { year, unit } = useDeskContext();
  const { role } = useSession();
  const [search, setSearch] = useSearchState(filingImportSearch);
  const mayFill = useCan('filing.fill');
  const preview = useAct(imports.previewImport, { inline: true });
  const kept = useRead(
    imports.readImport,
    { params: { importId: search.preview ?? '' } },
    { enabled: search.preview !== undefined, staleTime: Number.POSITIVE_INFINITY },
  );
  const own = useRead(
    filings.list,
    { query: { ...(year === null ? {} : { year }) } },
    { enabled: role.level === 'school' },
  );
  const filingId = search.filing ?? own.data?.rows[0]?.id;
  const [written, setWritten] = useState<{ filings: number; cells: number } | null>(null);

  async function read(file: File) {
    setWritten(null);
    setSearch({ preview: undefined });
    const fields: Record<string, string> = {};
    if (filingId) fields.filingId = filingId;
    else if (unit && unit.level !== 'city') fields.unitId = String(unit.id);
    if (!filingId && year !== null) fields.year = String(year);
    const found = await preview.act({ file, fields });
    if (found) setSearch({ preview: found.importId });
  }
  const data = search.preview === undefined ? undefined : kept.data;
  const target = filingId
    ? role.level === 'school'
      ? '本校'
      : '所选学校'
    : unit && unit.level !== 'city'
      ? `${unit.name}全部学校`
      : null;
  return (
    <Page
      title="导入 Excel"
      above={
        filingId ? (
          <Link to="/filings/$filingId" params={{ filingId }}>
            返回填报表
          </Link>
        ) : (
          <Link to="/filings/grid">返回填报表格</Link>
        )
      }
      state={target && `${year === null ? '' : schoolYearTitle(year)}　${target}的资源数据`}
    >
      <Section title="1　选择文件" note="用这里下载的模板填写；也可以先下载已填好的模板修改后再导入。">
        <FileDrop
          label="Excel 文件"
          accept=".xlsx,.xls"
          note="不超过 10 MB"
          onFile={(file) => void read(file)}
          disabled={!mayFill || preview.busy}
        >
          {filingId ? (
            <Download route={imports.schoolTemplate} input={{ params: { filingId } }}>
              下载这所学校的模板
            </Download>
          ) : (
            unit &&
            unit.level !== 'city' && (
              <Download
                route={imports.countyTemplate}
                input={{ query: { unitId: unit.id, ...(year === null ? {} : { year }) } }}
              >
                下载{unit.shortName}模板
              </Download>
            )
          )}
        </FileDrop>
        {preview.busy && <Waiting>正在读取并逐格检查</Waiting>}
        {preview.problem && !preview.busy && (
          <ErrorPanel problem={preview.problem} kept="没有写入任何数据，系统中的数据保持原样。" />
        )}
        {kept.error && !preview.busy && !written && (
          <ErrorPanel problem={kept.error} kept="没有写入任何数据。预览过期后请重新选择文件。" />
        )}
      </Section>
      {written && (
        <Section title="已写入">
          <p>
            已写入 {written.filings} 所学校的 {written.cells} 格。请回到填报表核对，处理疑点后提交。
          </p>
        </Section>
      )}
      {data && !written && !preview.busy && (
        <>
          <ImportPreview preview={data} />
          <ImportErrors preview={data} />
          <WriteAll
            importId={data.importId}
            writable={data.writable}
            hard={data.hard}
            cells={data.changes.cells}
            schools={data.changes.schools}
            onWritten={(done) => {
              setWritten(done);
              setSearch({ preview: undefined });
            }}
          />
        </>
      )}
    </Page>
  );
}

interface WriteAllProps {
  importId: string;
  writable: boolean;
  hard: number;
  cells: number;
  schools: number;
  onWritten: (done: { filings: number; cells: number }) => void;
}

/** All or nothing, with the honest count; only when nothing hard is left. */
function WriteAll({ importId, writable, hard, cells, schools, onWritten }: WriteAllProps) {
  const write = useAct(imports.confirmImport, {
    inline: true,
    refresh: ['filings'],
    done: (done) => `已写入 ${done.cells} 格`,
    onDone: onWritten,
  });
  return (
    <Section title="写入">
      <div className={style.write}>
        <p>
          {hard > 0
            ? `还有 ${hard} 处错误，改正前不能写入。请在标注后的表格里改正，再选择文件。`
            : cells === 0
              ? '表格中的数值与系统中完全相同，没有需要写入的内容。'
              : `将改动 ${schools} 所学校的 ${cells} 格。要么全部写入，要么一格不写。`}
        </p>
        <Button
          kind="primary"
          busy={write.busy}
          disabled={!writable || cells === 0}
          onClick={() => void write.act({ params: { importId } })}
        >
          全部写入{cells > 0 ? ` ${cells} 格` : ''}
        </Button>
      </div>
      {write.busy && <Waiting>正在写入</Waiting>}
      {write.problem && <ErrorPanel problem={write.problem} kept="一格也没有写入，系统中的数据保持原样。" />}
    </Section>
  );
}
