import { useId, useState } from 'react';
import type { Basis } from '#domain/balance/standard/bases.ts';
import { isFilled, readCondition } from '#domain/balance/standard/condition.ts';
import { compulsoryLevels, schoolLevelNames } from '#domain/org/school-level.ts';
import { Button } from '#web/shared/kit/action/Button.tsx';
import { formatNumber } from '#web/shared/words/format.ts';
import { ConditionParts } from './ConditionParts.tsx';
import { type DraftExclusion, lostBasis, withCondition } from './draft-exclusions.ts';
import style from './ExclusionEditor.module.css';
import type { Counts } from './useCounts.ts';

interface ExclusionRowProps {
  exclusion: DraftExclusion;
  place: number;
  last: boolean;
  bases: readonly Basis[];
  faults: readonly string[];
  reasonFaults: readonly string[];
  /** How many schools the conditions mean. */
  counts: Counts;
  onChange: (changed: DraftExclusion) => void;
  onMove: (by: number) => void;
  onRemove: () => void;
}

/** One condition that leaves schools out: whom, why, by which document. */
export function ExclusionRow(props: ExclusionRowProps) {
  const { exclusion, place, last, bases, faults, reasonFaults, counts, onChange, onMove, onRemove } = props;
  const faultsId = useId();
  const reasonFaultId = useId();
  const lost = lostBasis(exclusion);
  const [asked, setAsked] = useState(() => readCondition(exclusion.when) !== null);
  const change = (when: string) => onChange(withCondition(exclusion, { when }, bases));
  return (
    <fieldset aria-describedby={faults.length > 0 ? faultsId : undefined}>
      <legend className="caption">第 {place + 1} 个排除条件</legend>
      <div className={style.condition}>
        {asked ? (
          <ConditionParts when={exclusion.when} name={`第 ${place + 1} 个条件`} onChange={change} />
        ) : (
          <label>
            <span>条件（公式）</span>
            <input
              value={exclusion.when}
              required
              aria-invalid={faults.length > 0 || undefined}
              aria-describedby={faults.length > 0 ? faultsId : undefined}
              onChange={(event) => change(event.target.value)}
            />
          </label>
        )}
        <div className={style.counted}>
          <Count exclusion={exclusion} counts={counts} asked={asked} />
          {asked ? (
            <Button kind="quiet" small onClick={() => setAsked(false)}>
              用公式写
            </Button>
          ) : (
            readCondition(exclusion.when) !== null && (
              <Button kind="quiet" small onClick={() => setAsked(true)}>
                按名称选
              </Button>
            )
          )}
        </div>
      </div>
      {faults.length > 0 && (
        <ul id={faultsId} className={style.faults}>
          {faults.map((fault) => (
            <li key={fault}>{fault}</li>
          ))}
        </ul>
      )}
      <label>
        <span>原因</span>
        <input
          value={exclusion.reason}
          required
          aria-invalid={reasonFaults.length > 0 || undefined}
          aria-describedby={reasonFaults.length > 0 ? reasonFaultId : undefined}
          onChange={(event) => onChange({ ...exclusion, reason: event.target.value })}
        />
        {reasonFaults.length > 0 && (
          <span id={reasonFaultId} className={style.fault}>
            {reasonFaults.join('；')}
          </span>
        )}
      </label>
      <label>
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

interface CountProps {
  exclusion: DraftExclusion;
  counts: Counts;
  /** The condition is asked by names: what is missing is said at its parts. */
  asked: boolean;
}

/** How many schools the condition means, and which. */
function Count({ exclusion, counts, asked }: CountProps) {
  const isWhole = !asked || readCondition(exclusion.when)?.every(isFilled) === true;
  if (exclusion.when.trim() === '' || !isWhole) return <span className="caption">填全后显示涉及的学校</span>;
  if (exclusion.levels.length === 0) return <span className="caption">选定学段后显示涉及的学校</span>;
  if (counts.fault !== null) return <span className="caption">{counts.fault}</span>;
  const counted = counts.of(exclusion);
  if (counted === undefined) return <span className="caption">正在计数…</span>;
  if (counted.fault !== null) return <span className={style.fault}>{counted.fault}</span>;
  const { schools, undecided, names } = counted;
  const more = schools > names.length ? `等 ${formatNumber(schools)} 所` : '';
  return (
    <span className="caption">
      涉及 {formatNumber(schools)} 所{undecided > 0 && `，另有 ${formatNumber(undecided)} 所缺数，不能判定`}
      {names.length > 0 && `：${names.join('、')}${more}`}
    </span>
  );
}
