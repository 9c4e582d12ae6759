import type { z } from 'zod';
import type { newEvidence } from '#contract/evaluations/evaluations.ts';
import { confidentialityTitles } from '#domain/evaluation/kind.ts';
import { confidentialities } from '#domain/evaluation/lists.ts';
import { useDeskContext } from '#web/shared/address/context.tsx';
import { DateField } from '#web/shared/form/DateField.tsx';
import { SelectField, TextField } from '#web/shared/form/fields.tsx';
import type { FormState } from '#web/shared/form/useForm.ts';
import { Pair } from '#web/shared/kit/layout/Pair.tsx';
import { confidentialityHelp } from '../evaluation.words.ts';

type NewEvidence = z.input<typeof newEvidence>;

/** What a piece of evidence is entered with: its name, its two days and its place in the cabinet. */
export function EvidenceFields({
  form,
  label,
}: {
  form: Pick<FormState<NewEvidence, unknown>, 'field'>;
  label: string;
}) {
  const { today } = useDeskContext();
  return (
    <>
      <TextField label={label} {...form.field('title')} maxLength={200} />
      <Pair>
        <DateField label="材料日期" {...form.field('aboutDay')} required={false} max={today} />
        <DateField label="收到日期" {...form.field('receivedOn')} required={false} max={today} />
      </Pair>
      <Pair>
        <TextField label="目录号" {...form.field('catalogueNumber')} required={false} maxLength={40} />
        <TextField label="档案盒号" {...form.field('boxNumber')} required={false} maxLength={40} />
      </Pair>
      <Pair>
        <SelectField
          label="密级"
          {...form.field('confidentiality')}
          help={confidentialityHelp}
          options={confidentialities.map((value) => ({ value, label: confidentialityTitles[value] }))}
        />
        <DateField label="有效期至" {...form.field('expiresOn')} required={false} />
      </Pair>
    </>
  );
}
