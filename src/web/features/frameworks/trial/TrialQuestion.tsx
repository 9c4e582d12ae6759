import { schools } from '#contract/frameworks/frameworks.ts';
import type { Indicator, Subject } from '#domain/framework/edition.ts';
import { useDeskContext } from '#web/shared/address/context.tsx';
import { call } from '#web/shared/call/call.ts';
import { Field } from '#web/shared/form/Field.tsx';
import { CheckField, SelectField } from '#web/shared/form/fields.tsx';
import { NumberField } from '#web/shared/form/NumberField.tsx';
import { Combobox } from '#web/shared/kit/choice/Combobox.tsx';
import { Pair } from '#web/shared/kit/layout/Pair.tsx';
import { Row } from '#web/shared/kit/layout/Row.tsx';
import { Stack } from '#web/shared/kit/layout/Stack.tsx';
import { type EarlierRound, roundName } from './useEarlierRound.ts';
import { ofSchools, ofUnits, type TrialSubject } from './useTrialSubject.ts';

interface TrialQuestionProps {
  /** The round whose answers are taken over: its subject and its year count. */
  round: EarlierRound | null;
  /** For which subjects the edition is. */
  kind: Subject;
  subject: TrialSubject | null;
  onSubject: (subject: TrialSubject | null) => void;
  year: number;
  onYear: (year: number) => void;
  again: boolean;
  onAgain: (again: boolean) => void;
  /** The branches of which a visit takes some, and those that it takes; null where each visit takes all. */
  visit: { branches: readonly Pick<Indicator, 'code' | 'title'>[]; chosen: readonly string[] } | null;
  onChosen: (chosen: readonly string[]) => void;
  /** Undefined where holders of a post are not scored each. */
  months: number | null | undefined;
  onMonths: (months: number | null) => void;
}

/** By whose data an edition is tried, and of which year. Without a subject only the typed answers count. */
export function TrialQuestion(props: TrialQuestionProps) {
  const { round, kind, subject, onSubject, year, onYear, again, onAgain, visit, onChosen, months, onMonths } = props;
  const { units } = useDeskContext();
  const level = kind === 'city' ? 'city' : 'county';
  const offered = units.filter((unit) => unit.level === level);
  return (
    <Stack>
      {round !== null && <p className="caption">{`按 ${roundName(round)}的数据试算`}</p>}
      <Pair>
        {round === null && ofUnits.has(kind) && (
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
        {round === null && ofSchools.has(kind) && (
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
        {round === null && (
          <NumberField
            label="评估年度"
            help="学年数据取当年秋季开始的学年，经费数据取同一年度"
            value={year}
            onChange={(value) => value !== null && onYear(value)}
          />
        )}
        {months !== undefined && (
          <NumberField
            label="任职月数"
            unit="个月"
            required={false}
            help="同年两任的按任职月份分段计分；空着为全年"
            value={months}
            onChange={onMonths}
          />
        )}
      </Pair>
      {visit && (
        <Field
          label="这次选查"
          choose
          required={false}
          help="每次只选查一部分；不选为全部。没有选查的不能作答，也不计入满分"
        >
          {() => (
            <Row>
              {visit.branches.map(({ code, title }) => (
                <CheckField
                  key={code}
                  label={`${code} ${title ?? '名称未见'}`}
                  value={visit.chosen.includes(code)}
                  onChange={(takes) =>
                    onChosen(
                      visit.branches
                        .map((branch) => branch.code)
                        .filter((one) => (one === code ? takes : visit.chosen.includes(one))),
                    )
                  }
                />
              ))}
            </Row>
          )}
        </Field>
      )}
      <CheckField label="重新申报或复评" value={again} onChange={onAgain} />
    </Stack>
  );
}

async function findSchools(text: string, signal: AbortSignal) {
  if (text.trim() === '') return [];
  const { rows } = await call(schools, { query: { search: text } }, { signal });
  return rows.map(({ id, name, unitName }) => ({ value: id, label: name, note: unitName }));
}
