import { useId } from 'react';
import { answerText } from '#domain/evaluation/points/running-points.ts';
import { reasonNote } from '#domain/evaluation/reason-wanted.ts';
import { ConflictChoice } from '#web/shared/drafts/ConflictChoice.tsx';
import { formatDateTime } from '#web/shared/words/format.ts';
import type { Evaluation, Leaf } from '../evaluation-reply.ts';
import { AnswerField, type LeafAnswer } from './answer/AnswerField.tsx';
import { RunningLine } from './answer/RunningLine.tsx';
import { answerPart, type SelfAnswer, useAnswerDrafts } from './answer-drafts.ts';
import style from './Leaf.module.css';
import { nameOfLeaf } from './leaf-name.ts';

interface SelfPartProps {
  evaluation: Evaluation;
  leaf: Leaf;
}

/** The answer of the subject: each change is kept here at once and saved by itself. */
export function SelfPart({ evaluation, leaf }: SelfPartProps) {
  const editor = useSelfAnswer(evaluation, leaf);
  const { shown, change } = editor;
  const asked = reasonNote(leaf.indicator, leaf.reasonRequired);
  return (
    <section aria-label="自评" className={style.part}>
      <SelfHead leaf={leaf} />
      <Conflict leaf={leaf} editor={editor} />
      {/* biome-ignore lint/a11y/noStaticElementInteractions: it only notes that the fields were left */}
      <div className={style.fields} onBlur={editor.settle}>
        <AnswerField
          indicator={leaf.indicator}
          value={shown.answer}
          onChange={(answer: LeafAnswer | null, isTyped) => change({ answer }, isTyped)}
          notApplicable="本单位不适用（请在说明里写明原因）"
        />
        <RunningLine indicator={leaf.indicator} conditions={leaf.conditions} max={leaf.max} answer={shown.answer} />
        <Note label={`自评说明${asked === null ? '' : `（${asked}）`}`} editor={editor} />
      </div>
    </section>
  );
}

/** Whose the answer is, since when, and to whom of the subject the leaf was given. */
function SelfHead({ leaf }: { leaf: Leaf }) {
  const given = leaf.responsiblePerson?.name ?? leaf.responsibleSection?.name;
  return (
    <header className={style.partHead}>
      <h3>自评</h3>
      {leaf.answeredBy !== null && leaf.answeredAt !== null && (
        <span className="caption">
          {leaf.answeredBy} {formatDateTime(leaf.answeredAt)} 填写
        </span>
      )}
      {given !== undefined && <span className="caption">由{given}负责填写</span>}
    </header>
  );
}

/** The words of the subject at a leaf that data fill: why there is nothing to count, or what has to be known. */
export function SelfNote({ evaluation, leaf }: SelfPartProps) {
  const editor = useSelfAnswer(evaluation, leaf);
  return (
    <>
      <Conflict leaf={leaf} editor={editor} />
      {/* biome-ignore lint/a11y/noStaticElementInteractions: it only notes that the field was left */}
      <div className={style.fields} onBlur={editor.settle}>
        <Note label="说明（数据还没有的，写明情况）" editor={editor} />
      </div>
    </>
  );
}

/** The answer in hand, and its ways: kept at each key, sent when it is finished. */
function useSelfAnswer(evaluation: Evaluation, leaf: Leaf) {
  const { sender, drafts } = useAnswerDrafts();
  const name = nameOfLeaf({ evaluationId: evaluation.id, code: leaf.code });
  const cell = drafts.draft.subjects[name]?.[answerPart];
  const stored: SelfAnswer = { answer: leaf.answer, note: leaf.note };
  const shown = cell?.typing?.value ?? cell?.value ?? stored;
  return {
    shown,
    cell,
    change: (patch: Partial<SelfAnswer>, isTyped = false) => {
      const value = { ...shown, ...patch };
      if (isTyped) sender.type(name, answerPart, { value, before: stored }, leaf.version);
      else sender.edit(name, [{ part: answerPart, value, version: leaf.version }]);
    },
    settle: () => sender.settle(name, answerPart),
    resolve: (choice: 'mine' | 'theirs') => sender.resolve(name, answerPart, choice),
  };
}

type Editor = ReturnType<typeof useSelfAnswer>;

function Conflict({ leaf, editor: { cell, resolve } }: { leaf: Leaf; editor: Editor }) {
  if (!cell) return null;
  const say = (value: SelfAnswer | null) =>
    [answerText(leaf.indicator, value?.answer ?? null), value?.note ?? ''].filter(Boolean).join('；');
  return <ConflictChoice cell={cell} show={say} onChoose={resolve} />;
}

function Note({ label, editor: { shown, change } }: { label: string; editor: Editor }) {
  const id = useId();
  return (
    <>
      <label htmlFor={id} className="caption">
        {label}
      </label>
      <textarea
        id={id}
        rows={3}
        maxLength={2000}
        value={shown.note}
        onChange={({ target }) => change({ note: target.value }, true)}
      />
    </>
  );
}

/** The answer as others read it. */
export function AnswerRead({ leaf }: { leaf: Leaf }) {
  const self = leaf.layers.find(({ layer }) => layer === 'self');
  return (
    <section aria-label="自评" className={style.part}>
      <SelfHead leaf={leaf} />
      {self?.hidden ? (
        <p className="soft">给出您自己的评分以后显示。</p>
      ) : (
        <p>{answerText(leaf.indicator, leaf.answer)}</p>
      )}
      {leaf.note !== '' && <p className={style.text}>{leaf.note}</p>}
    </section>
  );
}
