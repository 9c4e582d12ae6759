import { useEffect, useState } from 'react';
import { pdf } from '#contract/official-documents/letters.ts';
import { call } from '#web/shared/call/call.ts';
import { asProblem, type ProblemError } from '#web/shared/call/problem.ts';
import { PdfFrame } from '#web/shared/files/PdfFrame.tsx';
import { Button } from '#web/shared/kit/action/Button.tsx';
import { ErrorPanel } from '#web/shared/kit/feedback/ErrorPanel.tsx';
import { Row } from '#web/shared/kit/layout/Row.tsx';
import { useRested } from '#web/shared/page/useRested.ts';
import style from './PdfPane.module.css';

interface PdfPaneProps {
  letterId: string;
  /** The revision that is stored: each is printed anew. */
  revision: number;
  /** Whether something is written that is not stored yet. */
  changed: boolean;
  open: boolean;
  onOpen: (open: boolean) => void;
}

/** Milliseconds without another save before the press is asked again. */
const rest = 800;

interface Printed {
  readonly revision: number;
  readonly bytes: Uint8Array;
}

/** What the pane says of the page that it shows. */
const paneStates = {
  failed: '没有排成，所示不是现在的文字',
  busy: '正在排版……',
  behind: '排版的是已保存的文字，保存后重新排版',
  same: '与已保存的文字一致',
} as const;

/** The letter as the press sets it, beside the text that is written; it folds away. */
export function PdfPane({ letterId, revision, changed, open, onOpen }: PdfPaneProps) {
  const [printed, setPrinted] = useState<Printed | null>(null);
  const [problem, setProblem] = useState<ProblemError | null>(null);
  const [tries, setTries] = useState(0);
  const wanted = useRested(revision, rest);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another try asks for the same revision again
  useEffect(() => {
    if (!open) return;
    const leaving = new AbortController();
    const { signal } = leaving;
    call(pdf, { params: { letterId } }, { signal }).then(
      ({ body }) => {
        setPrinted({ revision: wanted, bytes: body });
        setProblem(null);
      },
      (error) => {
        if (!signal.aborted) setProblem(asProblem(error));
      },
    );
    return () => leaving.abort();
  }, [open, letterId, wanted, tries]);
  const state = problem !== null ? 'failed' : printed?.revision !== revision ? 'busy' : changed ? 'behind' : 'same';
  return (
    <section className={style.pane} aria-label="PDF 排版">
      <Row>
        <Button small aria-expanded={open} onClick={() => onOpen(!open)}>
          {open ? '收起 PDF 排版' : '显示 PDF 排版'}
        </Button>
        {open && (
          <span className="caption" role="status">
            {paneStates[state]}
          </span>
        )}
      </Row>
      {open && problem !== null && (
        <ErrorPanel
          problem={problem}
          onRetry={() => {
            setProblem(null);
            setTries(tries + 1);
          }}
        />
      )}
      {open && printed !== null && (
        <PdfFrame
          key={printed.revision}
          name="公文"
          from={printed.bytes}
          onFail={() => setProblem(asProblem(new Error('the frame did not take the bytes')))}
        />
      )}
    </section>
  );
}
