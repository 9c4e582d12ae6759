import { linkOptions } from '@tanstack/react-router';
import { exportSchools, type schools } from '#contract/directory/directory.ts';
import type { RouteArguments, RouteOutput } from '#contract/route.ts';
import { schoolCodeText } from '#domain/org/school-code.ts';
import { sponsor } from '#domain/org/sponsor.ts';
import type { Read } from '#web/shared/call/queries.ts';
import { Button } from '#web/shared/kit/action/Button.tsx';
import { Download } from '#web/shared/kit/action/Download.tsx';
import { Empty } from '#web/shared/kit/feedback/Empty.tsx';
import { type Column, DataTable } from '#web/shared/kit/table/DataTable.tsx';
import { Missing } from '#web/shared/kit/words/Missing.tsx';
import { OtherName } from '#web/shared/kit/words/OtherName.tsx';
import { StateMark } from '#web/shared/kit/words/StateMark.tsx';
import type { DirectorySearch, SetDirectorySearch } from './directory.search.ts';
import { type SchoolRow, statusMarks, urbanClassChoices } from './directory.words.ts';

const columns: ReadonlyArray<Column<SchoolRow>> = [
  { key: 'name', title: '学校名称', fact: 1, sort: true, cell: (row) => <NameCell row={row} /> },
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

function NameCell({ row }: { row: SchoolRow }) {
  return (
    <>
      {row.name}
      <OtherName word="曾用名" names={row.formerNames} />
    </>
  );
}

const statusColumn: Column<SchoolRow> = {
  key: 'status',
  title: '状态',
  width: '8rem',
  cell: (row) => <StateMark {...statusMarks[row.status]} />,
};

interface SchoolTableProps {
  read: Read<RouteOutput<typeof schools>>;
  /** The filters and the order of the list, without the page number: a download contains all pages. */
  asked: NonNullable<RouteArguments<typeof schools>['query']>;
  search: DirectorySearch;
  setSearch: SetDirectorySearch;
  /** Clears all filters; absent where none is set. */
  onClear: (() => void) | undefined;
}

/** The schools of a unit after the filters. */
export function SchoolTable({ read, asked, search, setSearch, onClear }: SchoolTableProps) {
  const { kind, page: _page, pageSize: _size, sort: _sort, opening: _opening, ...narrowing } = search;
  const onlyKindergartens =
    onClear !== undefined && kind === 'kindergarten' && Object.values(narrowing).every((value) => value === undefined);
  return (
    <DataTable
      caption="学校"
      columns={search.status && search.status !== 'open' ? [...columns, statusColumn] : columns}
      query={read}
      rowKey={(row) => row.id}
      state={search}
      onState={setSearch}
      href={(row) => linkOptions({ to: '/directory/schools/$schoolId', params: { schoolId: String(row.id) } })}
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
        onlyKindergartens ? (
          <Empty title="还没有登记幼儿园" action={<Button onClick={onClear}>查看学校</Button>}>
            由市级督导干部设立后显示。
          </Empty>
        ) : onClear ? (
          <Empty title="没有符合条件的记录" action={<Button onClick={onClear}>清除筛选</Button>}>
            换一个名称、类型或状态再找；已撤销和已并入的学校在“状态”里。
          </Empty>
        ) : (
          <Empty title="这里还没有学校">由市级督导干部设立或导入学校后显示。</Empty>
        )
      }
    />
  );
}
