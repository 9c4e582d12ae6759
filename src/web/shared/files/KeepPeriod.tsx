import { useState } from 'react';
import * as files from '#contract/files/attachments.ts';
import { daysToProlong, periodFault } from '#domain/file/marked-file.ts';
import { refreshAfter, useAct } from '../call/queries.ts';
import { Form } from '../form/Form.tsx';
import { Dialog } from '../kit/dialog/Dialog.tsx';
import { ask } from '../kit/dialog/question.ts';
import { today } from '../words/format.ts';
import { type AttachedFile, isStale } from './attached-file.ts';
import { PeriodFields } from './PeriodFields.tsx';

interface KeepPeriodProps {
  file: Pick<AttachedFile, 'id' | 'name' | 'purpose'> & { readonly keepUntil: string };
  /** Whether the period can be shortened too: where the file can be taken off. */
  mayShorten: boolean;
  onClose: () => void;
}

/** What is shortened ends: it is asked a second time, with a reason that whoever brought the file reads. */
const askReason = (until: string) =>
  ask({
    title: `保存期缩短到 ${until}？`,
    text: `过了 ${until} 谁都打不开，再过 ${daysToProlong} 天清理内容，不能恢复。原因记入审计，并通知上传人。`,
    label: '缩短原因',
    suggestions: ['用途已经实现', '不应上传'],
    verb: '缩短保存期',
    maxLength: 500,
    danger: true,
  });

/** Prolongs or shortens the period of a marked file. */
export function KeepPeriod({ file, mayShorten, onClose }: KeepPeriodProps) {
  const [until, setUntil] = useState(file.keepUntil);
  const [read, setRead] = useState(file.keepUntil);
  // Somebody else wrote another day meanwhile: the dialog goes on from it.
  if (read !== file.keepUntil) {
    setRead(file.keepUntil);
    setUntil(file.keepUntil);
  }
  const shortens = until !== '' && until < file.keepUntil;
  const keep = useAct(files.keep, { done: `“${file.name}”保存到 ${until}`, inline: isStale });
  async function send() {
    const params = { attachmentId: file.id };
    const reason = shortens ? await askReason(until) : undefined;
    if (reason === null) return;
    const body = { keepUntil: until, read: file.keepUntil, ...(reason === undefined ? {} : { reason }) };
    if (await keep.act({ params, body })) onClose();
    else await refreshAfter(files.keep);
  }
  return (
    <Dialog open title="调整保存期" onClose={onClose}>
      <Form
        verb={shortens ? '缩短保存期' : '延长保存期'}
        busy={keep.busy}
        problem={keep.problem && isStale(keep.problem) ? keep.problem.message : undefined}
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
            缩短后，过了 {until} 谁都打不开这个文件，再过 {daysToProlong} 天清理内容，不能恢复；上传人会收到通知。
          </p>
        )}
      </Form>
    </Dialog>
  );
}
