import { useState } from 'react';
import { Button } from '#web/shared/kit/action/Button.tsx';
import { Dialog } from '#web/shared/kit/dialog/Dialog.tsx';
import { formatPercent } from '#web/shared/words/format.ts';
import { resemblanceSentence, resemblanceTitles } from '../evaluation.words.ts';
import type { LinkedEvidence } from '../evaluation-reply.ts';
import { OpenedPiece } from './OpenedPiece.tsx';
import style from './ProofSide.module.css';

type Resemblance = LinkedEvidence['resemblances'][number];

interface ResemblesProps {
  piece: LinkedEvidence;
  /** Whose evaluation it is, absent in a library: `鲤城区`: what the pieces call `鲤城` is its own, and another matter than those of others. */
  unitName?: string;
}

/** Other pieces that look like this one, those of other units apart: a hint to look at both, and no verdict. */
export function Resembles({ piece, unitName }: ResemblesProps) {
  const [other, setOther] = useState<Resemblance | null>(null);
  const isOwn = (one: Resemblance) => unitName?.startsWith(one.unitName) ?? false;
  const groups = [
    {
      whose: unitName === undefined ? '其他单位或其他年度' : '其他单位',
      rows: piece.resemblances.filter((one) => !isOwn(one)),
    },
    { whose: '本单位', rows: piece.resemblances.filter(isOwn) },
  ].filter(({ rows }) => rows.length > 0);
  return (
    <>
      {groups.map(({ whose, rows }) => (
        <details key={whose} className={style.resembles}>
          <summary>
            <span className={style.look}>▲</span> {resemblanceSentence(whose, rows)}
          </summary>
          <ul>
            {rows.map((one) => (
              <li key={`${one.kind} ${one.evidenceId}`}>
                {one.unitName} {one.year} 年的“{one.title}”{resemblanceTitles[one.kind]}
                {one.kind !== 'same-file' && `（${formatPercent(Number(one.closeness))}）`}
                <Button small kind="quiet" onClick={() => setOther(one)}>
                  对照
                </Button>
              </li>
            ))}
          </ul>
        </details>
      ))}
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
