import { FilterBar, FilterSearch, FilterSelect } from '#web/shared/kit/table/FilterBar.tsx';
import { schoolPartChoices } from '#web/shared/words/choices.ts';
import type { DirectorySearch, SetDirectorySearch } from './directory.search.ts';
import {
  kindChoices,
  managerChoices,
  ownershipChoices,
  statusChoices,
  typeNameChoices,
  urbanClassChoices,
} from './directory.words.ts';

interface SchoolFiltersProps {
  search: DirectorySearch;
  setSearch: SetDirectorySearch;
  onClear: (() => void) | undefined;
}

/** The filters of the list of schools. */
export function SchoolFilters({ search, setSearch, onClear }: SchoolFiltersProps) {
  return (
    <FilterBar onClear={onClear}>
      <FilterSearch
        value={search.search}
        placeholder="名称、标识码或拼音"
        onChange={(text) => setSearch({ search: text }, { replace: true })}
      />
      <FilterSelect
        label="类别"
        all="学校"
        value={search.kind}
        options={kindChoices}
        onChange={(kind) => setSearch({ kind, level: undefined, schoolType: undefined })}
      />
      {search.kind !== 'kindergarten' && <StageAndType search={search} setSearch={setSearch} />}
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
  );
}

/** The filters that distinguish schools but not kindergartens. */
function StageAndType({ search, setSearch }: Pick<SchoolFiltersProps, 'search' | 'setSearch'>) {
  return (
    <>
      <FilterSelect
        label="学段"
        value={search.level}
        options={schoolPartChoices}
        onChange={(level) => setSearch({ level })}
      />
      <FilterSelect
        label="办学类型"
        value={search.schoolType}
        options={typeNameChoices}
        onChange={(schoolType) => setSearch({ schoolType })}
      />
    </>
  );
}
