import { useState } from 'react';
import { Button } from '#web/shared/kit/action/Button.tsx';
import { Dialog } from '#web/shared/kit/dialog/Dialog.tsx';
import { formatPercent } from '#web/shared/words/format.ts';
import { resemblanceTitles } from '../evaluation.words.ts';
import type { LinkedEvidence } from '../evaluation-reply.ts';
import { OpenedPiece } from './OpenedPiece.tsx';
import style from './ProofSide.module.css';

type Resemblance = LinkedEvidence['resemblances'][number];

/** Other pieces that look like this one: a hint to look at both, and no verdict. */
export function Resembles({ piece }: { piece: LinkedEvidence }) {
  const [other, setOther] = useState<Resemblance | null>(null);
  if (piece.resemblances.length === 0) return null;
  return (
    <>
      <ul className={style.resembles}>
        {piece.resemblances.map((one) => (
          <li key={`${one.kind} ${one.evidenceId}`}>
            <span className={style.look}>▲</span> 与{one.unitName} {one.year} 年的“{one.title}”
            {resemblanceTitles[one.kind]}
            {one.kind !== 'same-file' && `（${formatPercent(Number(one.closeness))}）`}，请对照看
            <Button small kind="quiet" onClick={() => setOther(one)}>
              对照
            </Button>
          </li>
        ))}
      </ul>
      {other && (
        <Dialog open size="wide" title="两份材料对照" onClose={() => setOther(null)}>
          <p className="soft">系统比对时发现两份材料相近，只作提示。是否重复使用、是否合理，由您看过以后判断。</p>
          <div className={style.pair}>
            <section aria-label="本项材料">
              <h3>{piece.title}</h3>
              <OpenedPiece evidenceId={piece.id} mayAttach={false} />
            </section>
            <section aria-label="相近的材料">
              <h3>
                {other.unitName} {other.year} 年：{other.title}
              </h3>
              <OpenedPiece evidenceId={other.evidenceId} mayAttach={false} />
            </section>
          </div>
        </Dialog>
      )}
    </>
  );
}
