import { Link, linkOptions } from '@tanstack/react-router';
import type { z } from 'zod';
import * as balance from '#contract/balance/balance.ts';
import { editionText } from '#domain/balance/standard/edition.ts';
import { useSearchState } from '#web/shared/address/search-state.ts';
import { useRead } from '#web/shared/call/queries.ts';
import { Empty } from '#web/shared/kit/feedback/Empty.tsx';
import { Loaded } from '#web/shared/kit/feedback/Loaded.tsx';
import { Page } from '#web/shared/kit/layout/Page.tsx';
import { type Column, DataTable } from '#web/shared/kit/table/DataTable.tsx';
import { FilterBar, FilterSelect } from '#web/shared/kit/table/FilterBar.tsx';
import { formatDate } from '#web/shared/words/format.ts';
import { standardsSearch } from '../balance.search.ts';

type Revision = z.output<typeof balance.standardRevision>;

const columns: Array<Column<Revision>> = [
  { key: 'name', title: '标准', fact: 1, cell: (row) => row.name, value: (row) => row.name },
  {
    key: 'revision',
    title: '版本',
    fact: 2,
    cell: (row) => `${editionText(row.edition)}${row.newest ? '（现行）' : ''}`,
    value: (row) => editionText(row.edition),
  },
  { key: 'document', title: '依据', fact: 3, cell: (row) => row.document, value: (row) => row.document },
  { key: 'from', title: '施行', cell: (row) => row.effectiveFrom ?? '', value: (row) => row.effectiveFrom },
  { key: 'note', title: '说明', cell: (row) => row.note, value: (row) => row.note },
  {
    key: 'by',
    title: '编者',
    cell: (row) => `${row.createdBy}　${formatDate(row.createdAt)}`,
    value: (row) => `${formatDate(row.createdAt)} ${row.createdBy}`,
  },
  { key: 'runs', title: '按此测算', unit: '次', align: 'end', cell: (row) => row.runs, value: (row) => row.runs },
];

/** The standards with all their revisions; a run keeps the revision with which it was computed. */
export default function Standards() {
  const [search, setSearch] = useSearchState(standardsSearch);
  const standards = useRead(balance.standards, {});
  return (
    <Page title="均衡标准" above={<Link to="/balance">均衡监测</Link>} state="修订只增不改：每次测算都按当时的修订存档">
      <Loaded of={standards} shape="table">
        {(data) => (
          <>
            <FilterBar>
              <FilterSelect
                label="标准"
                value={search.key}
                options={data.standards
                  .filter(({ newest }) => newest)
                  .map(({ key, name }) => ({ value: key, label: name }))}
                onChange={(key) => setSearch({ key })}
              />
            </FilterBar>
            <DataTable
              caption="均衡标准及其修订"
              state={{ sort: search.sort }}
              onState={({ sort }) => setSearch({ sort })}
              columns={columns}
              rows={data.standards.filter(({ key }) => search.key === undefined || key === search.key)}
              empty={<Empty title="没有这个标准" />}
              rowKey={(row) => `${row.key} ${row.revision}`}
              href={(row) =>
                linkOptions({
                  to: '/balance/standards/$key',
                  params: { key: row.key },
                  search: (before) => ({ ...before, revision: row.newest ? undefined : row.revision }),
                })
              }
            />
          </>
        )}
      </Loaded>
    </Page>
  );
}
