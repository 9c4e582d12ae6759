import type { Basis } from '#domain/balance/standard/bases.ts';
import { compulsoryLevels } from '#domain/org/school-level.ts';
import { Button } from '#web/shared/kit/action/Button.tsx';
import { Section } from '#web/shared/kit/layout/Page.tsx';
import type { DraftExclusion } from './draft-exclusions.ts';
import style from './ExclusionEditor.module.css';
import { ExclusionRow } from './ExclusionRow.tsx';
import { useCounts } from './useCounts.ts';

interface ExclusionEditorProps {
  /** The key of the standard. */
  standard: string;
  exclusions: readonly DraftExclusion[];
  bases: readonly Basis[];
  /** What the server found wrong, by the number of the condition. */
  faults: ReadonlyMap<number, readonly string[]>;
  onChange: (exclusions: DraftExclusion[]) => void;
}

/** The predicate of the set, as conditions built from names. In their order, the first that holds gives the reason. */
export function ExclusionEditor({ standard, exclusions, bases, faults, onChange }: ExclusionEditorProps) {
  const counts = useCounts(standard, exclusions);
  const move = (index: number, by: number) => {
    const next = [...exclusions];
    const [one] = next.splice(index, 1);
    next.splice(index + by, 0, one!);
    onChange(next);
  };
  const add = () => {
    const id = Math.max(-1, ...exclusions.map((one) => one.id)) + 1;
    onChange([...exclusions, { id, before: null, levels: [...compulsoryLevels], when: '', reason: '' }]);
  };
  return (
    <Section
      title="不计入的学校"
      note="依次判定，首个成立的为排除原因；所数按本学年已批准的填报，各条件单独计数"
      action={
        <Button kind="quiet" onClick={add}>
          增加一个条件
        </Button>
      }
    >
      <ol className={style.editExclusions}>
        {exclusions.map((exclusion, index) => (
          <li key={exclusion.id}>
            <ExclusionRow
              exclusion={exclusion}
              place={index}
              last={index === exclusions.length - 1}
              bases={bases}
              faults={faults.get(exclusion.id) ?? []}
              counts={counts}
              onChange={(changed) => onChange(exclusions.map((one, at) => (at === index ? changed : one)))}
              onMove={(by) => move(index, by)}
              onRemove={() => onChange(exclusions.filter((_, at) => at !== index))}
            />
          </li>
        ))}
      </ol>
    </Section>
  );
}
