import { useCallback } from 'react';
import { places } from '#contract/people/people.ts';
import { call } from '#web/shared/call/call.ts';
import { Field } from '#web/shared/form/Field.tsx';
import { Combobox } from '#web/shared/kit/choice/Combobox.tsx';
import type { Choice } from '#web/shared/kit/choice/choice.ts';

const label = '科室（可不选）';

/** Chooses the section of a post among those below its unit. */
export function SectionField({
  unitId,
  value,
  onChange,
}: {
  unitId: number;
  value: Choice<number> | null;
  onChange: (choice: Choice<number> | null) => void;
}) {
  const find = useCallback(
    async (search: string, signal: AbortSignal) => {
      const { rows } = await call(places, { query: { level: 'section', within: unitId, search } }, { signal });
      return rows.map((row) => ({ value: row.unitId, label: row.name, note: row.note }));
    },
    [unitId],
  );
  return (
    <Field label={label}>
      {(control) => <Combobox id={control.id} label={label} find={find} value={value} onChange={onChange} />}
    </Field>
  );
}
