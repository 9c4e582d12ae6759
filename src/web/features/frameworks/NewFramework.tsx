import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { begin, frameworkSubjects } from '#contract/frameworks/frameworks.ts';
import type { Subject } from '#domain/framework/edition.ts';
import { useDeskContext } from '#web/shared/address/context.tsx';
import { useAct } from '#web/shared/call/queries.ts';
import { CheckField, SelectField, TextField } from '#web/shared/form/fields.tsx';
import { NumberField } from '#web/shared/form/NumberField.tsx';
import { Button } from '#web/shared/kit/action/Button.tsx';
import { Dialog } from '#web/shared/kit/dialog/Dialog.tsx';
import { Stack } from '#web/shared/kit/layout/Stack.tsx';
import { subjectTitles } from './framework.words.ts';

/** A framework from nothing: its name, for whom it is, its full mark and its first indicator. */
export function NewFramework({ onClose }: { onClose: () => void }) {
  const navigate = useNavigate();
  const { today } = useDeskContext();
  const [title, setTitle] = useState('');
  const [edition, setEdition] = useState(`${today.slice(0, 4)} 年`);
  const [subject, setSubject] = useState<Subject>('county');
  const [max, setMax] = useState<number | null>(100);
  const [isScored, setScored] = useState(true);
  const [first, setFirst] = useState('');
  const beginning = useAct(begin, {
    done: '已新建草稿',
    onDone: ({ id }) => void navigate({ to: '/frameworks/drafts/$draftId', params: { draftId: id }, search: {} }),
  });
  const isWhole =
    title.trim().length > 1 && edition.trim() !== '' && first.trim() !== '' && (!isScored || max !== null);
  return (
    <Dialog
      open
      firm
      title="新建指标体系"
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>取消</Button>
          <Button
            kind="primary"
            busy={beginning.busy}
            disabled={!isWhole}
            onClick={() => void beginning.act({ body: { title, edition, subject, max: isScored ? max : null, first } })}
          >
            新建草稿
          </Button>
        </>
      }
    >
      <Stack>
        <TextField label="名称" maxLength={200} value={title} onChange={setTitle} />
        <TextField label="版本" help="如 2026 年" maxLength={60} value={edition} onChange={setEdition} />
        <SelectField
          label="评估对象"
          value={subject}
          options={frameworkSubjects.map((value) => ({ value, label: subjectTitles[value] }))}
          onChange={setSubject}
        />
        <CheckField label="计分" value={isScored} onChange={setScored} />
        {isScored && <NumberField label="满分" unit="分" value={max} onChange={setMax} />}
        <TextField label="第一项一级指标" maxLength={200} value={first} onChange={setFirst} />
      </Stack>
    </Dialog>
  );
}
