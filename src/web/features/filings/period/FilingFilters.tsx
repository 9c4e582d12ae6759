import type { z } from 'zod';
import { isOfWholeSchool } from '#domain/filing/catalogue.ts';
import { FilterSearch, FilterSelect, FilterToggle } from '#web/shared/kit/table/FilterBar.tsx';
import { useEditionOfYear } from '../edition.ts';
import type { filingListSearch } from '../filing.search.ts';
import { markOptions, situationOptions } from '../filing.words.ts';

type Narrowing = Pick<
  z.output<typeof filingListSearch>,
  'situation' | 'mark' | 'level' | 'managedBy' | 'doubts' | 'search'
>;

interface FilingFiltersProps {
  value: Narrowing;
  onChange: (patch: Narrowing, options?: { replace?: boolean }) => void;
  /** Shows only the most important filters, where there is little room. */
  brief?: boolean;
  /** Also filters by who is responsible for the school: the county or the city. */
  managed?: boolean;
}

/** The filters of filings, the same for the list and the grid. */
export function FilingFilters({ value, onChange, brief, managed }: FilingFiltersProps) {
  const { read: edition } = useEditionOfYear();
  const levels = (edition.data?.sections ?? [])
    .filter((section) => !isOfWholeSchool(section))
    .map(({ key, name }) => ({ value: key, label: name }));
  return (
    <>
      <FilterSearch
        label="学校"
        value={value.search}
        placeholder="名称、标识码、拼音"
        onChange={(search) => onChange({ search }, { replace: true })}
      />
      <FilterSelect
        label="状态"
        value={value.situation}
        options={situationOptions}
        onChange={(situation) => onChange({ situation })}
      />
      <FilterSelect label="情形" value={value.mark} options={markOptions} onChange={(mark) => onChange({ mark })} />
      {!brief && (
        <FilterSelect label="学段" value={value.level} options={levels} onChange={(level) => onChange({ level })} />
      )}
      {managed && (
        <FilterSelect
          label="管理"
          value={value.managedBy}
          options={[
            { value: 'county', label: '县管学校' },
            { value: 'city', label: '市直学校' },
          ]}
          onChange={(managedBy) => onChange({ managedBy })}
        />
      )}
      <FilterToggle label="只看疑点" value={value.doubts} onChange={(doubts) => onChange({ doubts })} />
    </>
  );
}
