import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { draft } from '#contract/official-documents/letters.ts';
import type { LetterKind } from '#domain/letter/state.ts';
import { useAct } from '#web/shared/call/queries.ts';
import { SelectField } from '#web/shared/form/fields.tsx';
import { Button } from '#web/shared/kit/action/Button.tsx';
import { Dialog } from '#web/shared/kit/dialog/Dialog.tsx';
import { kindChoices } from '../letter.words.ts';

/** A letter begins with the text of its kind, and is written on its page. */
export function NewLetter({ onClose }: { onClose: () => void }) {
  const navigate = useNavigate();
  const [kind, setKind] = useState<LetterKind>('notice');
  const begin = useAct(draft, {
    done: '已按模板建立草稿',
    onDone: ({ id }) => void navigate({ to: '/letters/$letterId/edit', params: { letterId: id } }),
  });
  return (
    <Dialog
      open
      title="拟公文"
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>取消</Button>
          <Button kind="primary" busy={begin.busy} onClick={() => void begin.act({ body: { kind } })}>
            建立草稿
          </Button>
        </>
      }
    >
      <SelectField
        label="种类"
        value={kind}
        options={kindChoices}
        onChange={setKind}
        help="模板的文字供参考，标有 × 的地方由拟稿人填写。"
      />
    </Dialog>
  );
}
