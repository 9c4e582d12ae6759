import { useId } from 'react';
import type { z } from 'zod';
import type { leafAnswer } from '#contract/evaluations/evaluations.ts';
import type { Indicator } from '#domain/framework/edition.ts';
import { CheckField, SelectField } from '#web/shared/form/fields.tsx';
import { NumberField } from '#web/shared/form/NumberField.tsx';
import { Button } from '#web/shared/kit/action/Button.tsx';
import { KeyHint } from '#web/shared/kit/words/KeyHint.tsx';
import { useHotkeys } from '#web/shared/page/useHotkeys.ts';
import { useNarrow } from '#web/shared/page/useNarrow.ts';
import style from './AnswerField.module.css';
import { type AnswerForm, type AnswerOption, answerForm, pointsForm } from './answer-form.ts';

export type LeafAnswer = z.output<typeof leafAnswer>;

interface AnswerFieldProps {
  indicator: Indicator;
  /** Null: nothing was chosen, and nothing is chosen beforehand. */
  value: LeafAnswer | null;
  /** `isTyped`: further letters may follow. */
  onChange: (answer: LeafAnswer | null, isTyped?: boolean) => void;
  /** Points by hand, whatever the method. */
  byPoints?: boolean;
  /** Whose leaf does not apply: `本单位不适用`. Absent where that cannot be said here. */
  notApplicable?: string;
}

/** The answer of one leaf in the way of its method. */
export function AnswerField({ indicator, value, onChange, byPoints = false, notApplicable }: AnswerFieldProps) {
  const form = byPoints ? pointsForm(indicator) : answerForm(indicator);
  const given = value?.notApplicable ? null : value;
  return (
    <div className={style.answer}>
      <Form form={form} indicator={indicator} value={given} onChange={onChange} />
      <div className={style.further}>
        {notApplicable && (
          <CheckField
            label={notApplicable}
            value={value?.notApplicable === true}
            onChange={(checked) => onChange(checked ? { notApplicable: true } : null)}
          />
        )}
        {value !== null && (
          <Button small kind="quiet" onClick={() => onChange(null)}>
            清除
          </Button>
        )}
      </div>
    </div>
  );
}

interface FormProps extends Pick<AnswerFieldProps, 'indicator' | 'value' | 'onChange'> {
  form: AnswerForm;
}

function Form({ form, indicator, value, onChange }: FormProps) {
  switch (form.kind) {
    case 'choice':
      return <Choice form={form} indicator={indicator} value={value} onChange={onChange} />;
    case 'met':
      return (
        <Options
          legend="是否达到"
          options={form.options.map((one) => ({ ...one, text: one.value === 'true' ? '达到' : '未达到' }))}
          namesHidden
          value={value?.met === undefined ? undefined : String(value.met)}
          onChoose={(met) => onChange({ met: met === 'true' })}
        />
      );
    case 'word':
      return (
        <Options
          legend="达到哪一级"
          options={form.words.map((word) => ({ value: word, text: '', gives: '', asksPoints: false }))}
          value={value?.value === undefined ? undefined : String(value.value)}
          onChoose={(word) => onChange({ value: word })}
        />
      );
    case 'number':
      return (
        <div className={style.short}>
          <NumberField
            label={form.key === 'points' ? '得分' : '数值'}
            {...(form.unit ? { unit: form.unit } : {})}
            {...(form.help ? { help: form.help } : {})}
            value={numberOf(value?.[form.key])}
            onChange={(number) => onChange(number === null ? null : { [form.key]: number }, true)}
          />
        </div>
      );
    case 'missing':
      return <Missing form={form} value={value} onChange={onChange} />;
    case 'counts':
      return <Counts form={form} value={value} onChange={onChange} />;
    case 'parts':
      return <Parts form={form} value={value} onChange={onChange} />;
    case 'series':
      return <Series form={form} value={value} onChange={onChange} />;
  }
}

function Choice({ form, value, onChange }: FormProps & { form: Extract<AnswerForm, { kind: 'choice' }> }) {
  const chosen = form.options.find((option) => option.value === value?.[form.key]);
  return (
    <>
      <Options
        legend={form.key === 'level' ? '等次' : '选项'}
        options={form.options}
        value={chosen?.value}
        onChoose={(option) => onChange({ [form.key]: option })}
      />
      {chosen?.asksPoints && (
        <div className={style.short}>
          <NumberField
            label={`${chosen.value}的得分`}
            help={chosen.gives}
            value={value?.points ?? null}
            onChange={(points) =>
              onChange(points === null ? { level: chosen.value } : { level: chosen.value, points }, true)
            }
          />
        </div>
      )}
    </>
  );
}

interface OptionsProps {
  legend: string;
  options: readonly AnswerOption[];
  /** The text alone says what is chosen. */
  namesHidden?: boolean;
  value: string | undefined;
  onChoose: (value: string) => void;
}

/** Few options, all visible, each with what it gives; the number keys choose. */
function Options({ legend, options, namesHidden = false, value, onChoose }: OptionsProps) {
  const name = useId();
  const narrow = useNarrow();
  const keyed = options.slice(0, 9);
  useHotkeys(Object.fromEntries(keyed.map((option, at) => [String(at + 1), () => onChoose(option.value)])));
  return (
    <fieldset className={style.options}>
      <legend className="caption">{legend}</legend>
      {options.map((option, at) => (
        <label key={option.value} className={style.option} data-chosen={option.value === value || undefined}>
          <input type="radio" name={name} checked={option.value === value} onChange={() => onChoose(option.value)} />
          {!narrow && at < keyed.length && <KeyHint keys={String(at + 1)} />}
          <span className={style.words}>
            {!namesHidden && <strong>{option.value}</strong>} {option.text}
          </span>
          <span className={style.gives}>{option.gives}</span>
        </label>
      ))}
    </fieldset>
  );
}

function Missing({ form, value, onChange }: Omit<FormProps, 'indicator' | 'form'> & { form: Of<'missing'> }) {
  const missing = Array.isArray(value?.missing) ? value.missing : undefined;
  const toggle = (item: number, isMissing: boolean) => {
    const others = (missing ?? []).filter((one) => one !== item);
    const next = isMissing ? [...others, item].sort((one, other) => one - other) : others;
    onChange(next.length === 0 ? null : { missing: next });
  };
  return (
    <fieldset className={style.options}>
      <legend className="caption">缺哪几项（{form.each}）</legend>
      {form.items.map((item, at) => (
        <label key={item} className={style.option} data-chosen={missing?.includes(at + 1) || undefined}>
          <input
            type="checkbox"
            checked={missing?.includes(at + 1) ?? false}
            onChange={({ target }) => toggle(at + 1, target.checked)}
          />
          <span className={style.words}>
            {at + 1}. {item}
          </span>
          <span className={style.gives}>{missing === undefined ? '' : missing.includes(at + 1) ? '缺' : '有'}</span>
        </label>
      ))}
      <label className={style.option} data-chosen={missing?.length === 0 || undefined}>
        <input
          type="checkbox"
          checked={missing?.length === 0}
          onChange={({ target }) => onChange(target.checked ? { missing: [] } : null)}
        />
        <span className={style.words}>都不缺</span>
      </label>
    </fieldset>
  );
}

function Counts({ form, value, onChange }: Omit<FormProps, 'indicator' | 'form'> & { form: Of<'counts'> }) {
  const counts = Array.isArray(value?.occurrences) ? value.occurrences : undefined;
  const timesOf = (item: number) => counts?.find((one) => one.item === item)?.times ?? null;
  const set = (item: number, times: number | null) => {
    const others = (counts ?? []).filter((one) => one.item !== item);
    const next = times === null || times === 0 ? others : [...others, { item, times }];
    onChange(
      next.length === 0 && times === null ? null : { occurrences: next.sort((one, other) => one.item - other.item) },
      true,
    );
  };
  return (
    <fieldset className={style.options}>
      <legend className="caption">各发生几次</legend>
      {form.items.map(({ text, note }, at) => (
        <div key={text} className={style.count}>
          <NumberField
            label={`${at + 1}. ${text}（${note}）`}
            unit="次"
            required={true}
            value={timesOf(at + 1)}
            onChange={(times) => set(at + 1, times === null ? null : Math.max(0, Math.round(times)))}
          />
        </div>
      ))}
      <label className={style.option} data-chosen={counts?.length === 0 || undefined}>
        <input
          type="checkbox"
          checked={counts?.length === 0}
          onChange={({ target }) => onChange(target.checked ? { occurrences: [] } : null)}
        />
        <span className={style.words}>都没有</span>
      </label>
    </fieldset>
  );
}

/** Each part is answered by itself; what is not answered keeps the leaf open. */
function Parts({ form, value, onChange }: Omit<FormProps, 'indicator' | 'form'> & { form: Of<'parts'> }) {
  const given = new Map((value?.parts ?? []).map((one) => [one.part, one.value]));
  const set = (name: string, figure: number | string | null, isTyped: boolean) => {
    const next = form.parts.flatMap((one) => {
      const now = one.name === name ? figure : (given.get(one.name) ?? null);
      return now === null ? [] : [{ part: one.name, value: now }];
    });
    onChange(next.length === 0 ? null : { parts: next }, isTyped);
  };
  return (
    <fieldset className={style.series}>
      <legend className="caption">各部分的{form.words.length > 0 ? '等级' : '数值'}</legend>
      {form.parts.map(({ name, asks }) =>
        form.words.length > 0 ? (
          <SelectField
            key={name}
            label={name}
            help={`要求${asks}`}
            value={given.has(name) ? String(given.get(name)) : null}
            options={form.words.map((word) => ({ value: word, label: word }))}
            onChange={(word) => set(name, word, false)}
          />
        ) : (
          <NumberField
            key={name}
            label={name}
            help={`要求${asks}`}
            {...(form.unit ? { unit: form.unit } : {})}
            value={numberOf(given.get(name))}
            onChange={(number) => set(name, number, true)}
          />
        ),
      )}
    </fieldset>
  );
}

function Series({ form, value, onChange }: Omit<FormProps, 'indicator' | 'form'> & { form: Of<'series'> }) {
  const series = value?.series;
  const set = (at: number, number: number | null) => {
    const next = form.labels.map((_, place) => (place === at ? number : (series?.[place] ?? null)));
    onChange(next.every((one) => one === null) ? null : { series: next }, true);
  };
  return (
    <fieldset className={style.series}>
      <legend className="caption">逐年数值</legend>
      {form.labels.map((label, at) => (
        <NumberField
          key={label}
          label={label}
          {...(form.unit ? { unit: form.unit } : {})}
          value={series?.[at] ?? null}
          onChange={(number) => set(at, number)}
        />
      ))}
    </fieldset>
  );
}

type Of<Kind extends AnswerForm['kind']> = Extract<AnswerForm, { kind: Kind }>;

function numberOf(value: number | string | undefined): number | null {
  if (typeof value === 'number') return value;
  return value === undefined || value === '' || Number.isNaN(Number(value)) ? null : Number(value);
}
