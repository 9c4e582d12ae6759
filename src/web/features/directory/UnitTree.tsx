import { units } from '#contract/directory.units.ts';
import { useDeskContext } from '#web/shared/context.tsx';
import { Loaded } from '#web/shared/kit/feedback/Loaded.tsx';
import { useRead } from '#web/shared/queries.ts';
import type { Unit } from './directory-words.ts';
import style from './UnitTree.module.css';

/** Province, city, county-level units; choosing one changes the unit of the whole desk. On a phone the top bar does that. */
export function UnitTree() {
  const read = useRead(units, {}, { staleTime: 5 * 60_000 });
  return (
    <nav className={`${style.tree} screen-only`} aria-label="单位">
      <Loaded of={read} shape="text">
        {(data) => <Branch all={data.units} parentId={null} />}
      </Loaded>
    </nav>
  );
}

function Branch({ all, parentId }: { all: readonly Unit[]; parentId: number | null }) {
  const { unitId, units: choosable, setUnit } = useDeskContext();
  const children = all.filter((unit) => unit.parentId === parentId);
  if (children.length === 0) return null;
  return (
    <ul>
      {children.map((unit) => (
        <li key={unit.id}>
          {choosable.some((one) => one.id === unit.id) ? (
            <button
              type="button"
              aria-current={unit.id === unitId ? 'true' : undefined}
              onClick={() => setUnit(unit.id)}
            >
              {unit.name}
            </button>
          ) : (
            unit.level !== 'county' && <span className={style.above}>{unit.name}</span>
          )}
          <Branch all={all} parentId={unit.id} />
        </li>
      ))}
    </ul>
  );
}
