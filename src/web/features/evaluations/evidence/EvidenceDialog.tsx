import { useState } from 'react';
import { addEvidence, editEvidence, newEvidence } from '#contract/evaluations/evaluations.ts';
import { useDeskContext } from '#web/shared/address/context.tsx';
import { useAct } from '#web/shared/call/queries.ts';
import { Form } from '#web/shared/form/Form.tsx';
import { useForm } from '#web/shared/form/useForm.ts';
import { Dialog } from '#web/shared/kit/dialog/Dialog.tsx';
import { newId } from '#web/shared/page/new-id.ts';
import { EvidenceFields } from './EvidenceFields.tsx';
import type { Piece } from './evidence-reply.ts';

interface NewPieceProps {
  /** The piece whose newer version it is. */
  replaces: Piece | null;
  onClose: () => void;
  onAdded: (evidenceId: string) => void;
}

/** Enters a piece, or the newer version of one; its file follows on the piece itself. */
export function NewPiece({ replaces, onClose, onAdded }: NewPieceProps) {
  const { today } = useDeskContext();
  const [id] = useState(newId);
  const form = useForm(newEvidence, {
    ...(replaces === null
      ? { title: '', catalogueNumber: null, boxNumber: null, confidentiality: 'internal' as const }
      : contentOf(replaces)),
    ...{ aboutDay: null, receivedOn: today, expiresOn: null },
  });
  const { act } = useAct(addEvidence, { inline: 'form', onDone: () => onAdded(id) });
  return (
    <Dialog open title={replaces === null ? '登记材料' : `“${replaces.title}”的新版本`} onClose={onClose}>
      <Form
        verb="登记，去上传文件"
        busy={form.busy}
        problem={form.problems['']}
        onSubmit={form.submit((body) => act({ body: { ...body, id, replacesId: replaces?.id ?? null, link: null } }))}
      >
        {replaces !== null && (
          <p className="soft">旧版本保留。还没有报送的指标改用新版本；已经报送的仍用报送时的版本。</p>
        )}
        <EvidenceFields form={form} label="材料名称" />
      </Form>
    </Dialog>
  );
}

/** Changes what a piece was entered with. */
export function EditPiece({ piece, onClose }: { piece: Piece; onClose: () => void }) {
  const { aboutDay, receivedOn, expiresOn, id, revision } = piece;
  const form = useForm(newEvidence, { ...contentOf(piece), aboutDay, receivedOn, expiresOn });
  const { act } = useAct(editEvidence, { done: '已保存', inline: 'form', onDone: onClose });
  return (
    <Dialog open title="修改材料的登记" onClose={onClose}>
      <Form
        verb="保存登记"
        busy={form.busy}
        problem={form.problems['']}
        onSubmit={form.submit((body) => act({ params: { evidenceId: id }, body: { ...body, revision } }))}
      >
        <EvidenceFields form={form} label="材料名称" />
      </Form>
    </Dialog>
  );
}

const contentOf = ({ title, catalogueNumber, boxNumber, confidentiality }: Piece) => ({
  ...{ title, catalogueNumber, boxNumber, confidentiality },
});
