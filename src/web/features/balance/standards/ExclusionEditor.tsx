import { useCallback, useState } from 'react';
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
  /** … and with its reason. */
  reasonFaults: ReadonlyMap<number, readonly string[]>;
  onChange: (exclusions: DraftExclusion[]) => void;
}

/** The predicate of the set, as conditions built from names. In their order, the first that holds gives the reason. */
export function ExclusionEditor(props: ExclusionEditorProps) {
  const { standard, exclusions, bases, faults, reasonFaults, onChange } = props;
  const counts = useCounts(standard, exclusions);
  const [added, setAdded] = useState<number>();
  // A new condition stands at the end of a long list, far from the button that adds it.
  const seen = useCallback((item: HTMLLIElement | null) => {
    item?.scrollIntoView({ block: 'center' });
    item?.querySelector<HTMLElement>('button, input')?.focus({ preventScroll: true });
  }, []);
  const move = (index: number, by: number) => {
    const next = [...exclusions];
    const [one] = next.splice(index, 1);
    next.splice(index + by, 0, one!);
    onChange(next);
  };
  const add = () => {
    const id = Math.max(-1, ...exclusions.map((one) => one.id)) + 1;
    setAdded(id);
    onChange([...exclusions, { id, before: null, levels: [...compulsoryLevels], when: '', reason: '' }]);
  };
  return (
    <Section
      title="不计入的学校"
      note="依次判定，首个成立的为排除原因；所数按本学年应报学校的登记和已批准的填报，各条件单独计数"
      action={
        <Button kind="quiet" onClick={add}>
          增加一个条件
        </Button>
      }
    >
      <ol className={style.editExclusions}>
        {exclusions.map((exclusion, index) => (
          <li key={exclusion.id} ref={exclusion.id === added ? seen : undefined}>
            <ExclusionRow
              exclusion={exclusion}
              place={index}
              last={index === exclusions.length - 1}
              bases={bases}
              faults={faults.get(exclusion.id) ?? []}
              reasonFaults={reasonFaults.get(exclusion.id) ?? []}
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
