import { createContext, type ReactNode, useContext, useState } from 'react';
import { sendBack } from '#contract/evaluations/evaluations.ts';
import { useAct } from '#web/shared/call/queries.ts';
import { toggled } from '#web/shared/kit/choice/toggled.ts';
import type { Picking } from '#web/shared/review/picking.ts';
import { ReturnSheet } from '#web/shared/review/ReturnSheet.tsx';
import { emptyReturn, keepReturnDraft, type ReturnDraft, readReturnDraft } from '#web/shared/review/return-draft.ts';
import { useSession } from '#web/shared/session/session.tsx';
import { returnReasons } from '../evaluation.words.ts';
import type { Evaluation } from '../evaluation-reply.ts';

interface Returning {
  readonly isOpen: boolean;
  readonly begin: () => void;
  readonly draft: ReturnDraft | null;
  readonly change: (next: ReturnDraft | null) => void;
}

const Context = createContext<Returning | null>(null);

/** The return that is being written about this evaluation; its button and its sheet stand in different places. */
export function ReturnProvider({ evaluation, children }: { evaluation: Evaluation; children: ReactNode }) {
  const keepAs = `${useSession().person.id}.${evaluation.id}`;
  const [draft, setDraft] = useState(() => (evaluation.can.return ? readReturnDraft(keepAs) : null));
  function change(next: ReturnDraft | null) {
    setDraft(next);
    keepReturnDraft(keepAs, next);
  }
  const begin = () => {
    // A return that is being written is left alone.
    if (draft === null) change(emptyReturn);
  };
  return <Context value={{ isOpen: draft !== null, begin, draft, change }}>{children}</Context>;
}

/** Opens the return; undefined where one is open, or where there is none on this page. */
export function useReturn(): Returning | null {
  return useContext(Context);
}

interface ReviewReturnProps {
  evaluation: Evaluation;
  children: (picking: Picking | undefined) => ReactNode;
}

/** The leaves, with boxes to tick while a return is written; the sheet with the reason stands below them. */
export function ReviewReturn({ evaluation, children }: ReviewReturnProps) {
  const returning = useReturn();
  const sending = useAct(sendBack, { done: '已退回补充，没有退回的保持锁定', onDone: () => returning?.change(null) });
  const draft = returning?.draft ?? null;
  if (returning === null || draft === null || !evaluation.can.return) return children(undefined);
  const patch = (part: Partial<ReturnDraft>) => returning.change({ ...draft, ...part });
  const picked = new Set(draft.picked);
  return (
    <>
      {children({
        has: (code) => picked.has(code),
        toggle: (code) => patch({ picked: [...toggled(picked, code)] }),
      })}
      <ReturnSheet
        reasons={returnReasons}
        draft={draft}
        onDraft={patch}
        again={evaluation.returned}
        parts={evaluation.nodes.filter(({ isLeaf }) => isLeaf).map(({ code }) => code)}
        partWord="指标"
        alone
        wholeVerb="整体退回"
        busy={sending.busy}
        onClose={() => returning.change(null)}
        onReturn={(reason, codes) =>
          void sending.act({
            params: { evaluationId: evaluation.id },
            body: { revision: evaluation.revision, reason, codes: codes.length === 0 ? null : [...codes] },
          })
        }
      />
    </>
  );
}
