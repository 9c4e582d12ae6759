import { useState } from 'react';
import * as files from '#contract/files/attachments.ts';
import {
  type FileMark,
  isSameMark,
  openersKeys,
  openersTitles,
  periodFault,
  usualMark,
} from '#domain/file/marked-file.ts';
import { refreshAfter, useAct } from '../call/queries.ts';
import { Form } from '../form/Form.tsx';
import { ChoiceField, TextField } from '../form/fields.tsx';
import { Dialog } from '../kit/dialog/Dialog.tsx';
import { today } from '../words/format.ts';
import { type AttachedFile, isStale } from './attached-file.ts';
import { PeriodFields } from './PeriodFields.tsx';

interface MarkFileProps {
  file: Pick<AttachedFile, 'id' | 'name'>;
  /** The mark that stands; null where the file has none. */
  read: FileMark | null;
  onClose: () => void;
}

/** Marks a file that hangs already, or changes for what it may be opened and by whom; its period has a dialog of its own. */
export function MarkFile({ file, read, onClose }: MarkFileProps) {
  const [mark, setMark] = useState(() => read ?? usualMark(today()));
  const [seen, setSeen] = useState(read);
  // Somebody else wrote another mark meanwhile: the dialog goes on from it.
  if (!isSameMark(seen, read)) {
    setSeen(read);
    setMark(read ?? usualMark(today()));
  }
  const change = (part: Partial<FileMark>) => setMark((before) => ({ ...before, ...part }));
  const act = useAct(files.mark, {
    done: read === null ? `“${file.name}”已标明涉及未成年人` : `“${file.name}”的标记已修改`,
    inline: isStale,
  });
  const written = { ...mark, purpose: mark.purpose.trim() };
  const isWhole = written.purpose !== '' && mark.keepUntil !== '' && periodFault(mark.keepUntil, today()) === null;
  async function send() {
    if (await act.act({ params: { attachmentId: file.id }, body: { mark: written, read } })) onClose();
    else await refreshAfter(files.mark);
  }
  return (
    <Dialog open title={read === null ? '标明涉及未成年人' : '修改标记'} onClose={onClose}>
      <Form
        verb={read === null ? '标明' : '修改标记'}
        busy={act.busy}
        problem={act.problem && isStale(act.problem) ? act.problem.message : undefined}
        unchanged={read === null ? !isWhole : written.purpose === '' || isSameMark(read, written)}
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        <p>{file.name}</p>
        <TextField
          label="用途"
          required
          maxLength={200}
          help="打开这个文件是为了什么，如：核实活动开展"
          value={mark.purpose}
          onChange={(purpose) => change({ purpose })}
        />
        {read === null && <PeriodFields value={mark.keepUntil} onChange={(keepUntil) => change({ keepUntil })} />}
        {read?.openers === 'judges' ? (
          <p>谁可以打开：{openersTitles.judges}（不能再放宽）</p>
        ) : (
          <ChoiceField
            label="谁可以打开"
            value={mark.openers}
            options={openersKeys.map((key) => ({ value: key, label: openersTitles[key] }))}
            onChange={(openers) => change({ openers })}
          />
        )}
      </Form>
    </Dialog>
  );
}
