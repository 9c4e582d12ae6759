import { declare, writtenRelation } from '#contract/inspectors/inspectors.ts';
import { useAct } from '#web/shared/call/queries.ts';
import { Form } from '#web/shared/form/Form.tsx';
import { useForm } from '#web/shared/form/useForm.ts';
import { Dialog } from '#web/shared/kit/dialog/Dialog.tsx';
import { findOwnBodies } from '../form/BodyField.tsx';
import { noRelation, RelationFields } from '../form/OwnFields.tsx';

/** What came to be after the appointment and keeps the inspector away: declared by himself, and taken away by the office alone. */
export function DeclareDialog({ inspectorId, onClose }: { inspectorId: string; onClose: () => void }) {
  const form = useForm(writtenRelation, noRelation);
  const { act } = useAct(declare, { done: '已申报，聘任单位收到通知', inline: 'form', onDone: onClose });
  return (
    <Dialog open title="申报回避" onClose={onClose}>
      <p className="caption">
        只登记关系、单位和事实，不写姓名。申报后本人不能删去；已经安排的工作由督导机构按回避规定处理。
      </p>
      <Form
        onSubmit={form.submit((body) => act({ params: { inspectorId }, body }))}
        verb="申报回避"
        busy={form.busy}
        problem={form.problems['']}
      >
        <RelationFields
          value={{ ...noRelation, ...form.values }}
          problemOf={(part) => form.problems[part]}
          find={findOwnBodies(inspectorId)}
          onChange={(patch) => form.set(patch)}
        />
      </Form>
    </Dialog>
  );
}
