import { type ReactNode, useCallback, useState } from 'react';
import { createPortal } from 'react-dom';
import { leaf as leafRoute } from '#contract/evaluations/evaluations.ts';
import { useRead } from '#web/shared/call/queries.ts';
import type { Walk } from '#web/shared/framework/CodeSplit.tsx';
import { Button } from '#web/shared/kit/action/Button.tsx';
import { Band } from '#web/shared/kit/feedback/Band.tsx';
import { Loaded } from '#web/shared/kit/feedback/Loaded.tsx';
import { ActBar } from '#web/shared/kit/layout/ActBar.tsx';
import { Split } from '#web/shared/kit/layout/Split.tsx';
import { useNarrow } from '#web/shared/page/useNarrow.ts';
import type { Picking } from '#web/shared/review/picking.ts';
import type { Mode } from '../evaluation.words.ts';
import type { Evaluation, Leaf } from '../evaluation-reply.ts';
import { ProofSide } from '../proof/ProofSide.tsx';
import { BesidePart } from './BesidePart.tsx';
import { DataPart } from './DataPart.tsx';
import { LayersPart } from './LayersPart.tsx';
import style from './Leaf.module.css';
import { LeafHead } from './LeafHead.tsx';
import { OwnScore } from './OwnScore.tsx';
import { RemarksPart } from './RemarksPart.tsx';
import { Rubric } from './Rubric.tsx';
import { AnswerRead, SelfPart } from './SelfPart.tsx';
import type { ScoreEdits } from './score-edits.ts';

interface LeafViewProps {
  evaluation: Evaluation;
  code: string;
  mode: Mode;
  walk: Walk;
  edits: ScoreEdits;
  /** Leaves that are ticked for a return. */
  picking: Picking | undefined;
  proof: string | undefined;
  onProof: (evidenceId: string | undefined) => void;
}

/** One leaf with its evidence beside it: what it asks, what was answered, what each layer gave. */
export function LeafView(props: LeafViewProps) {
  const { evaluation, code } = props;
  const loaded = useRead(leafRoute, { params: { evaluationId: evaluation.id, code } });
  return (
    <Loaded of={loaded} shape="form">
      {(leaf) => <Shown key={code} {...props} leaf={leaf} />}
    </Loaded>
  );
}

function Shown({ evaluation, leaf, mode, walk, edits, picking, proof, onProof }: LeafViewProps & { leaf: Leaf }) {
  const answers = leaf.can.answer && leaf.origin === 'person';
  const narrow = useNarrow();
  // The evidence moves between two places and keeps what was begun in it: it is drawn once, in an element that is moved.
  const [moved] = useState(() => document.createElement('div'));
  const put = useCallback((place: HTMLElement | null) => place?.append(moved), [moved]);
  const hasLayers = mode !== 'self' || leaf.layers.some(({ layer, points }) => layer !== 'self' && points !== null);
  const further = (
    <>
      {hasLayers && <LayersPart evaluation={evaluation} leaf={leaf} />}
      <RemarksPart evaluation={evaluation} leaf={leaf} />
      <BesidePart leaf={leaf} />
    </>
  );
  return (
    <Split
      columns={proof === undefined ? 'minmax(0, 1fr) minmax(16rem, 21rem)' : 'minmax(0, 1fr) minmax(24rem, 1.15fr)'}
      stackedGap={4}
    >
      <div>
        <LeafHead leaf={leaf}>
          {picking && (
            <label>
              <input type="checkbox" checked={picking.has(leaf.code)} onChange={() => picking.toggle(leaf.code)} />{' '}
              退回这一项
            </label>
          )}
          <Returned leaf={leaf} />
          <Rubric leaf={leaf} answers={answers || leaf.can.score} />
        </LeafHead>
        {leaf.origin === 'data' ? (
          <DataPart evaluation={evaluation} leaf={leaf} />
        ) : answers ? (
          <SelfPart evaluation={evaluation} leaf={leaf} />
        ) : (
          <AnswerRead leaf={leaf} />
        )}
        {/* Where all stands in one column, whoever scores has seen the evidence before. */}
        {narrow && <div ref={put} className={style.above} />}
        {leaf.can.score ? (
          <OwnScore evaluation={evaluation} leaf={leaf} edits={edits} walk={walk}>
            {further}
          </OwnScore>
        ) : (
          <>
            {further}
            <PhoneWalk walk={walk} />
          </>
        )}
      </div>
      {!narrow && <div ref={put} />}
      {createPortal(<ProofSide evaluation={evaluation} leaf={leaf} shown={proof} onShow={onProof} />, moved)}
    </Split>
  );
}

function Returned({ leaf: { returnedReason } }: { leaf: Leaf }): ReactNode {
  if (returnedReason === null) return null;
  return (
    <Band tone="look" label="退回原因">
      退回补充：{returnedReason}
    </Band>
  );
}

/** On a phone two buttons under the thumb lead on. */
function PhoneWalk({ walk }: { walk: Walk }) {
  const narrow = useNarrow();
  if (!narrow) return null;
  return (
    <ActBar>
      <Button disabled={!walk.previous} onClick={() => walk.previous?.()}>
        上一项
      </Button>
      <Button disabled={!walk.next} onClick={() => walk.next?.()}>
        下一项
      </Button>
    </ActBar>
  );
}
