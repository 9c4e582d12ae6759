import type { Indicator } from '#domain/framework/edition.ts';
import { SelectField } from '#web/shared/form/fields.tsx';
import { NumberField } from '#web/shared/form/NumberField.tsx';
import { Section } from '#web/shared/kit/layout/Page.tsx';
import { answerField } from './answer-field.ts';

interface AnswerLeafProps {
  indicator: Indicator;
  value: string | number | null;
  onChange: (value: string | number | null) => void;
}

/** The answer of one leaf, typed for the trial alone. What the system knows by itself may be left empty. */
export function AnswerLeaf({ indicator, value, onChange }: AnswerLeafProps) {
  const field = answerField(indicator);
  const help = indicator.formula ? '留空则由系统按公式取数' : undefined;
  return (
    <Section title="试填">
      {field.kind === 'number' ? (
        <NumberField
          label={field.label}
          required={false}
          value={typeof value === 'number' ? value : null}
          onChange={onChange}
          {...(help === undefined ? {} : { help })}
        />
      ) : (
        <SelectField
          label={field.label}
          required={false}
          value={typeof value === 'string' ? value : nothing}
          options={[{ value: nothing, label: '不填' }, ...field.options]}
          onChange={(chosen) => onChange(chosen === nothing ? null : chosen)}
          {...(help === undefined ? {} : { help })}
        />
      )}
    </Section>
  );
}

/** No option of a document is called so. */
const nothing = '—';
