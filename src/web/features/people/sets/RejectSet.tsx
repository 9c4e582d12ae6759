import { useState } from 'react';
import { reject } from '#contract/people/sets.ts';
import { useAct } from '#web/shared/call/queries.ts';
import { Form } from '#web/shared/form/Form.tsx';
import { TextField } from '#web/shared/form/fields.tsx';
import { Dialog } from '#web/shared/kit/dialog/Dialog.tsx';

interface RejectSetProps {
  set: { id: string; fileName: string };
  onClose: () => void;
}

/** Says why a set of posts is not granted; its proposer takes it back in the same way. */
export function RejectSet({ set, onClose }: RejectSetProps) {
  const [reason, setReason] = useState('');
  const { act, busy, problem } = useAct(reject, { done: '这批授权已否决。', inline: true, onDone: onClose });
  return (
    <Dialog open title={`否决：${set.fileName}`} onClose={onClose}>
      <Form
        verb="否决这批授权"
        busy={busy}
        problem={problem?.message}
        onSubmit={(event) => {
          event.preventDefault();
          void act({ params: { setId: set.id }, body: { reason } });
        }}
      >
        <TextField label="理由" value={reason} maxLength={200} autoFocus onChange={setReason} />
        <p className="caption">已建立的账户保留，没有角色；更正后可以重新导入同一张名单。</p>
      </Form>
    </Dialog>
  );
}
