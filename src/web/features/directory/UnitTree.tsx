import { units } from '#contract/directory/units.ts';
import { useDeskContext } from '#web/shared/address/context.tsx';
import { useRead } from '#web/shared/call/queries.ts';
import { Tree } from '#web/shared/kit/choice/Tree.tsx';
import { Loaded } from '#web/shared/kit/feedback/Loaded.tsx';
import type { Unit } from './directory.words.ts';
import style from './UnitTree.module.css';

/**
 * Province, city, county-level units; choosing one changes the unit of the whole desk. A phone uses the top bar for
 * that.
 */
export function UnitTree() {
  const read = useRead(units, {}, { staleTime: 5 * 60_000 });
  return (
    <nav className={`${style.tree} screen-only`} aria-label="单位">
      <Loaded of={read} shape="text">
        {(data) => <Units all={data.units} />}
      </Loaded>
    </nav>
  );
}

function Units({ all }: { all: readonly Unit[] }) {
  const { unitId, units: choosable, setUnit } = useDeskContext();
  const within = (unit: Unit) => choosable.some((one) => one.id === unit.id);
  const nodes = all
    .filter((unit) => within(unit) || unit.level !== 'county')
    .map((unit) => ({
      key: String(unit.id),
      label: unit.name,
      parent: unit.parentId === null ? null : String(unit.parentId),
      inert: !within(unit),
    }));
  return (
    <Tree
      // When units are added or removed, the tree is made anew.
      key={nodes.map((node) => node.key).join(' ')}
      label="单位"
      nodes={nodes}
      current={unitId === null ? null : String(unitId)}
      onChoose={(key) => setUnit(Number(key))}
    />
  );
}
