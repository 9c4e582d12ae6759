import { Link } from '@tanstack/react-router';
import { publications } from '#contract/balance-tracking/tracks.ts';
import type { RouteOutput } from '#contract/route.ts';
import { schoolYearName } from '#domain/kit/school-year.ts';
import { compulsoryLevels, schoolLevelNames } from '#domain/org/school-level.ts';
import { useDeskContext } from '#web/shared/address/context.tsx';
import { useSearchState } from '#web/shared/address/search-state.ts';
import { useRead } from '#web/shared/call/queries.ts';
import { ButtonLink } from '#web/shared/kit/action/Button.tsx';
import { Empty } from '#web/shared/kit/feedback/Empty.tsx';
import { Loaded } from '#web/shared/kit/feedback/Loaded.tsx';
import { Page } from '#web/shared/kit/layout/Page.tsx';
import { type Column, DataTable } from '#web/shared/kit/table/DataTable.tsx';
import { Missing } from '#web/shared/kit/words/Missing.tsx';
import { figuresSearch } from '../tracking.search.ts';
import { EnterFigures } from './EnterFigures.tsx';

type County = RouteOutput<typeof publications>['rows'][number];

/** 省公布数据: a row for each county; choosing a row enters or corrects its figures. */
export default function ProvinceFigures() {
  const [search, setSearch] = useSearchState(figuresSearch);
  const { year } = useDeskContext();
  const read = useRead(publications, { query: year === null ? {} : { year } });
  const entered = read.data?.rows.find(({ countyId }) => countyId === search.county);
  return (
    <Page
      wide
      title="省公布数据"
      above={<Link to="/tracking">均衡跟踪</Link>}
      state={
        read.data &&
        `${schoolYearName(read.data.year)}，已录入 ${read.data.rows.filter(({ publication }) => publication).length} 个，共 ${read.data.rows.length} 个县（市、区）`
      }
      action={read.data?.mayEnter && <ButtonLink to="/tracking/figures/import">导入</ButtonLink>}
    >
      <Loaded of={read} shape="table">
        {(data) => (
          <DataTable<County>
            caption="省公布数据"
            columns={columns}
            rows={data.rows}
            rowKey={({ countyId }) => countyId}
            {...(data.mayEnter ? { onOpen: ({ countyId }: County) => setSearch({ county: countyId }) } : {})}
            empty={<Empty title="没有县（市、区）" />}
          />
        )}
      </Loaded>
      {entered && read.data?.mayEnter && (
        <EnterFigures
          key={entered.countyId}
          data={read.data}
          county={entered}
          onClose={() => setSearch({ county: undefined }, { replace: true })}
        />
      )}
    </Page>
  );
}

const unpublished = <Missing reason="还没有录入" />;
const figureOf = ({ publication }: County, level: string, indicator: string) =>
  publication?.figures.find((one) => one.level === level && one.indicator === indicator)?.value ?? null;

const columns: ReadonlyArray<Column<County>> = [
  { key: 'name', title: '县（市、区）', fact: 1, value: ({ name }) => name, cell: ({ name }) => name },
  ...compulsoryLevels.map(
    (level, at): Column<County> => ({
      key: level,
      title: `${schoolLevelNames[level]}综合差异系数`,
      align: 'end',
      ...(at === 0 ? { fact: 2 as const } : { fact: 3 as const }),
      value: (row) => figureOf(row, level, 'composite'),
      cell: (row) => figureOf(row, level, 'composite') ?? unpublished,
    }),
  ),
  ...compulsoryLevels.map(
    (level): Column<County> => ({
      key: `${level}-schools`,
      title: `${schoolLevelNames[level]}学校数`,
      align: 'end',
      value: (row) => figureOf(row, level, 'schools'),
      cell: (row) => figureOf(row, level, 'schools') ?? unpublished,
    }),
  ),
  {
    key: 'document',
    title: '文号',
    value: ({ publication }) => publication?.documentNumber ?? null,
    cell: ({ publication }) => publication?.documentNumber ?? unpublished,
  },
  {
    key: 'published',
    title: '公布日期',
    value: ({ publication }) => publication?.publishedOn ?? null,
    cell: ({ publication }) => publication?.publishedOn ?? unpublished,
  },
];
