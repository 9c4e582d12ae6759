import { useState } from 'react';
import * as files from '#contract/files/attachments.ts';
import { periodFault } from '#domain/file/marked-file.ts';
import { useAct } from '../call/queries.ts';
import { Form } from '../form/Form.tsx';
import { Dialog } from '../kit/dialog/Dialog.tsx';
import { today } from '../words/format.ts';
import type { AttachedFile } from './attached-file.ts';
import { PeriodFields } from './PeriodFields.tsx';

interface KeepPeriodProps {
  file: Pick<AttachedFile, 'id' | 'name' | 'purpose'> & { readonly keepUntil: string };
  onClose: () => void;
}

/** Prolongs or shortens the period of a marked file. */
export function KeepPeriod({ file, onClose }: KeepPeriodProps) {
  const [until, setUntil] = useState(file.keepUntil);
  const keep = useAct(files.keep, { done: `“${file.name}”保存到 ${until}` });
  async function send() {
    const params = { attachmentId: file.id };
    if (await keep.act({ params, body: { keepUntil: until, read: file.keepUntil } })) onClose();
  }
  return (
    <Dialog open title="调整保存期" onClose={onClose}>
      <Form
        verb={until < file.keepUntil ? '缩短保存期' : '延长保存期'}
        busy={keep.busy}
        unchanged={until === file.keepUntil || until === '' || periodFault(until, today()) !== null}
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        <p>
          {file.name}（用途：{file.purpose}）
        </p>
        <PeriodFields value={until} onChange={setUntil} />
      </Form>
    </Dialog>
  );
}
