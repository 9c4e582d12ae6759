import { type KeyboardEvent, type ReactNode, useId, useState } from 'react';
import { score } from '#contract/evaluations/evaluations.ts';
import { waitsForRound } from '#domain/evaluation/leaf.ts';
import { answerText, engineAnswer, runningPoints } from '#domain/evaluation/points/running-points.ts';
import { readExactPoints } from '#domain/evaluation/points/score.ts';
import { reasonNote, reasonWanted } from '#domain/evaluation/reason-wanted.ts';
import type { ProblemError } from '#web/shared/call/problem.ts';
import { refreshAfter, useAct } from '#web/shared/call/queries.ts';
import { Undecided } from '#web/shared/drafts/Undecided.tsx';
import type { Walk } from '#web/shared/framework/CodeSplit.tsx';
import { figureText } from '#web/shared/framework/indicator.words.ts';
import { Button } from '#web/shared/kit/action/Button.tsx';
import { ActBar } from '#web/shared/kit/layout/ActBar.tsx';
import { Row } from '#web/shared/kit/layout/Row.tsx';
import { useHotkeys } from '#web/shared/page/useHotkeys.ts';
import { useNarrow } from '#web/shared/page/useNarrow.ts';
import { formatDateTime } from '#web/shared/words/format.ts';
import type { Evaluation, Leaf } from '../evaluation-reply.ts';
import { AnswerField, type LeafAnswer } from './answer/AnswerField.tsx';
import { answerForm } from './answer/answer-form.ts';
import { RunningLine } from './answer/RunningLine.tsx';
import style from './Leaf.module.css';
import type { ScoreEdit, ScoreEdits } from './score-edits.ts';
import { useEnter } from './useEnter.ts';

interface OwnScoreProps {
  evaluation: Evaluation;
  leaf: Leaf;
  edits: ScoreEdits;
  walk: Walk;
  /** What stands between the score and its buttons, which stay at the lower edge. */
  children: ReactNode;
}

/** Somebody, or this person in another window, has scored here since it was read. */
interface Overtaken {
  readonly version: number;
  readonly theirs: { readonly answer: LeafAnswer | null; readonly points: string | null; readonly reason: string };
  readonly by: string | null;
  readonly at: string | null;
}

const isOvertaken = ({ code }: ProblemError) => code === 'evaluation.scoreOvertaken';

/** The score of this person: nothing is chosen beforehand, and a reason is asked for before it is saved. */
export function OwnScore({ evaluation, leaf, edits, walk, children }: OwnScoreProps) {
  const id = useId();
  const narrow = useNarrow();
  const { indicator, code } = leaf;
  const given = leaf.scores.find(({ own, voidedAt }) => own && voidedAt === null);
  const edit = edits.of(code);
  const shown: ScoreEdit = edit ?? {
    answer: given?.answer ?? null,
    reason: given?.reason ?? '',
    byPoints: given?.answer?.points !== undefined && given.answer.level === undefined,
  };
  const [tried, setTried] = useState(false);
  const scoring = useAct(score, { inline: isOvertaken });
  const overtaken =
    scoring.problem && isOvertaken(scoring.problem) ? (scoring.problem.details as Overtaken) : undefined;
  const form = answerForm(indicator);
  const dataSays = dataWords(leaf);
  const mayByPoints = form.kind !== 'number' && indicator.points !== 'none';
  // Whoever chooses otherwise takes the data no more.
  const change = (patch: Partial<ScoreEdit>) =>
    edits.set(code, { ...shown, ...('answer' in patch ? { byData: false } : {}), ...patch });
  const lack = lackOf(leaf, shown);
  const asked = reasonNote(indicator, leaf.reasonRequired);
  const why = lack === 'reason' && shown.answer !== null ? whyReasonOf(leaf, shown.answer) : null;

  async function save(next: boolean, version = given?.version ?? 0) {
    // What the server has already is not sent again.
    if (given && edit === undefined) {
      if (next) walk.next?.();
      return;
    }
    setTried(true);
    if (lack !== null) return;
    const written = await scoring.act({
      params: { evaluationId: evaluation.id, code },
      body: { version, leafVersion: leaf.version, answer: shown.answer, reason: shown.reason.trim() },
    });
    if (written === undefined) return;
    edits.set(code, null);
    setTried(false);
    if (next) walk.next?.();
  }
  useHotkeys({ 'ctrl+enter': () => void save(true), 'ctrl+s': () => void save(false) });
  useEnter(() => void save(true));
  const enter = (event: KeyboardEvent) => {
    // In a field of one line Enter saves and goes on; in the reason it begins a new line.
    if (event.key !== 'Enter' || event.nativeEvent.isComposing || !(event.target instanceof HTMLInputElement)) return;
    event.preventDefault();
    void save(true);
  };
  return (
    <>
      <section aria-label="我的评分" className={style.part}>
        <header className={style.partHead}>
          <h3>我的评分</h3>
          {given ? (
            <span className="caption">
              {formatDateTime(given.givenAt)} 已评 {given.points === null ? '' : `${figureText(given.points)} 分`}
            </span>
          ) : (
            <span className="caption">还没有评</span>
          )}
          {mayByPoints && (
            <span className={style.acts}>
              <Button
                small
                kind="quiet"
                aria-pressed={shown.byPoints}
                onClick={() => change({ byPoints: !shown.byPoints, answer: null })}
              >
                {shown.byPoints ? '按计分办法评' : '直接给分'}
              </Button>
            </span>
          )}
        </header>
        {overtaken && (
          <Undecided alert>
            <p>{scoring.problem?.message}</p>
            <Row>
              <Button small onClick={() => void save(false, overtaken.version)}>
                用我的：{shown.byData === true ? '按数据' : answerText(indicator, shown.answer)}
              </Button>
              <Button
                small
                onClick={() => {
                  edits.set(code, null);
                  scoring.reset();
                  void refreshAfter(score);
                }}
              >
                用{overtaken.by ?? '对方'}的：{answerText(indicator, overtaken.theirs.answer)}
              </Button>
            </Row>
            {overtaken.at && <p className="caption">{formatDateTime(overtaken.at)} 保存</p>}
          </Undecided>
        )}
        {dataSays !== null && (
          <Row>
            <Button
              small
              aria-pressed={shown.byData === true}
              onClick={() => change({ answer: null, byPoints: false, byData: shown.byData !== true })}
            >
              按数据评：{dataSays}
            </Button>
            <span className="caption">数据无误的，不用再填；另有认定的，在下面填写。</span>
          </Row>
        )}
        {/* biome-ignore lint/a11y/noStaticElementInteractions: Enter in its fields is a second way; the button is the first */}
        <div className={style.fields} onKeyDown={enter}>
          <AnswerField
            indicator={indicator}
            value={shown.answer}
            byPoints={shown.byPoints}
            onChange={(answer) => change({ answer })}
            notApplicable="不适用于该单位（请写明理由）"
          />
          {shown.byData === true ? (
            <p role="status">按数据评 {dataSays}，保存后生效</p>
          ) : (
            <RunningLine indicator={indicator} conditions={leaf.conditions} max={leaf.max} answer={shown.answer} />
          )}
          <label htmlFor={id} className="caption">
            理由{asked === null ? '' : `（${asked}）`}
          </label>
          <textarea
            id={id}
            rows={2}
            maxLength={1000}
            value={shown.reason}
            aria-invalid={(tried && lack === 'reason') || undefined}
            onChange={({ target }) => change({ reason: target.value })}
          />
        </div>
      </section>
      {children}
      <ActBar note={noteOf(lack, tried, edit !== undefined, why)}>
        <Button
          kind="primary"
          busy={scoring.busy}
          disabled={lack === 'answer' && !(given && edit === undefined)}
          onClick={() => void save(true)}
          hotkey="Enter"
        >
          {given && edit === undefined ? '下一项' : walk.next ? '保存，下一项' : '保存评分'}
        </Button>
        {narrow && !(given && edit === undefined) ? (
          <Button disabled={!walk.next} onClick={() => walk.next?.()}>
            下一项
          </Button>
        ) : (
          edit !== undefined && (
            <Button kind="quiet" onClick={() => edits.set(code, null)}>
              放弃改动
            </Button>
          )
        )}
      </ActBar>
    </>
  );
}

/** What data give at the leaf: points, or the value by which it is placed among all subjects; null where they give nothing. */
function dataWords({
  byData,
  valueByData,
  indicator,
}: Pick<Leaf, 'byData' | 'valueByData' | 'indicator'>): string | null {
  if (valueByData !== null) return `数值 ${figureText(valueByData)}${indicator.unit ?? ''}，各对象齐全后按名次计分`;
  return byData === null ? null : `${figureText(byData)} 分`;
}

type Lack = 'answer' | 'fault' | 'open' | 'reason' | null;

/** What a score still lacks before it can be saved. */
export function lackOf(
  leaf: Pick<Leaf, 'indicator' | 'max' | 'reasonRequired'>,
  { answer, reason, byData }: ScoreEdit,
): Lack {
  if (byData === true) return null;
  if (answer === null) return 'answer';
  const running = runningPoints(leaf.indicator, answer);
  const { faults, points, applies } = running;
  if (faults.length > 0) return 'fault';
  const said = reason.trim() !== '';
  if (!applies) return said ? null : 'reason';
  if (points === null) return leaf.max === null || waitsForRound(leaf.indicator, engineAnswer(answer)) ? null : 'open';
  return !said && whyReasonOf(leaf, answer, running) !== null ? 'reason' : null;
}

/** Why this answer is saved with a reason alone, as the part of a sentence; null where it need not have one. */
function whyReasonOf(
  { indicator, reasonRequired }: Pick<Leaf, 'indicator' | 'reasonRequired'>,
  answer: LeafAnswer,
  { points } = runningPoints(indicator, answer),
) {
  return reasonWanted(
    indicator,
    reasonRequired,
    engineAnswer(answer),
    points === null ? null : readExactPoints(points),
  );
}

function noteOf(lack: Lack, tried: boolean, isChanged: boolean, why: string | null): string {
  if (lack === 'answer') return tried ? '请先评分' : '';
  if (lack === 'fault') return '评分有误，见上面的说明';
  if (lack === 'open') return '得分还不能得出，请补全';
  if (lack === 'reason') return why === null ? '请写明理由' : `${why}，请写明理由后保存`;
  return isChanged ? '还没有保存' : '';
}
