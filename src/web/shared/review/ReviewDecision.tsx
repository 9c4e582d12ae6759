import { type ReactNode, useEffect, useId, useState } from 'react';
import { Button } from '../kit/action/Button.tsx';
import { toggled } from '../kit/choice/toggled.ts';
import { ActBar } from '../kit/layout/ActBar.tsx';
import { useHotkeys } from '../page/useHotkeys.ts';
import type { Picking } from './picking.ts';
import style from './ReviewDecision.module.css';
import { emptyReturn, keepReturnDraft, type ReturnDraft, readReturnDraft } from './return-draft.ts';

interface Decision {
  /** `批准` */
  readonly verb: string;
  readonly busy: boolean;
  /** This person may not decide, although the post could; the note gives the reason. */
  readonly off?: boolean;
  readonly act: () => void;
}

/** Leaves the subject to whoever decides, with a line for that person. */
interface HandOver {
  /** `核过` */
  readonly verb: string;
  /** What the line is for: `给批准人的话（可不填）`. */
  readonly label: string;
  readonly busy: boolean;
  readonly act: (note: string | null) => void;
}

interface ReviewDecisionProps {
  /** Absent where this person may not decide. */
  decide: Decision | undefined;
  /** Absent where this person leaves nothing to anybody. */
  handOver?: HandOver | undefined;
  /** The verb that opens the return: `退回修改`; absent where this person may not return. */
  returnVerb: string | undefined;
  /** The state, or who decides, beside the acts. */
  note?: ReactNode;
  /** Names the person and the subject: under it a return is kept until it is sent or given up. */
  keepAs?: string;
  /** The form that asks for the reasons, with the ticked parts. */
  returning: (sheet: {
    draft: ReturnDraft;
    onDraft: (patch: Partial<ReturnDraft>) => void;
    onClose: () => void;
  }) => ReactNode;
  /** The subject, with boxes to tick while it is being returned. */
  children: (picking: Picking | undefined) => ReactNode;
}

/** As long as the second click of a double click takes: it was meant for the subject before this one. */
const unsettledFor = 400;

/** Whether the subject has stood there long enough for a click to be meant for it. */
function useSettled(): boolean {
  const [settled, setSettled] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(true), unsettledFor);
    return () => clearTimeout(timer);
  }, []);
  return settled;
}

/**
 * A subject under review with its acts below it; none is preselected. `A` decides, `H` hands over, `R` returns, Esc
 * cancels.
 */
export function ReviewDecision(props: ReviewDecisionProps) {
  const { decide, handOver, returnVerb, note, keepAs, returning, children } = props;
  const [draft, setDraft] = useState(() => (keepAs && returnVerb ? readReturnDraft(keepAs) : null));
  const picked = draft && new Set(draft.picked);
  const reason = useId();
  const settled = useSettled();
  function change(next: ReturnDraft | null) {
    setDraft(next);
    if (keepAs) keepReturnDraft(keepAs, next);
  }
  const [line, setLine] = useState('');
  const handOn = () => handOver?.act(line.trim() || null);
  const patch = (part: Partial<ReturnDraft>) => change({ ...(draft ?? emptyReturn), ...part });
  const toggle = (part: string) => patch({ picked: [...toggled(picked ?? new Set(), part)] });
  const close = () => {
    if (draft) change(null);
  };
  const begin = () => {
    // A second `R` leaves a return alone that is being written.
    if (returnVerb && draft === null) change(emptyReturn);
  };
  useHotkeys({
    // A key is pressed for what the eye reads, so only one that is held down is not meant for this subject.
    a: ({ repeat }) => {
      if (!repeat && !picked && !decide?.off) decide?.act();
    },
    h: ({ repeat }) => {
      if (!repeat && !picked) handOn();
    },
    r: begin,
    escape: close,
  });
  return (
    <>
      {children(picked ? { has: (part) => picked.has(part), toggle } : undefined)}
      {draft ? (
        returning({ draft, onDraft: patch, onClose: close })
      ) : (
        <ActBar
          note={
            note && (
              <div id={reason} className={decide?.off ? style.reason : undefined}>
                {note}
              </div>
            )
          }
        >
          {returnVerb && (
            <Button hotkey="R" onClick={begin}>
              {returnVerb}
            </Button>
          )}
          {handOver && (
            <>
              <input
                className={style.line}
                aria-label={handOver.label}
                placeholder={handOver.label}
                maxLength={500}
                value={line}
                onChange={(event) => setLine(event.target.value)}
              />
              <Button hotkey="H" kind="primary" busy={handOver.busy} disabled={!settled} onClick={handOn}>
                {handOver.verb}
              </Button>
            </>
          )}
          {decide && (
            <Button
              hotkey="A"
              busy={decide.busy}
              disabled={decide.off || !settled}
              aria-describedby={decide.off ? reason : undefined}
              onClick={decide.act}
            >
              {decide.verb}
            </Button>
          )}
        </ActBar>
      )}
    </>
  );
}
