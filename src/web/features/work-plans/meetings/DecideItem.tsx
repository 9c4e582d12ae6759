import { useState } from 'react';
import type { RouteOutput } from '#contract/route.ts';
import * as meetings from '#contract/work-plans/meetings.ts';
import * as plans from '#contract/work-plans/plans.ts';
import { useAct, useRead } from '#web/shared/call/queries.ts';
import { SelectField } from '#web/shared/form/fields.tsx';
import { Button } from '#web/shared/kit/action/Button.tsx';
import { Dialog } from '#web/shared/kit/dialog/Dialog.tsx';
import { Loaded } from '#web/shared/kit/feedback/Loaded.tsx';
import { Stack } from '#web/shared/kit/layout/Stack.tsx';
import { ItemFields } from '../ItemFields.tsx';
import { emptyItem } from '../item-fields.ts';

interface DecideItemProps {
  meeting: RouteOutput<typeof meetings.read>;
  onClose: () => void;
}

/** What a meeting decided becomes an item of a plan of the same office. */
export function DecideItem({ meeting, onClose }: DecideItemProps) {
  const [planId, setPlan] = useState(meeting.plans[0]?.id ?? '');
  const [item, setItem] = useState(emptyItem);
  const read = useRead(plans.read, { params: { planId } }, { enabled: planId !== '' });
  const decide = useAct(meetings.decide, {
    done: ({ counties }) => (counties === 0 ? '已列入计划' : `已列入计划，下达 ${counties} 个县（市、区）`),
    onDone: onClose,
  });
  const revision = read.data?.plan.revision;
  return (
    <Dialog
      open
      firm
      size="wide"
      title="议定事项列入计划"
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>取消</Button>
          <Button
            kind="primary"
            busy={decide.busy}
            disabled={item.text.trim() === '' || revision === undefined}
            onClick={() =>
              revision !== undefined &&
              void decide.act({ params: { meetingId: meeting.id }, body: { planId, revision, item } })
            }
          >
            列入计划
          </Button>
        </>
      }
    >
      <Stack>
        <SelectField
          label="计划"
          value={planId}
          options={meeting.plans.map(({ id, title }) => ({ value: id, label: title }))}
          onChange={setPlan}
        />
        <Loaded of={read}>
          {({ known, tieKinds, tieYears }) => (
            <ItemFields item={item} onChange={setItem} {...{ known, tieKinds, tieYears }} />
          )}
        </Loaded>
      </Stack>
    </Dialog>
  );
}
