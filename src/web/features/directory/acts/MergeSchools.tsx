import { useMemo, useState } from 'react';
import type { z } from 'zod';
import { mergeSchools } from '#contract/directory/changes.ts';
import { find, readSchool } from '#contract/directory/directory.ts';
import { schoolCodeText } from '#domain/org/school-code.ts';
import { codeClassOf } from '#domain/org/school-facts.ts';
import { useDeskContext } from '#web/shared/address/context.tsx';
import { call } from '#web/shared/call/call.ts';
import { Field } from '#web/shared/form/Field.tsx';
import { Form } from '#web/shared/form/Form.tsx';
import { SelectField } from '#web/shared/form/fields.tsx';
import { useForm } from '#web/shared/form/useForm.ts';
import type { Choice } from '#web/shared/kit/choice/choice.ts';
import { MultiSelect } from '#web/shared/kit/choice/MultiSelect.tsx';
import { Dialog } from '#web/shared/kit/dialog/Dialog.tsx';
import type { SchoolDetail } from '../directory.words.ts';
import { Consequences } from './Consequences.tsx';
import { ownershipQuestion } from './consequence.words.ts';
import { DatedFields, datedNames } from './SchoolFields.tsx';
import { type ActProps, settled } from './school-acts.ts';

/** 合并: one or several schools go into this one; one of the codes of the same class may go on. */
export function MergeSchools({ school, onClose }: ActProps) {
  const { today } = useDeskContext();
  const { id, name, code, revision } = school;
  const [guests, setGuests] = useState<readonly SchoolDetail[]>([]);
  const [planned, setPlanned] = useState<z.output<NonNullable<typeof mergeSchools.body>> | null>(null);
  const form = useForm(mergeSchools.body!, {
    revision,
    guests: [],
    code: code ?? undefined,
    day: today,
    document: '',
    note: '',
  });
  const find = useMemo(() => openSchools(id), [id]);
  const codes = [school, ...guests].flatMap((one) =>
    one.code !== null && (one === school || one.code.slice(0, 2) === codeClassOf(school.schoolType))
      ? [{ code: one.code, name: one.name }]
      : [],
  );

  /** Each school is read once: its revision guarantees that the merged state is the state that was seen. */
  async function choose(choices: ReadonlyArray<Choice<number>>) {
    keep(
      await Promise.all(
        choices.map(
          ({ value }) =>
            guests.find((guest) => guest.id === value) ?? call(readSchool, { params: { schoolId: value } }),
        ),
      ),
    );
  }
  function keep(next: readonly SchoolDetail[]) {
    setGuests(next);
    form.set({
      guests: next.map((guest) => ({ id: guest.id, revision: guest.revision })),
      ...(next.some((guest) => guest.code === form.values.code) ? {} : { code: code ?? undefined }),
    });
  }

  if (planned !== null) {
    return (
      <Dialog open title={`他校并入：${name}`} firm onClose={onClose}>
        <Consequences
          schoolId={id}
          ending={planned.guests.map((guest) => guest.id)}
          merging
          keptCode={planned.code ?? code ?? undefined}
          questions={guests.flatMap((guest) => ownershipQuestion(guest, school.ownership, `并入“${name}”后`))}
          verb={`把 ${planned.guests.length} 所学校并入本校`}
          act={async () => {
            await call(mergeSchools, { params: { schoolId: id }, body: planned });
            await settled(mergeSchools, `已并入“${name}”。`, onClose);
          }}
          back={() => setPlanned(null)}
        />
      </Dialog>
    );
  }
  return (
    <Dialog open title={`他校并入：${name}`} firm onClose={onClose}>
      <Form
        verb="查看后果"
        busy={form.busy}
        problem={form.problems[''] ?? (form.problems.guests && '请至少选择一所并入的学校。')}
        onSubmit={form.submit(async (body) => setPlanned(body))}
      >
        <Field label="并入的学校" help="并入后不再填报，历年数据保留在原名下。">
          {(control) => (
            <MultiSelect<number>
              label="并入的学校"
              id={control.id}
              value={guests.map((guest) => ({ value: guest.id, label: guest.name, note: schoolCodeText(guest.code) }))}
              onChange={(choices) => void choose(choices)}
              find={find}
            />
          )}
        </Field>
        {codes.length > (code === null ? 0 : 1) && (
          <SelectField
            label="合并后沿用的标识码"
            options={codes.map((one) => ({ value: one.code, label: `${one.code}（${one.name}）` }))}
            {...form.field('code')}
          />
        )}
        <DatedFields today={today} verb="合并" fields={form.fields(datedNames)} />
      </Form>
    </Dialog>
  );
}

/** Open schools except this one, by name, code or pinyin initials. */
function openSchools(except: number) {
  return async (text: string, signal: AbortSignal): Promise<Choice<number>[]> => {
    if (text.trim() === '') return [];
    const { schools } = await call(find, { query: { text, limit: 12 } }, { signal });
    return schools
      .filter((one) => one.status === 'open' && one.id !== except)
      .map((one) => ({ value: one.id, label: one.name, note: `${schoolCodeText(one.code)} ${one.countyName}` }));
  };
}
