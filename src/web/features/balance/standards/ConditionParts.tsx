import { useId, useState } from 'react';
import {
  type ConditionPart,
  comparisons,
  pickedSubjects,
  readCondition,
  writeCondition,
} from '#domain/balance/standard/condition.ts';
import type { Comparison } from '#domain/formula/syntax.ts';
import { readNumber } from '#web/shared/form/NumberField.tsx';
import { Button } from '#web/shared/kit/action/Button.tsx';
import { MultiSelect } from '#web/shared/kit/choice/MultiSelect.tsx';
import style from './ConditionParts.module.css';
import { comparisonWords, figureUnits, partFault, valueChoices } from './condition.words.ts';

interface ConditionPartsProps {
  /** The condition as it stands, which a form can ask. */
  when: string;
  /** Which condition it is, for the names of its fields: `第 2 个条件`. */
  name: string;
  onChange: (when: string) => void;
}

/** A part with the number that it keeps: what is typed in it stays when another one comes or goes. */
interface PartRow {
  readonly id: number;
  readonly part: ConditionPart;
}

/** A condition asked by names: kinds of school, who runs them, a figure with a limit. All parts must hold. */
export function ConditionParts({ when, name, onChange }: ConditionPartsProps) {
  // The parts stand here: a formula with a part that is not filled yet cannot be read back.
  const [rows, setRows] = useState<readonly PartRow[]>(() =>
    (readCondition(when) ?? []).map((part, id) => ({ id, part })),
  );
  const set = (next: readonly PartRow[]) => {
    setRows(next);
    onChange(writeCondition(next.map(({ part }) => part)));
  };
  const change = (id: number) => (part: ConditionPart) => set(rows.map((row) => (row.id === id ? { id, part } : row)));
  const add = (part: ConditionPart) => set([...rows, { id: Math.max(-1, ...rows.map(({ id }) => id)) + 1, part }]);
  return (
    <div className={style.parts}>
      {rows.map(({ id, part }, at) => (
        <Part
          key={id}
          part={part}
          name={name}
          at={at}
          onChange={change(id)}
          onRemove={() => set(rows.filter((row) => row.id !== id))}
        />
      ))}
      <div className={style.more}>
        {pickedSubjects.map((subject) => (
          <Button
            key={subject}
            kind="quiet"
            small
            onClick={() => add({ kind: 'picked', subject, not: false, values: [] })}
          >
            ＋ {subject}
          </Button>
        ))}
        <Button
          kind="quiet"
          small
          onClick={() => add({ kind: 'figure', field: firstFigure, operator: '<', value: null })}
        >
          ＋ 填报的数据项
        </Button>
      </div>
    </div>
  );
}

interface PartProps<Kind extends ConditionPart['kind']> {
  part: Extract<ConditionPart, { kind: Kind }>;
  name: string;
  /** The sentence of what is missing, where something is. */
  describedBy: string | undefined;
  onChange: (part: ConditionPart) => void;
}

interface OnePartProps {
  part: ConditionPart;
  name: string;
  at: number;
  onChange: (part: ConditionPart) => void;
  onRemove: () => void;
}

function Part({ part, name, at, onChange, onRemove }: OnePartProps) {
  const faultId = useId();
  const fault = partFault(part);
  const shared = { name, onChange, describedBy: fault === null ? undefined : faultId };
  return (
    <div className={style.part}>
      {at > 0 && <span className="caption">并且</span>}
      {part.kind === 'picked' ? <Picked part={part} {...shared} /> : <Figure part={part} {...shared} />}
      <Button kind="quiet" small aria-label={`去掉${name}的第 ${at + 1} 项`} onClick={onRemove}>
        去掉
      </Button>
      {fault !== null && (
        <p id={faultId} className={style.fault}>
          {fault}
        </p>
      )}
    </div>
  );
}

function Picked({ part, name, describedBy, onChange }: PartProps<'picked'>) {
  const known = valueChoices[part.subject];
  return (
    <>
      <span>{part.subject}</span>
      <select
        aria-label={`${name}：${part.subject}是或不是`}
        aria-describedby={describedBy}
        value={part.not ? 'not' : 'is'}
        onChange={(event) => onChange({ ...part, not: event.target.value === 'not' })}
      >
        <option value="is">是</option>
        <option value="not">不是</option>
      </select>
      <div className={style.picked}>
        <MultiSelect
          label={`${name}：${part.subject}`}
          placeholder={part.subject === '办学类型' ? '输入名称或代码' : '县、市、省、民办、其他'}
          invalid={describedBy !== undefined}
          beside
          options={known}
          value={part.values.map(
            (value) => known.find((one) => one.value === value) ?? { value, label: value, note: '未知' },
          )}
          onChange={(picked) => onChange({ ...part, values: picked.map(({ value }) => value) })}
        />
      </div>
    </>
  );
}

const firstFigure = '在校生数';

function Figure({ part, name, describedBy, onChange }: PartProps<'figure'>) {
  const [text, setText] = useState(part.value === null ? '' : String(part.value));
  const figures = [...new Set([part.field, ...figureUnits.keys()])];
  return (
    <>
      <select
        aria-label={`${name}：数据项`}
        value={part.field}
        onChange={(event) => onChange({ ...part, field: event.target.value })}
      >
        {figures.map((field) => (
          <option key={field}>{field}</option>
        ))}
      </select>
      <select
        aria-label={`${name}：比较`}
        value={part.operator}
        onChange={(event) => onChange({ ...part, operator: event.target.value as Comparison })}
      >
        {comparisons.map((one) => (
          <option key={one} value={one}>
            {comparisonWords[one]}
          </option>
        ))}
      </select>
      <input
        className={style.number}
        inputMode="decimal"
        aria-label={`${name}：数`}
        aria-invalid={describedBy !== undefined || undefined}
        aria-describedby={describedBy}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          const value = readNumber(event.target.value);
          onChange({ ...part, value: value !== null && value >= 0 ? value : null });
        }}
      />
      <span className="caption">{figureUnits.get(part.field)}</span>
    </>
  );
}
