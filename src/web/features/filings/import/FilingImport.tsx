import { Link } from '@tanstack/react-router';
import * as filings from '#contract/filings/filings.ts';
import * as imports from '#contract/filings/import.ts';
import { schoolYearName } from '#domain/kit/school-year.ts';
import { type DeskContext, useDeskContext } from '#web/shared/address/context.tsx';
import { useSearchState } from '#web/shared/address/search-state.ts';
import { useRead } from '#web/shared/call/queries.ts';
import { useCanInYear } from '#web/shared/desk/year-of-page.tsx';
import { ImportPage } from '#web/shared/import/ImportPage.tsx';
import { ButtonLink } from '#web/shared/kit/action/Button.tsx';
import { Download } from '#web/shared/kit/action/Download.tsx';
import { useSession } from '#web/shared/session/session.tsx';
import { filingImportSearch } from '../filing.search.ts';
import { cityManagedNote } from '../period/progress.words.ts';
import { filingImportView } from './filing-import.view.tsx';
import { takenWords } from './taken.words.ts';

/** 导入 Excel: the workbook of one school or of a whole unit. */
export default function FilingImport() {
  const context = useDeskContext();
  const { year, unit } = context;
  const { role } = useSession();
  const mayFill = useCanInYear('filing.fill');
  const filingId = useOwnFiling();
  const county = unit && unit.level !== 'city' ? unit : null;
  const target = filingId ? (role.level === 'school' ? '本校' : '所选学校') : county && `${county.name}全部学校`;
  return (
    <ImportPage
      routes={imports.filingImport}
      fields={guards(filingId, context)}
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
      state={target && `${year === null ? '' : schoolYearName(year)}　${target}的资源数据`}
      file={{
        label: 'Excel 文件',
        accept: '.xlsx,.xls',
        note: '不超过 10 MB',
        advice: '请用本页的模板，已填的数据在模板里。',
        disabled: !mayFill,
        template: <Template filingId={filingId} county={county} year={year} />,
      }}
      view={filingImportView}
      done={(done) => (
        <>
          <p>{takenWords(done, role.level)}</p>
          {filingId ? (
            <ButtonLink to="/filings/$filingId" params={{ filingId }}>
              返回填报表
            </ButtonLink>
          ) : (
            <ButtonLink to="/filings/grid">返回填报表格</ButtonLink>
          )}
        </>
      )}
      kept="没有写入任何数据，系统中的数据保持原样。"
    />
  );
}

/** The filing in the address; for a school, its own. */
function useOwnFiling(): string | undefined {
  const { year } = useDeskContext();
  const { role } = useSession();
  const [{ filing }] = useSearchState(filingImportSearch);
  const own = useRead(
    filings.list,
    { query: { ...(year === null ? {} : { year }) } },
    { enabled: role.level === 'school' },
  );
  return filing ?? own.data?.rows[0]?.id;
}

/** The workbook itself names its school or unit; these values protect against a wrong file. */
function guards(filingId: string | undefined, { year, unit }: DeskContext): Record<string, string> {
  if (filingId) return { filingId };
  return {
    ...(unit && unit.level !== 'city' ? { unitId: String(unit.id) } : {}),
    ...(year === null ? {} : { year: String(year) }),
  };
}

interface TemplateProps {
  filingId: string | undefined;
  county: DeskContext['unit'];
  year: number | null;
}

function Template({ filingId, county, year }: TemplateProps) {
  if (filingId) {
    return (
      <Download route={imports.schoolTemplate} input={{ params: { filingId } }}>
        下载这所学校的模板
      </Download>
    );
  }
  if (!county) return null;
  return <CountyTemplate county={county} query={{ unitId: county.id, ...(year === null ? {} : { year }) }} />;
}

/** The workbook of a county holds no 市直 schools. */
function CountyTemplate({
  county,
  query,
}: {
  county: { shortName: string };
  query: { unitId: number; year?: number };
}) {
  const { data } = useRead(filings.progress, { query });
  return (
    <>
      <Download route={imports.countyTemplate} input={{ query }}>
        下载{county.shortName}模板
      </Download>
      {data && <span className="caption">{cityManagedNote(data.rows, '另有')}</span>}
    </>
  );
}
