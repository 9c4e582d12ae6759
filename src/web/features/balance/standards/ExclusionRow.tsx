import { useId } from 'react';
import type { Basis } from '#domain/balance/standard/bases.ts';
import { compulsoryLevels, schoolLevelNames } from '#domain/org/school-level.ts';
import { Button } from '#web/shared/kit/action/Button.tsx';
import { type DraftExclusion, lostBasis, withCondition } from './draft-exclusions.ts';
import style from './ExclusionEditor.module.css';

interface ExclusionRowProps {
  exclusion: DraftExclusion;
  place: number;
  last: boolean;
  bases: readonly Basis[];
  faults: readonly string[];
  onChange: (changed: DraftExclusion) => void;
  onMove: (by: number) => void;
  onRemove: () => void;
}

/** One condition that leaves schools out: whom, why, by which document. */
export function ExclusionRow(props: ExclusionRowProps) {
  const { exclusion, place, last, bases, faults, onChange, onMove, onRemove } = props;
  const faultsId = useId();
  const lost = lostBasis(exclusion);
  return (
    <fieldset>
      <legend className="visually-hidden">第 {place + 1} 个排除条件</legend>
      <label>
        <span>条件</span>
        <input
          value={exclusion.when}
          required
          aria-invalid={faults.length > 0 || undefined}
          aria-describedby={faults.length > 0 ? faultsId : undefined}
          onChange={(event) => onChange(withCondition(exclusion, { when: event.target.value }, bases))}
        />
      </label>
      <label>
        <span>原因</span>
        <input
          value={exclusion.reason}
          required
          onChange={(event) => onChange({ ...exclusion, reason: event.target.value })}
        />
      </label>
      {faults.length > 0 && (
        <ul id={faultsId} className={style.faults}>
          {faults.map((fault) => (
            <li key={fault}>{fault}</li>
          ))}
        </ul>
      )}
      <label className={style.basis}>
        <span>依据</span>
        <input
          value={exclusion.source ?? ''}
          placeholder="文号和原文；本市自行增加的条件可以不填"
          onChange={(event) => {
            const { source: _, ...rest } = exclusion;
            onChange(event.target.value === '' ? rest : { ...rest, source: event.target.value });
          }}
        />
      </label>
      {lost !== undefined && (
        <p className={`caption ${style.lost}`}>
          条件已改动，不再列原依据：{lost}
          <Button kind="quiet" small onClick={() => onChange({ ...exclusion, source: lost })}>
            仍用原依据
          </Button>
        </p>
      )}
      <div className={style.exclusionFoot}>
        {compulsoryLevels.map((level) => (
          <label key={level} className={style.check}>
            <input
              type="checkbox"
              checked={exclusion.levels.includes(level)}
              onChange={(event) => {
                const levels = compulsoryLevels.filter((one) =>
                  one === level ? event.target.checked : exclusion.levels.includes(one),
                );
                onChange(withCondition(exclusion, { levels }, bases));
              }}
            />
            {schoolLevelNames[level]}
          </label>
        ))}
        <Button kind="quiet" small disabled={place === 0} onClick={() => onMove(-1)}>
          上移
        </Button>
        <Button kind="quiet" small disabled={last} onClick={() => onMove(1)}>
          下移
        </Button>
        <Button kind="danger" small onClick={onRemove}>
          删去
        </Button>
      </div>
    </fieldset>
  );
}
