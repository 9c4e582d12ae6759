import { useCallback, useMemo, useState } from 'react';
import { assign, list } from '#contract/people/assignments.ts';
import { places } from '#contract/people/people.ts';
import { call } from '#web/shared/call/call.ts';
import { refreshAfter, useRead } from '#web/shared/call/queries.ts';
import { DateField } from '#web/shared/form/DateField.tsx';
import { Field } from '#web/shared/form/Field.tsx';
import { Form } from '#web/shared/form/Form.tsx';
import { useForm } from '#web/shared/form/useForm.ts';
import { Button } from '#web/shared/kit/action/Button.tsx';
import { Combobox } from '#web/shared/kit/choice/Combobox.tsx';
import type { Choice } from '#web/shared/kit/choice/choice.ts';
import { Dialog } from '#web/shared/kit/dialog/Dialog.tsx';
import { toast } from '#web/shared/kit/feedback/toast.ts';
import { today } from '#web/shared/words/format.ts';
import type { PersonDetail, PersonPost } from '../people.words.ts';

interface AssignSchoolProps {
  person: PersonDetail;
  post: PersonPost;
  onClose: () => void;
}

/** Assigns one school of the appointing unit to a post, from a day on, without an end or until a day. */
export function AssignSchool({ person, post, onClose }: AssignSchoolProps) {
  const form = useForm(assign.body!, { schoolId: undefined, from: today(), to: null });
  const [school, setSchool] = useState<Choice<number> | null>(null);
  const [saved, setSaved] = useState(0);
  const within = post.unitId;
  const standing = useRead(list, { params: { personId: person.id, grantId: post.grantId } }).data?.rows;
  const assigned = useMemo(
    () => new Set(standing?.filter(({ can }) => can.end).map(({ schoolId }) => schoolId)),
    [standing],
  );
  const find = useCallback(
    async (search: string, signal: AbortSignal) => {
      const query = { level: 'school' as const, search, ...(within === null ? {} : { within }) };
      const { rows } = await call(places, { query }, { signal });
      return rows.flatMap(({ schoolId, name, note }) =>
        schoolId === null
          ? []
          : [{ value: schoolId, label: name, note: assigned.has(schoolId) ? `已指派，${note}` : note }],
      );
    },
    [within, assigned],
  );
  const until = form.field('to');
  const save = (then: () => void) =>
    form.submit(async (body) => {
      await call(assign, { params: { personId: person.id, grantId: post.grantId }, body });
      await refreshAfter(assign);
      toast.say(`已指派${school?.label ?? ''}。`);
      then();
    });
  function nextSchool() {
    setSaved((before) => before + 1);
    setSchool(null);
    form.set({ schoolId: undefined });
  }
  return (
    <Dialog open title={`给${person.name}指派学校`} onClose={onClose} saved={saved}>
      <Form
        verb="指派学校"
        busy={form.busy}
        problem={form.problems['']}
        onSubmit={save(onClose)}
        more={
          <Button busy={form.busy} onClick={() => save(nextSchool)()}>
            指派并继续下一所
          </Button>
        }
      >
        <Field
          choose
          label="学校"
          error={form.problems.schoolId}
          help={`${post.unitName ? `只列${post.unitName}辖区内在办的学校和幼儿园；` : ''}一次最多列 20 所，没有列出的请输入更多字再找。`}
        >
          {(control) => (
            <Combobox
              id={control.id}
              label="学校"
              placeholder="输入名称、标识码或拼音"
              invalid={form.problems.schoolId !== undefined}
              autoFocus
              find={find}
              value={school}
              onChange={(choice) => {
                setSchool(choice);
                form.set({ schoolId: choice?.value });
              }}
            />
          )}
        </Field>
        <DateField label="开始日期" {...form.field('from')} />
        <DateField
          label="截止日期（含当日）"
          help="不填为长期。"
          {...until}
          required={false}
          onChange={(value) => until.onChange(value || null)}
        />
      </Form>
    </Dialog>
  );
}
