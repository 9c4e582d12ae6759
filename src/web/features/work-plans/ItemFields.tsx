import { useState } from 'react';
import { schoolYearName } from '#domain/kit/school-year.ts';
import { countyReaches, countyReachTitles } from '#domain/work-plan/plan.ts';
import { DateField } from '#web/shared/form/DateField.tsx';
import { Field } from '#web/shared/form/Field.tsx';
import { CheckField, SelectField, TextAreaField, TextField } from '#web/shared/form/fields.tsx';
import { Button } from '#web/shared/kit/action/Button.tsx';
import { MultiSelect } from '#web/shared/kit/choice/MultiSelect.tsx';
import { Pair } from '#web/shared/kit/layout/Pair.tsx';
import { Row } from '#web/shared/kit/layout/Row.tsx';
import { Stack } from '#web/shared/kit/layout/Stack.tsx';
import { type Detail, type Known, unitsFromLine, unitsLine, type WrittenItem } from './item-fields.ts';

interface ItemFieldsProps extends Pick<Detail, 'tieKinds' | 'tieYears'> {
  item: WrittenItem;
  onChange: (item: WrittenItem) => void;
  known: readonly Known[];
  /** The text stands elsewhere. */
  withoutText?: boolean;
}

/** What a person writes of one item: text, place in the plan, units, days, and the work by which it is counted. */
export function ItemFields({ item, onChange, known, tieKinds, tieYears, withoutText }: ItemFieldsProps) {
  const set = (patch: Partial<WrittenItem>) => onChange({ ...item, ...patch });
  const counties = known.filter(({ kind }) => kind === 'county');
  const setUnits = (part: 'responsible' | 'partner') => (line: string) =>
    set({ units: [...item.units.filter((unit) => unit.part !== part), ...unitsFromLine(line, part, known)] });
  const named = item.units.filter(({ part }) => part === 'named');
  return (
    <Stack gap={3}>
      {!withoutText && (
        <TextAreaField label="任务" rows={4} maxLength={2000} value={item.text} onChange={(text) => set({ text })} />
      )}
      <Pair>
        <TextField
          label="所在部分"
          required={false}
          maxLength={120}
          value={item.heading}
          onChange={(heading) => set({ heading: heading || null })}
        />
        <TextField
          label="序号"
          required={false}
          maxLength={20}
          value={item.number}
          onChange={(number) => set({ number: number || null })}
        />
      </Pair>
      <Pair>
        <UnitsField label="牵头" line={unitsLine(item.units, 'responsible')} onLine={setUnits('responsible')} />
        <UnitsField label="配合" line={unitsLine(item.units, 'partner')} onLine={setUnits('partner')} />
      </Pair>
      <Pair>
        <DateField
          label="开始"
          required={false}
          value={item.fromDay}
          onChange={(day) => set({ fromDay: day || null })}
        />
        <DateField
          label="完成期限"
          required={false}
          value={item.toDay}
          onChange={(day) => set({ toDay: day || null })}
        />
      </Pair>
      {counties.length > 1 && (
        <>
          <SelectField
            label="涉及的县（市、区）"
            value={item.countyReach}
            options={countyReaches.map((value) => ({ value, label: countyReachTitles[value] }))}
            onChange={(countyReach) => set({ countyReach })}
          />
          {(item.countyReach === 'named' || item.countyReach === 'open') && (
            <Field label="点名" choose>
              {({ id }) => (
                <MultiSelect
                  beside
                  id={id}
                  label="点名"
                  options={counties.map(({ id: value, name }) => ({ value, label: name }))}
                  value={named.map(({ unitId, written }) => ({ value: unitId ?? 0, label: written }))}
                  onChange={(chosen) =>
                    set({
                      units: [
                        ...item.units.filter(({ part }) => part !== 'named'),
                        ...chosen.map(({ value, label }) => ({
                          part: 'named' as const,
                          written: label,
                          unitId: value,
                        })),
                      ],
                    })
                  }
                />
              )}
            </Field>
          )}
          <CheckField label="涉及市直学校" value={item.cityManaged} onChange={(cityManaged) => set({ cityManaged })} />
        </>
      )}
      <TieFields {...{ item, set, tieKinds, tieYears }} />
    </Stack>
  );
}

/** Keeps what is typed: a separator at the end of the line names no unit yet. */
function UnitsField({ label, line, onLine }: { label: string; line: string; onLine: (line: string) => void }) {
  const [typed, setTyped] = useState(line);
  return (
    <TextField
      label={label}
      help="几个单位之间用顿号"
      required={false}
      maxLength={200}
      value={typed}
      onChange={(text) => {
        setTyped(text);
        onLine(text);
      }}
    />
  );
}

interface TieFieldsProps extends Pick<Detail, 'tieKinds' | 'tieYears'> {
  item: WrittenItem;
  set: (patch: Partial<WrittenItem>) => void;
}

/** By which work the progress is counted; without any, notes tell of it. */
function TieFields({ item, set, tieKinds, tieYears }: TieFieldsProps) {
  const [firstKind] = tieKinds;
  const [firstYear] = tieYears;
  const change = (at: number, patch: Partial<WrittenItem['ties'][number]>) =>
    set({ ties: item.ties.map((tie, index) => (index === at ? { ...tie, ...patch } : tie)) });
  return (
    <Stack gap={2}>
      {item.ties.map((tie, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a tie is known by its place alone while it is chosen
        <Row key={at}>
          <SelectField
            label="进度依据"
            value={tie.kind}
            options={tieKinds.map(({ kind, title }) => ({ value: kind, label: title }))}
            onChange={(kind) => change(at, { kind })}
          />
          <SelectField
            label="学年"
            value={tie.year}
            options={tieYears.map((year) => ({ value: year, label: schoolYearName(year) }))}
            onChange={(year) => change(at, { year })}
          />
          <Button small kind="quiet" onClick={() => set({ ties: item.ties.filter((_, index) => index !== at) })}>
            去掉这项依据
          </Button>
        </Row>
      ))}
      {firstKind && firstYear !== undefined && (
        <Row>
          <Button small onClick={() => set({ ties: [...item.ties, { kind: firstKind.kind, year: firstYear }] })}>
            自动计算进度
          </Button>
          {item.ties.length === 0 && <span className="caption">没有依据的任务，由落实记录说明进度</span>}
        </Row>
      )}
    </Stack>
  );
}
