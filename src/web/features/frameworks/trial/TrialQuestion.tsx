import { schools } from '#contract/frameworks/frameworks.ts';
import type { Subject } from '#domain/framework/edition.ts';
import { useDeskContext } from '#web/shared/address/context.tsx';
import { call } from '#web/shared/call/call.ts';
import { Field } from '#web/shared/form/Field.tsx';
import { CheckField, SelectField } from '#web/shared/form/fields.tsx';
import { NumberField } from '#web/shared/form/NumberField.tsx';
import { Combobox } from '#web/shared/kit/choice/Combobox.tsx';
import { Pair } from '#web/shared/kit/layout/Pair.tsx';
import { Stack } from '#web/shared/kit/layout/Stack.tsx';
import { ofSchools, ofUnits, type TrialSubject } from './useTrialSubject.ts';

interface TrialQuestionProps {
  /** For which subjects the edition is. */
  kind: Subject;
  subject: TrialSubject | null;
  onSubject: (subject: TrialSubject | null) => void;
  year: number;
  onYear: (year: number) => void;
  again: boolean;
  onAgain: (again: boolean) => void;
}

/** By whose data an edition is tried, and of which year. Without a subject only the typed answers count. */
export function TrialQuestion({ kind, subject, onSubject, year, onYear, again, onAgain }: TrialQuestionProps) {
  const { units } = useDeskContext();
  const level = kind === 'city' ? 'city' : 'county';
  const offered = units.filter((unit) => unit.level === level);
  return (
    <Stack>
      <Pair>
        {ofUnits.has(kind) && (
          <SelectField
            label="取哪个单位的数据"
            required={false}
            value={subject?.id ?? 0}
            options={[
              { value: 0, label: '不取数，只按试填的答案' },
              ...offered.map(({ id, name }) => ({ value: id, label: name })),
            ]}
            onChange={(id) => {
              const unit = offered.find((one) => one.id === id);
              onSubject(unit ? { type: 'unit', id: unit.id, name: unit.name } : null);
            }}
          />
        )}
        {ofSchools.has(kind) && (
          <Field label="取哪所学校的数据" choose required={false}>
            {({ id }) => (
              <Combobox<number>
                id={id}
                label="取哪所学校的数据"
                value={subject && { value: subject.id, label: subject.name }}
                onChange={(choice) => onSubject(choice && { type: 'school', id: choice.value, name: choice.label })}
                find={findSchools}
                placeholder="学校名称或标识码；不选则只按试填的答案"
              />
            )}
          </Field>
        )}
        <NumberField
          label="评估年度"
          help="学年数据取当年秋季开始的学年，经费数据取同一年度"
          value={year}
          onChange={(value) => value !== null && onYear(value)}
        />
      </Pair>
      <CheckField label="重新申报或复评" value={again} onChange={onAgain} />
    </Stack>
  );
}

async function findSchools(text: string, signal: AbortSignal) {
  if (text.trim() === '') return [];
  const { rows } = await call(schools, { query: { search: text } }, { signal });
  return rows.map(({ id, name, unitName }) => ({ value: id, label: name, note: unitName }));
}
