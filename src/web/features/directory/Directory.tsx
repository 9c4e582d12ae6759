import { exportSchools, schools } from '#contract/directory/directory.ts';
import { schoolCodeText } from '#domain/org/school-code.ts';
import { sponsor } from '#domain/org/sponsor.ts';
import { schoolPartChoices } from '#web/shared/choices.ts';
import { useDeskContext } from '#web/shared/context.tsx';
import { formatNumber } from '#web/shared/format.ts';
import { Button, ButtonLink } from '#web/shared/kit/Button.tsx';
import { type Column, DataTable } from '#web/shared/kit/DataTable.tsx';
import { Download } from '#web/shared/kit/Download.tsx';
import { Empty } from '#web/shared/kit/Empty.tsx';
import { FilterBar, FilterSearch, FilterSelect } from '#web/shared/kit/FilterBar.tsx';
import { Missing } from '#web/shared/kit/Missing.tsx';
import { Page } from '#web/shared/kit/Page.tsx';
import { StateMark } from '#web/shared/kit/StateMark.tsx';
import { useRead } from '#web/shared/queries.ts';
import { useSearchState } from '#web/shared/search-state.ts';
import { useCan, useSession } from '#web/shared/session.tsx';
import style from './Directory.module.css';
import { directorySearch } from './directory.search.ts';
import {
  managerChoices,
  ownershipChoices,
  type SchoolRow,
  statusChoices,
  statusMarks,
  typeChoices,
  urbanClassChoices,
} from './directory-words.ts';
import { OpenSchool } from './OpenSchool.tsx';
import { UnitFacts } from './UnitFacts.tsx';
import { UnitTree } from './UnitTree.tsx';

const columns: ReadonlyArray<Column<SchoolRow>> = [
  { key: 'name', title: '学校名称', fact: 1, sort: true, cell: (row) => row.name },
  {
    key: 'code',
    title: '学校标识码',
    sort: true,
    width: '8rem',
    cell: (row) => <span className="tabular">{schoolCodeText(row.code)}</span>,
  },
  { key: 'schoolType', title: '办学类型', fact: 2, sort: true, width: '9rem', cell: (row) => row.schoolTypeName },
  { key: 'county', title: '所在单位', fact: 3, sort: true, width: '10rem', cell: (row) => row.countyName },
  {
    key: 'sponsor',
    title: '举办者',
    width: '9rem',
    cell: (row) =>
      row.ownership === 'private' ? '民办' : (sponsor(row.sponsorCode)?.name ?? <Missing reason="代码不在目录中" />),
  },
  {
    key: 'urbanClass',
    title: '城乡',
    width: '4rem',
    cell: (row) => urbanClassChoices.find((one) => one.value === row.urbanClass)?.label,
  },
  {
    key: 'foundedYear',
    title: '建校',
    sort: true,
    align: 'end',
    width: '4.5rem',
    cell: (row) => row.foundedYear ?? <Missing reason="没有登记建校年份" />,
  },
];

const statusColumn: Column<SchoolRow> = {
  key: 'status',
  title: '状态',
  width: '8rem',
  cell: (row) => <StateMark {...statusMarks[row.status]} />,
};

/** 单位与学校: the tree of units, the schools of the chosen one, and what can be done with them. */
export default function Directory() {
  const [search, setSearch] = useSearchState(directorySearch);
  const { unitId, unit, units } = useDeskContext();
  const { school } = useSession();
  const manages = useCan('directory.manage');
  const { page, pageSize, opening, ...filter } = search;
  const asked = { ...filter, unitId: unitId ?? undefined };
  const read = useRead(schools, { query: { ...asked, page, pageSize } }, { keepPrevious: true });
  const { sort: _, ...narrowing } = filter;
  const filtered = Object.values(narrowing).some((value) => value !== undefined);
  const clear = () =>
    setSearch(Object.fromEntries(Object.keys(narrowing).map((key) => [key, undefined])) as Partial<typeof search>);
  const several = units.length > 1;

  return (
    <Page
      title="单位与学校"
      state={
        read.data &&
        (school?.name ??
          `${unit?.name ?? ''}${filtered ? '符合条件的' : '在办'}学校 ${formatNumber(read.data.total)} 所`)
      }
      action={
        manages ? (
          <>
            <ButtonLink to="/directory/import">导入学校</ButtonLink>{' '}
            <Button kind="primary" onClick={() => setSearch({ opening: true })}>
              设立学校
            </Button>
          </>
        ) : undefined
      }
      wide
    >
      <div className={several ? style.split : undefined}>
        {several && <UnitTree />}
        <div className={style.content}>
          {unitId !== null && <UnitFacts unitId={unitId} />}
          {school === null && (
            <FilterBar onClear={filtered ? clear : undefined}>
              <FilterSearch
                value={search.search}
                placeholder="名称、标识码或拼音首字母"
                onChange={(text) => setSearch({ search: text }, { replace: true })}
              />
              <FilterSelect
                label="学段"
                value={search.level}
                options={schoolPartChoices}
                onChange={(level) => setSearch({ level })}
              />
              <FilterSelect
                label="办学类型"
                value={search.schoolType}
                options={typeChoices}
                onChange={(schoolType) => setSearch({ schoolType })}
              />
              <FilterSelect
                label="管理"
                value={search.managedBy}
                options={managerChoices}
                onChange={(managedBy) => setSearch({ managedBy })}
              />
              <FilterSelect
                label="办别"
                value={search.ownership}
                options={ownershipChoices}
                onChange={(ownership) => setSearch({ ownership })}
              />
              <FilterSelect
                label="城乡"
                value={search.urbanClass}
                options={urbanClassChoices}
                onChange={(urbanClass) => setSearch({ urbanClass })}
              />
              <FilterSelect
                label="状态"
                all="在办"
                value={search.status === 'open' ? undefined : search.status}
                options={statusChoices.filter((one) => one.value !== 'open')}
                onChange={(status) => setSearch({ status })}
              />
            </FilterBar>
          )}
          <DataTable
            caption="学校"
            columns={search.status && search.status !== 'open' ? [...columns, statusColumn] : columns}
            query={read}
            rowKey={(row) => row.id}
            state={search}
            onState={setSearch}
            href={(row) => ({ to: '/directory/schools/$schoolId', params: { schoolId: String(row.id) } })}
            actions={
              <>
                <Download route={exportSchools} input={{ query: { ...asked, format: 'xlsx' } }} small>
                  导出 Excel
                </Download>{' '}
                <Download route={exportSchools} input={{ query: { ...asked, format: 'csv' } }} small>
                  导出 CSV
                </Download>
              </>
            }
            empty={
              filtered ? (
                <Empty title="没有符合条件的学校" action={<Button onClick={clear}>清除筛选</Button>}>
                  换一个名称、类型或状态再找；已撤销和已并入的学校在“状态”里。
                </Empty>
              ) : (
                <Empty title="这里还没有学校">由市级督导干部设立或导入学校后显示。</Empty>
              )
            }
          />
        </div>
      </div>
      {opening && manages && <OpenSchool onClose={() => setSearch({ opening: undefined }, { replace: true })} />}
    </Page>
  );
}
