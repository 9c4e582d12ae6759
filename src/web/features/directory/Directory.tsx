import { schools } from '#contract/directory/directory.ts';
import { useDeskContext } from '#web/shared/address/context.tsx';
import { narrowingOf, useSearchState } from '#web/shared/address/search-state.ts';
import { useRead } from '#web/shared/call/queries.ts';
import { Button, ButtonLink } from '#web/shared/kit/action/Button.tsx';
import { late, WhenHere } from '#web/shared/kit/late.tsx';
import { Page } from '#web/shared/kit/layout/Page.tsx';
import { Split } from '#web/shared/kit/layout/Split.tsx';
import { useCan, useSession } from '#web/shared/session/session.tsx';
import { formatNumber } from '#web/shared/words/format.ts';
import { directorySearch } from './directory.search.ts';
import { SchoolFilters } from './SchoolFilters.tsx';
import { SchoolTable } from './SchoolTable.tsx';
import { UnitFacts } from './UnitFacts.tsx';
import { UnitTree } from './UnitTree.tsx';

const openSchool = late(() => import('./acts/OpenSchool.tsx'));

/** 单位与学校: the tree of units, the schools of the chosen one, and the acts on them. */
export default function Directory() {
  const [search, setSearch] = useSearchState(directorySearch);
  const { unitId, placeName, units } = useDeskContext();
  const { school, role } = useSession();
  const manages = useCan('directory.manage');
  const { page, pageSize, opening, ...filter } = search;
  const asked = { ...filter, unitId: unitId ?? undefined };
  const read = useRead(schools, { query: { ...asked, page, pageSize } }, { keepPrevious: true });
  const { isNarrowed: narrowed, clear } = narrowingOf(search, setSearch, ['opening']);
  const onClear = narrowed ? clear : undefined;
  const things = search.kind === 'kindergarten' ? '幼儿园' : '学校';
  const which = `${narrowed ? '符合条件的' : '在办'}${things}`;
  // The name of assigned schools says itself what is counted.
  const assigned = role.level === 'schools' && !narrowed && search.kind === undefined;
  const place =
    school !== null || assigned ? placeName : `${placeName ?? ''}${role.level === 'schools' ? '中' : ''}${which}`;
  const list = (
    <div>
      {unitId !== null && <UnitFacts unitId={unitId} />}
      {school === null && <SchoolFilters search={search} setSearch={setSearch} onClear={onClear} />}
      <SchoolTable read={read} asked={asked} search={search} setSearch={setSearch} onClear={onClear} />
    </div>
  );
  return (
    <Page
      wide
      title="单位与学校"
      state={read.data && (school ? place : `${place} ${formatNumber(read.data.total)} 所`)}
      action={manages && <Acts things={things} onOpen={() => setSearch({ opening: true })} />}
    >
      {units.length > 1 ? (
        <Split columns="12rem minmax(0, 1fr)" stacked="tablet">
          <UnitTree />
          {list}
        </Split>
      ) : (
        list
      )}
      {opening && manages && (
        <WhenHere late={openSchool}>
          {({ OpenSchool }) => (
            <OpenSchool kind={search.kind} onClose={() => setSearch({ opening: undefined }, { replace: true })} />
          )}
        </WhenHere>
      )}
    </Page>
  );
}

function Acts({ things, onOpen }: { things: string; onOpen: () => void }) {
  return (
    <>
      <ButtonLink to="/directory/units">单位</ButtonLink> <ButtonLink to="/directory/import">导入学校</ButtonLink>{' '}
      <Button kind="primary" onClick={onOpen}>
        设立{things}
      </Button>
    </>
  );
}
