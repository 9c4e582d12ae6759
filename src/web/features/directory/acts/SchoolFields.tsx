import type { z } from 'zod';
import type { schoolFacts } from '#contract/directory.changes.ts';
import { units } from '#contract/directory.units.ts';
import { DateField, NumberField, SelectField, TextAreaField, TextField } from '#web/shared/form/fields.tsx';
import type { FieldProps } from '#web/shared/form/useForm.ts';
import { Pair } from '#web/shared/kit/layout/Pair.tsx';
import { useRead } from '#web/shared/queries.ts';
import { ownershipChoices, sponsorChoices, typeChoices, urbanClassChoices } from '../directory-words.ts';

type Facts = z.input<typeof schoolFacts>;

/** A form that holds the facts of a school, alone or beside other things. */
export interface FactsForm {
  values: Partial<Facts>;
  set: (patch: Partial<Facts>) => void;
  field: <Name extends keyof Facts>(name: Name) => FieldProps<Facts[Name]>;
}

/** What is said of a school when it is opened or split off. */
export function SchoolFields({ form }: { form: FactsForm }) {
  return (
    <>
      <TextField label="学校名称" autoFocus autoComplete="off" {...form.field('name')} />
      <Pair>
        <TextField
          label="学校标识码"
          inputMode="numeric"
          maxLength={10}
          autoComplete="off"
          help="10 位，由省级教育行政部门赋予"
          {...form.field('code')}
        />
        <SelectField label="办学类型" options={typeChoices} {...form.field('schoolType')} />
      </Pair>
      <PlaceFields form={form} />
      <Pair>
        <SelectField label="城乡类型" options={urbanClassChoices} {...form.field('urbanClass')} />
        <NumberField label="建校年份" {...form.field('foundedYear')} required={false} />
      </Pair>
    </>
  );
}

type PlaceForm = Pick<FactsForm, 'values' | 'set' | 'field'>;

/** Where a school lies, who runs it, who sponsors it: the three belong together. */
export function PlaceFields({ form }: { form: PlaceForm }) {
  const all = useRead(units, {}, { staleTime: 5 * 60_000 }).data?.units ?? [];
  const counties = all.filter((unit) => unit.level === 'county');
  const county = counties.find((unit) => unit.id === form.values.countyId);
  const city = all.find((unit) => unit.id === county?.parentId);
  const managers = [county, city].filter((unit) => unit !== undefined);
  const named = (unit: { id: number; name: string }) => ({ value: unit.id, label: unit.name });
  return (
    <>
      <Pair>
        <SelectField
          label="所在单位"
          options={counties.map(named)}
          {...form.field('countyId')}
          onChange={(countyId) => form.set({ countyId, managingUnitId: countyId })}
        />
        <SelectField
          label="管理单位"
          options={managers.map((unit) => ({
            ...named(unit),
            label: unit === city ? `${unit.name}（市直）` : unit.name,
          }))}
          {...form.field('managingUnitId')}
        />
      </Pair>
      <Pair>
        <SelectField label="举办者类型" options={sponsorChoices} {...form.field('sponsorCode')} />
        <SelectField label="办别" options={ownershipChoices} {...form.field('ownership')} />
      </Pair>
    </>
  );
}

/** When a change takes effect and what it rests on. */
export function DatedFields({
  today,
  field,
  verb,
}: {
  today: string;
  verb: string;
  field: (name: 'day' | 'document' | 'note') => FieldProps<string>;
}) {
  return (
    <>
      <Pair>
        <DateField label={`${verb}日期`} max={today} {...field('day')} />
        <TextField label="批准文号" autoComplete="off" {...field('document')} required={false} />
      </Pair>
      <TextAreaField label="说明" rows={2} maxLength={300} {...field('note')} required={false} />
    </>
  );
}
