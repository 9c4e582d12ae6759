import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { readEvidence, removeEvidence } from '#contract/evaluations/evaluations.ts';
import { confidentialityTitles } from '#domain/evaluation/kind.ts';
import { useDeskContext } from '#web/shared/address/context.tsx';
import { useAct, useRead } from '#web/shared/call/queries.ts';
import { type Act, ActRow } from '#web/shared/kit/action/ActRow.tsx';
import { Button } from '#web/shared/kit/action/Button.tsx';
import { confirm } from '#web/shared/kit/dialog/question.ts';
import { Band } from '#web/shared/kit/feedback/Band.tsx';
import { Loaded } from '#web/shared/kit/feedback/Loaded.tsx';
import { late, WhenHere } from '#web/shared/kit/late.tsx';
import type { Fact } from '#web/shared/kit/layout/Page.tsx';
import { Missing } from '#web/shared/kit/words/Missing.tsx';
import { formatDateTime } from '#web/shared/words/format.ts';
import { placeText } from '../evaluation.words.ts';
import { OpenedPiece } from '../proof/OpenedPiece.tsx';
import { Resembles } from '../proof/Resembles.tsx';
import style from './Evidence.module.css';
import type { Piece } from './evidence-reply.ts';

const dialogs = late(() => import('./EvidenceDialog.tsx'));

interface PieceViewProps {
  evidenceId: string;
  onOpen: (evidenceId: string | undefined) => void;
}

/** One piece beside the list: its files, what it proves, its versions. */
export function PieceView({ evidenceId, onOpen }: PieceViewProps) {
  const read = useRead(readEvidence, { params: { evidenceId } });
  return (
    <aside className={style.side} aria-label="材料">
      <Loaded of={read} shape="form">
        {(piece) => <Whole key={piece.id} piece={piece} onOpen={onOpen} />}
      </Loaded>
    </aside>
  );
}

function Whole({ piece, onOpen }: { piece: Piece; onOpen: PieceViewProps['onOpen'] }) {
  const [open, setOpen] = useState<'edit' | 'replace' | null>(null);
  const { today } = useDeskContext();
  const { id, title, revision, can, links, versions, expiresOn, replacedBy } = piece;
  const removing = useAct(removeEvidence, { done: '已移出材料库', onDone: () => onOpen(undefined) });
  async function remove() {
    const yes = await confirm({
      title: `把“${title}”移出材料库？`,
      text: '它没有对应任何指标；移出后不再列出，文件按保存期清理。',
      verb: '移出材料库',
      danger: true,
    });
    if (yes) await removing.act({ params: { evidenceId: id }, body: { revision } });
  }
  const acts: readonly Act[] = [
    [can.replace && replacedBy === null, '登记新版本', () => setOpen('replace'), false, 'plain'],
    [can.edit, '修改登记', () => setOpen('edit'), false, 'plain'],
    [can.remove, '移出材料库', () => void remove(), removing.busy, 'quiet'],
  ];
  const isExpired = expiresOn !== null && expiresOn < today;
  return (
    <>
      <header className={style.head}>
        <h2>{title}</h2>
        <Button small kind="quiet" onClick={() => onOpen(undefined)}>
          收起
        </Button>
      </header>
      {replacedBy !== null && (
        <Band tone="plain" label="旧版本">
          已有新版本。
          <Button small kind="quiet" onClick={() => onOpen(replacedBy)}>
            看新版本
          </Button>
        </Band>
      )}
      {isExpired && (
        <Band tone="look" label="有效期">
          {expiresOn} 已过有效期，请登记新版本。
        </Band>
      )}
      <dl className={style.facts}>
        {factsOf(piece).map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <ActRow acts={acts} />
      <Resembles piece={piece} />
      <OpenedPiece evidenceId={id} mayAttach={can.attach} />
      <h3>证明的指标 {links.length > 0 && links.length}</h3>
      {links.length === 0 ? (
        <p className="caption">还没有对应指标；在自评的指标旁边，从材料库里选它。</p>
      ) : (
        <ul className={style.links}>
          {links.map(({ evaluationId, evaluationTitle, code, title: leaf, ...place }) => (
            <li key={`${evaluationId} ${code}`}>
              <Link
                to="/evaluations/$evaluationId"
                params={{ evaluationId }}
                search={{ part: 'leaves', node: code, proof: id }}
              >
                {code} {leaf ?? '名称未见'}
              </Link>
              <span className="caption">{[evaluationTitle, placeText(place)].filter(Boolean).join(' · ')}</span>
            </li>
          ))}
        </ul>
      )}
      {versions.length > 1 && (
        <>
          <h3>版本</h3>
          <ul className={style.links}>
            {versions.map((one) => (
              <li key={one.id}>
                <button
                  type="button"
                  className={style.version}
                  aria-current={one.id === id || undefined}
                  onClick={() => onOpen(one.id)}
                >
                  第 {one.version} 版
                </button>
                <span className="caption">
                  {[one.fileName ?? '没有文件', `${formatDateTime(one.addedAt)} ${one.addedBy}`].join(' · ')}
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
      {open !== null && (
        <WhenHere late={dialogs}>
          {({ NewPiece, EditPiece }) =>
            open === 'edit' ? (
              <EditPiece piece={piece} onClose={() => setOpen(null)} />
            ) : (
              <NewPiece
                replaces={piece}
                onClose={() => setOpen(null)}
                onAdded={(evidenceId) => {
                  setOpen(null);
                  onOpen(evidenceId);
                }}
              />
            )
          }
        </WhenHere>
      )}
    </>
  );
}

function factsOf(piece: Piece): Fact[] {
  const { aboutDay, receivedOn, catalogueNumber, boxNumber, confidentiality, expiresOn, addedBy, addedAt } = piece;
  return [
    ['材料日期', aboutDay ?? <Missing reason="登记时没有写明" />],
    ['收到日期', receivedOn],
    ['目录号', catalogueNumber ?? <Missing reason="还没有编目" />],
    ['档案盒号', boxNumber ?? <Missing reason="还没有入盒" />],
    ['密级', confidentialityTitles[confidentiality]],
    ['有效期至', expiresOn ?? '长期'],
    ['登记人', addedBy],
    ['登记时间', formatDateTime(addedAt)],
  ];
}
