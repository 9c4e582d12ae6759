import type { z } from 'zod';
import { bodies, type body, ownBodies } from '#contract/inspectors/inspectors.ts';
import type { RouteOutput } from '#contract/route.ts';
import { call } from '#web/shared/call/call.ts';
import { Field } from '#web/shared/form/Field.tsx';
import { Combobox } from '#web/shared/kit/choice/Combobox.tsx';

export type Body = z.input<typeof body>;
export const noBody: Body = { written: '', unitId: null, schoolId: null };

/** Looks through the register of units and schools. */
export type FindBodies = (text: string, signal: AbortSignal) => Promise<RouteOutput<typeof bodies>['rows']>;

/** For the office. */
export const findBodies: FindBodies = async (search, signal) =>
  (await call(bodies, { query: { search } }, { signal })).rows;

/** For the person behind an entry. */
export const findOwnBodies =
  (inspectorId: string): FindBodies =>
  async (search, signal) =>
    (await call(ownBodies, { params: { inspectorId }, query: { search } }, { signal })).rows;

interface BodyFieldProps {
  label: string;
  value: Body | undefined;
  error: string | undefined;
  required: boolean;
  find: FindBodies;
  onChange: (body: Body) => void;
}

/** A unit or a school: found in the register, or as it is written where it stands in none. */
export function BodyField({ label, value = noBody, error, required, find, onChange }: BodyFieldProps) {
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
            const known = (await find(text, signal)).map(({ placeName, ...found }) => ({
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
