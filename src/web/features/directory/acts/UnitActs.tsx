import { renameUnit, saveContact, undoUnitRename } from '#contract/directory/units.ts';
import { useDeskContext } from '#web/shared/address/context.tsx';
import { call } from '#web/shared/call/call.ts';
import { refreshAfter, takeBack } from '#web/shared/call/queries.ts';
import { DateField } from '#web/shared/form/DateField.tsx';
import { Form } from '#web/shared/form/Form.tsx';
import { TextField } from '#web/shared/form/fields.tsx';
import { useForm } from '#web/shared/form/useForm.ts';
import { Dialog } from '#web/shared/kit/dialog/Dialog.tsx';
import { toast } from '#web/shared/kit/feedback/toast.ts';
import type { UnitDetail } from '../directory.words.ts';

interface UnitActProps {
  detail: UnitDetail;
  onClose: () => void;
}

/** The person whom schools call about their filings. */
export function UnitContact({ detail: { unit }, onClose }: UnitActProps) {
  const form = useForm(saveContact.body!, { name: unit.contact.name ?? '', phone: unit.contact.phone ?? '' });
  return (
    <Dialog open title={`${unit.name}：填报责任人`} onClose={onClose}>
      <Form
        verb="保存责任人"
        busy={form.busy}
        problem={form.problems['']}
        onSubmit={form.submit(async (body) => {
          await call(saveContact, { params: { unitId: unit.id }, body });
          await refreshAfter(saveContact);
          toast.say('已保存。');
          onClose();
        })}
      >
        <TextField label="姓名" autoFocus autoComplete="off" {...form.field('name')} />
        <TextField
          label="电话"
          type="tel"
          autoComplete="off"
          help="显示在本单位每份填报上，学校有疑问时拨打。"
          {...form.field('phone')}
        />
      </Form>
    </Dialog>
  );
}

interface RenameUnitProps {
  unit: Pick<UnitDetail['unit'], 'id' | 'name' | 'shortName' | 'parentId'>;
  onClose: () => void;
}

/** A new name from a day on; the old name stays in the history. */
export function RenameUnit({ unit, onClose }: RenameUnitProps) {
  const { today } = useDeskContext();
  const { name, shortName, parentId } = unit;
  const form = useForm(renameUnit.body!, { name, shortName, parentId, day: today, document: '' });
  return (
    <Dialog open title={`${unit.name}：更名`} onClose={onClose}>
      <Form
        verb="更名"
        busy={form.busy}
        problem={form.problems['']}
        onSubmit={form.submit(async (body) => {
          await call(renameUnit, { params: { unitId: unit.id }, body });
          await refreshAfter(renameUnit);
          const said = () => toast.say(`已撤销更名，单位仍为“${name}”。`);
          toast.undo('已更名，旧名保留在历史中。', () => {
            void takeBack(undoUnitRename, { params: { unitId: unit.id } }, said);
          });
          onClose();
        })}
      >
        <TextField label="新名称" autoFocus autoComplete="off" {...form.field('name')} />
        <TextField label="简称" autoComplete="off" {...form.field('shortName')} />
        <DateField label="自哪天起" max={today} {...form.field('day')} />
        <TextField label="批准文号" autoComplete="off" {...form.field('document')} required={false} />
      </Form>
    </Dialog>
  );
}
