import { FilterSearch, FilterSelect } from './FilterBar.tsx';

interface Narrowed<Kind extends string, State extends string> {
  search?: string | undefined;
  kind?: Kind | undefined;
  state?: State | undefined;
}

interface KindFiltersProps<Kind extends string, State extends string> {
  search: Narrowed<Kind, State>;
  setSearch: (change: Narrowed<Kind, State>, options?: { replace: boolean }) => void;
  placeholder: string;
  /** What kinds are called here: `种类`. */
  kindLabel: string;
  kinds: ReadonlyArray<{ value: Kind; label: string }>;
  states: ReadonlyArray<{ value: State; label: string }>;
}

/** By what a list of things with kinds and states is narrowed first: words, kind and state. */
export function KindFilters<Kind extends string, State extends string>({
  search,
  setSearch,
  placeholder,
  kindLabel,
  kinds,
  states,
}: KindFiltersProps<Kind, State>) {
  return (
    <>
      <FilterSearch
        value={search.search}
        placeholder={placeholder}
        onChange={(text) => setSearch({ search: text }, { replace: true })}
      />
      <FilterSelect label={kindLabel} value={search.kind} options={kinds} onChange={(kind) => setSearch({ kind })} />
      <FilterSelect label="状态" value={search.state} options={states} onChange={(state) => setSearch({ state })} />
    </>
  );
}
