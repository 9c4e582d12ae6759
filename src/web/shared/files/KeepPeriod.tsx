import { useState } from 'react';
import * as files from '#contract/files/attachments.ts';
import { daysToProlong, periodFault } from '#domain/file/marked-file.ts';
import { useAct } from '../call/queries.ts';
import { Form } from '../form/Form.tsx';
import { Dialog } from '../kit/dialog/Dialog.tsx';
import { today } from '../words/format.ts';
import type { AttachedFile } from './attached-file.ts';
import { PeriodFields } from './PeriodFields.tsx';

interface KeepPeriodProps {
  file: Pick<AttachedFile, 'id' | 'name' | 'purpose'> & { readonly keepUntil: string };
  /** Whether the period can be shortened too: where the file can be taken off. */
  mayShorten: boolean;
  onClose: () => void;
}

/** Prolongs or shortens the period of a marked file. */
export function KeepPeriod({ file, mayShorten, onClose }: KeepPeriodProps) {
  const [until, setUntil] = useState(file.keepUntil);
  const keep = useAct(files.keep, { done: `“${file.name}”保存到 ${until}` });
  async function send() {
    const params = { attachmentId: file.id };
    if (await keep.act({ params, body: { keepUntil: until, read: file.keepUntil } })) onClose();
  }
  const shortens = until !== '' && until < file.keepUntil;
  return (
    <Dialog open title="调整保存期" onClose={onClose}>
      <Form
        verb={shortens ? '缩短保存期' : '延长保存期'}
        busy={keep.busy}
        unchanged={
          until === file.keepUntil || until === '' || periodFault(until, today()) !== null || (shortens && !mayShorten)
        }
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        <p>
          {file.name}（用途：{file.purpose}）
        </p>
        <PeriodFields value={until} earliest={mayShorten ? undefined : file.keepUntil} onChange={setUntil} />
        {shortens && mayShorten && (
          <p>
            缩短后，过了 {until} 谁都打不开这个文件，再过 {daysToProlong} 天清理内容，不能恢复；系统不另行通知上传人。
          </p>
        )}
      </Form>
    </Dialog>
  );
}
