import type { z } from 'zod';
import type { schoolFacts } from '#contract/directory/changes.ts';
import { units } from '#contract/directory/units.ts';
import { useRead } from '#web/shared/call/queries.ts';
import { DateField } from '#web/shared/form/DateField.tsx';
import { SelectField, TextAreaField, TextField } from '#web/shared/form/fields.tsx';
import { NumberField } from '#web/shared/form/NumberField.tsx';
import type { FieldsOf } from '#web/shared/form/useForm.ts';
import { Pair } from '#web/shared/kit/layout/Pair.tsx';
import { ownershipChoices, sponsorChoices, typeChoices, urbanClassChoices } from '../directory.words.ts';

type Facts = z.input<typeof schoolFacts>;

/** The facts of a school, as the form of this piece holds them. */
export const factNames = [
  'name',
  'code',
  'schoolType',
  'countyId',
  'managingUnitId',
  'sponsorCode',
  'ownership',
  'urbanClass',
  'foundedYear',
] as const satisfies ReadonlyArray<keyof Facts>;

interface SchoolFieldsProps {
  fields: FieldsOf<Facts>;
  types?: typeof typeChoices;
}

/** The facts of a school when it is opened or split off. */
export function SchoolFields({ fields, types = typeChoices }: SchoolFieldsProps) {
  return (
    <>
      <TextField label="学校名称" autoFocus autoComplete="off" {...fields.name} />
      <Pair>
        <TextField
          label="学校标识码"
          inputMode="numeric"
          maxLength={10}
          autoComplete="off"
          help="10 位，由省级教育行政部门赋予；尚未赋予的可以不填"
          {...fields.code}
          required={false}
        />
        <SelectField label="办学类型" options={types} {...fields.schoolType} />
      </Pair>
      <PlaceFields fields={fields} />
      <Pair>
        <SelectField label="城乡类型" options={urbanClassChoices} {...fields.urbanClass} />
        <NumberField label="建校年份" {...fields.foundedYear} required={false} />
      </Pair>
    </>
  );
}

type Place = Pick<Facts, 'countyId' | 'managingUnitId' | 'sponsorCode' | 'ownership'>;

export const placeNames = ['countyId', 'managingUnitId', 'sponsorCode', 'ownership'] as const satisfies ReadonlyArray<
  keyof Place
>;

/** Location, managing unit and sponsor of a school: the three belong together. */
export function PlaceFields({ fields }: { fields: FieldsOf<Place> }) {
  const all = useRead(units, {}, { staleTime: 5 * 60_000 }).data?.units ?? [];
  const counties = all.filter((unit) => unit.level === 'county');
  const county = counties.find((unit) => unit.id === fields.countyId.value);
  const city = all.find((unit) => unit.id === county?.parentId);
  const managers = [county, city].filter((unit) => unit !== undefined);
  const named = (unit: { id: number; name: string }) => ({ value: unit.id, label: unit.name });
  return (
    <>
      <Pair>
        <SelectField
          label="所在单位"
          options={counties.map(named)}
          {...fields.countyId}
          onChange={(countyId) => {
            fields.countyId.onChange(countyId);
            fields.managingUnitId.onChange(countyId);
          }}
        />
        <SelectField
          label="管理单位"
          options={managers.map((unit) => ({
            ...named(unit),
            label: unit === city ? `${unit.name}（市直）` : unit.name,
          }))}
          {...fields.managingUnitId}
        />
      </Pair>
      <Pair>
        <SelectField label="举办者类型" options={sponsorChoices} {...fields.sponsorCode} />
        <SelectField label="办别" options={ownershipChoices} {...fields.ownership} />
      </Pair>
    </>
  );
}

/** The date of effect of a change, and the document for it. */
interface Dated {
  day: string;
  document?: string | undefined;
  note?: string | undefined;
}

export const datedNames = ['day', 'document', 'note'] as const satisfies ReadonlyArray<keyof Dated>;

interface DatedFieldsProps {
  today: string;
  /** The word before 日期, for example `设立`. */
  verb: string;
  fields: FieldsOf<Dated>;
}

export function DatedFields({ today, verb, fields }: DatedFieldsProps) {
  return (
    <>
      <Pair>
        <DateField label={`${verb}日期`} max={today} {...fields.day} />
        <TextField label="批准文号" autoComplete="off" {...fields.document} required={false} />
      </Pair>
      <TextAreaField label="说明" rows={2} maxLength={300} {...fields.note} required={false} />
    </>
  );
}
