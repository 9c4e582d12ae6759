import { useState } from 'react';
import * as items from '#contract/work-plans/items.ts';
import { useAct } from '#web/shared/call/queries.ts';
import { TextAreaField } from '#web/shared/form/fields.tsx';
import { NumberField } from '#web/shared/form/NumberField.tsx';
import { Button } from '#web/shared/kit/action/Button.tsx';
import { Dialog } from '#web/shared/kit/dialog/Dialog.tsx';
import { Stack } from '#web/shared/kit/layout/Stack.tsx';
import { ItemFields } from '../ItemFields.tsx';
import { type Detail, emptyItem, type PlanItem, writtenOf } from '../item-fields.ts';

interface AmendItemProps {
  detail: Detail;
  /** The item that is changed; without it one is added. */
  item?: PlanItem;
  onClose: () => void;
}

const said =
  (verb: string) =>
  ({ counties }: { counties: number }) =>
    counties === 0 ? verb : `${verb}，已告知 ${counties} 个县（市、区）`;

/** Changes an item of an issued plan, or adds one: with a reason that the counties read. */
export function AmendItem({ detail, item, onClose }: AmendItemProps) {
  const { plan, known, tieKinds, tieYears } = detail;
  const [written, setWritten] = useState(item ? writtenOf(item) : emptyItem);
  const [reason, setReason] = useState('');
  const [position, setPosition] = useState<number | null>(item?.position ?? null);
  const add = useAct(items.add, { done: said('已增补'), onDone: onClose });
  const change = useAct(items.change, { done: said('已调整'), onDone: onClose });
  const verb = item ? '调整任务' : '增补任务';
  const run = () => {
    const body = { revision: plan.revision, reason, item: written };
    const params = { planId: plan.id };
    if (!item) return add.act({ params, body });
    const moved = position === null || position === item.position ? {} : { position };
    return change.act({ params: { ...params, itemId: item.id }, body: { ...body, ...moved } });
  };
  return (
    <Dialog
      open
      firm
      size="wide"
      title={verb}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>取消</Button>
          <Button
            kind="primary"
            busy={add.busy || change.busy}
            disabled={written.text.trim() === '' || reason.trim().length < 2}
            onClick={() => void run()}
          >
            {verb}
          </Button>
        </>
      }
    >
      <Stack>
        <ItemFields item={written} onChange={setWritten} {...{ known, tieKinds, tieYears }} />
        {item && <NumberField label="在计划中的位置" help="从 1 数起" value={position} onChange={setPosition} />}
        <TextAreaField
          label="调整原因"
          help="涉及的县（市、区）能看到"
          rows={2}
          maxLength={300}
          value={reason}
          onChange={setReason}
        />
      </Stack>
    </Dialog>
  );
}
