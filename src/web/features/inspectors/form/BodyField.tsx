import type { z } from 'zod';
import { bodies, type body } from '#contract/inspectors/inspectors.ts';
import { call } from '#web/shared/call/call.ts';
import { Field } from '#web/shared/form/Field.tsx';
import { TextField } from '#web/shared/form/fields.tsx';
import { Combobox } from '#web/shared/kit/choice/Combobox.tsx';

export type Body = z.input<typeof body>;
export const noBody: Body = { written: '', unitId: null, schoolId: null };

interface BodyFieldProps {
  label: string;
  value: Body | undefined;
  error: string | undefined;
  required: boolean;
  /** Whether the register may be looked through; whoever may not writes the name. */
  looksUp: boolean;
  onChange: (body: Body) => void;
}

/** A unit or a school: found in the register, or as it is written where it stands in none. */
export function BodyField({ label, value = noBody, error, required, looksUp, onChange }: BodyFieldProps) {
  if (!looksUp) {
    return (
      <TextField
        label={label}
        value={value.written}
        error={error}
        required={required}
        maxLength={100}
        help="请写全称"
        onChange={(written) => onChange({ written, unitId: null, schoolId: null })}
      />
    );
  }
  return (
    <Field label={label} error={error} required={required} choose>
      {({ id }) => (
        <Combobox<Body>
          id={id}
          label={label}
          value={value.written === '' ? null : { value, label: value.written }}
          invalid={error !== undefined}
          placeholder="输入单位或学校的名称、代码或拼音"
          find={async (text, signal) => {
            const { rows } = await call(bodies, { query: { search: text } }, { signal });
            const known = rows.map(({ placeName, ...found }) => ({
              ...{ value: found, label: found.written, note: placeName },
            }));
            const typed = text.trim().slice(0, 100);
            if (typed === '' || known.some((one) => one.label === typed)) return known;
            return [...known, { value: { ...noBody, written: typed }, label: typed, note: '不在名录中，按所写登记' }];
          }}
          onChange={(next) => onChange(next?.value ?? noBody)}
        />
      )}
    </Field>
  );
}
