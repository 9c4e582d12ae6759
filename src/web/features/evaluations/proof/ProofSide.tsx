import { useState } from 'react';
import type { z } from 'zod';
import { linkEvidence, type linkedEvidence } from '#contract/evaluations/evaluations.ts';
import { confidentialityTitles } from '#domain/evaluation/kind.ts';
import { useDeskContext } from '#web/shared/address/context.tsx';
import { useAct } from '#web/shared/call/queries.ts';
import { Button } from '#web/shared/kit/action/Button.tsx';
import { confirm } from '#web/shared/kit/dialog/question.ts';
import { late, WhenHere } from '#web/shared/kit/late.tsx';
import { Row } from '#web/shared/kit/layout/Row.tsx';
import { placeText } from '../evaluation.words.ts';
import type { Evaluation, Leaf } from '../evaluation-reply.ts';
import { OpenedPiece } from './OpenedPiece.tsx';
import style from './ProofSide.module.css';
import { Resembles } from './Resembles.tsx';

type Linked = z.output<typeof linkedEvidence>;

const adding = late(() => import('./AddProof.tsx'));
const placing = late(() => import('./PlaceDialog.tsx'));

interface ProofSideProps {
  evaluation: Evaluation;
  leaf: Leaf;
  /** The piece that is looked at, beside the leaf. */
  shown: string | undefined;
  onShow: (evidenceId: string | undefined) => void;
}

/** The evidence of a leaf beside it: each piece with its numbers and dates, one of them open. */
export function ProofSide({ evaluation, leaf, shown, onShow }: ProofSideProps) {
  const [isAdding, setAdding] = useState(false);
  return (
    <aside className={style.side} aria-label="证据材料">
      <header className={style.head}>
        <h2>证据材料 {leaf.evidence.length > 0 && leaf.evidence.length}</h2>
        {leaf.can.evidence && (
          <span className="screen-only">
            <Button small onClick={() => setAdding(true)}>
              添加材料
            </Button>
          </span>
        )}
      </header>
      {leaf.evidence.length === 0 && (
        <p className="caption">
          {leaf.origin === 'data' && leaf.facts.every(({ value, source }) => value !== null && source !== 'entered')
            ? '由已有的数据计分，不用另附材料。'
            : leaf.evidenceAsked === null
              ? '还没有材料。'
              : `还没有材料。要求：${leaf.evidenceAsked}`}
        </p>
      )}
      <ol className={style.list}>
        {leaf.evidence.map((piece) => (
          <Piece
            key={piece.id}
            evaluation={evaluation}
            leaf={leaf}
            piece={piece}
            isShown={piece.id === shown}
            onShow={() => onShow(piece.id === shown ? undefined : piece.id)}
          />
        ))}
      </ol>
      {isAdding && (
        <WhenHere late={adding}>
          {({ AddProof }) => (
            <AddProof
              evaluation={evaluation}
              leaf={leaf}
              onClose={() => setAdding(false)}
              onAdded={(evidenceId) => {
                setAdding(false);
                onShow(evidenceId);
              }}
            />
          )}
        </WhenHere>
      )}
    </aside>
  );
}

interface PieceProps {
  evaluation: Evaluation;
  leaf: Leaf;
  piece: Linked;
  isShown: boolean;
  onShow: () => void;
}

function Piece({ evaluation, leaf, piece, isShown, onShow }: PieceProps) {
  const linking = useAct(linkEvidence);
  const [isPlacing, setPlacing] = useState(false);
  const { today } = useDeskContext();
  const params = { evaluationId: evaluation.id, code: leaf.code };
  async function unlink() {
    const yes = await confirm({
      title: `不再用“${piece.title}”证明 ${leaf.code}？`,
      text: '材料仍在材料库里，对其他指标的对应不变。',
      verb: '取消对应',
    });
    if (yes) await linking.act({ params, body: { evidenceId: piece.id, linked: false, pageNote: null } });
  }
  const numbers = [
    piece.catalogueNumber === null ? '' : `目录 ${piece.catalogueNumber}`,
    piece.boxNumber === null ? '' : piece.boxNumber.includes('盒') ? piece.boxNumber : `盒号 ${piece.boxNumber}`,
    piece.confidentiality === 'open' ? '' : confidentialityTitles[piece.confidentiality],
  ].filter(Boolean);
  const place = placeText(piece);
  return (
    <li className={style.piece} data-shown={isShown || undefined}>
      <button type="button" className={style.open} aria-expanded={isShown} onClick={onShow}>
        {piece.title}
      </button>
      {place !== '' && <span className={style.page}>{place}</span>}
      <p className="caption">
        {[
          piece.aboutDay === null ? '材料日期不详' : `材料 ${piece.aboutDay}`,
          `收到 ${piece.receivedOn}`,
          ...numbers,
          piece.leaves > 1 ? `证明 ${piece.leaves} 项` : '',
          piece.version > 1 ? `第 ${piece.version} 版` : '',
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
      {piece.expiresOn !== null && piece.expiresOn < today && (
        <p className={style.look}>▲ {piece.expiresOn} 已过有效期</p>
      )}
      {piece.fileId === null && <p className={style.look}>▲ 没有文件，不算已有材料</p>}
      <Resembles piece={piece} unitName={evaluation.subjectName} />
      {isShown && (
        <OpenedPiece
          evidenceId={piece.id}
          mayAttach={leaf.can.evidence}
          place={piece.page === null ? null : { page: piece.page, region: piece.region }}
        />
      )}
      {leaf.can.evidence && (
        <Row>
          <Button small kind="quiet" onClick={() => setPlacing(true)}>
            {place === '' ? '注明页码' : '修改页码'}
          </Button>
          <Button small kind="quiet" busy={linking.busy} onClick={() => void unlink()}>
            取消对应
          </Button>
        </Row>
      )}
      {isPlacing && (
        <WhenHere late={placing}>
          {({ PlaceDialog }) => <PlaceDialog params={params} piece={piece} onClose={() => setPlacing(false)} />}
        </WhenHere>
      )}
    </li>
  );
}
