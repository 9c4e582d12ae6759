import { useState } from 'react';
import { openScores, settleTalk } from '#contract/evaluations/evaluations.ts';
import { layerTitles, settledWayTitles } from '#domain/evaluation/kind.ts';
import { answerText, runningPoints } from '#domain/evaluation/points/running-points.ts';
import type { ProblemError } from '#web/shared/call/problem.ts';
import { useAct } from '#web/shared/call/queries.ts';
import { Form } from '#web/shared/form/Form.tsx';
import { TextAreaField } from '#web/shared/form/fields.tsx';
import { differenceText, figureText } from '#web/shared/framework/indicator.words.ts';
import { Button } from '#web/shared/kit/action/Button.tsx';
import { Dialog } from '#web/shared/kit/dialog/Dialog.tsx';
import { ask } from '#web/shared/kit/dialog/question.ts';
import { Band } from '#web/shared/kit/feedback/Band.tsx';
import { Row } from '#web/shared/kit/layout/Row.tsx';
import { Missing } from '#web/shared/kit/words/Missing.tsx';
import { formatDateTime } from '#web/shared/words/format.ts';
import { pointsOf } from '../evaluation.words.ts';
import type { Evaluation, Leaf } from '../evaluation-reply.ts';
import { ProvinceGiven } from '../province/ProvinceGiven.tsx';
import { standingEntry } from '../province/province.words.ts';
import { AnswerField, type LeafAnswer } from './answer/AnswerField.tsx';
import { answerForm } from './answer/answer-form.ts';
import { RunningLine } from './answer/RunningLine.tsx';
import style from './Leaf.module.css';

interface LayersPartProps {
  evaluation: Evaluation;
  leaf: Leaf;
}

/** The layers side by side, with their differences from the self-evaluation and their reasons; then who gave which score. */
export function LayersPart({ evaluation, leaf }: LayersPartProps) {
  const self = leaf.layers.find(({ layer }) => layer === 'self');
  const hidden = leaf.layers.filter((one) => one.hidden);
  const given = standingEntry(leaf.province);
  return (
    <section aria-label="各层得分" className={style.part}>
      <header className={style.partHead}>
        <h3>各层得分</h3>
        {leaf.can.talk && leaf.talk === null && <OpenEarly evaluation={evaluation} leaf={leaf} />}
      </header>
      {hidden.length > 0 && (
        <p className="soft">
          {hidden.map(({ layer }) => layerTitles[layer]).join('、')}
          的得分暂不显示：本项目先独立评分，您给出自己的评分后才看得到。
        </p>
      )}
      <dl className={style.layers}>
        {leaf.layers
          .filter((one) => !one.hidden)
          .map(({ layer, points, answer, reason, settled }) => {
            const difference = layer === 'self' ? undefined : differenceText(self?.points ?? null, points);
            return (
              <div key={layer}>
                <dt>{layerTitles[layer]}</dt>
                <dd>
                  <span className={style.points}>
                    {points !== null ? (
                      figureText(points)
                    ) : answer !== null ? (
                      answerText(leaf.indicator, answer)
                    ) : layer === 'province' && given?.words ? (
                      given.words
                    ) : (
                      <Missing reason="还没有得分" />
                    )}
                  </span>
                  {difference && <span className={style.difference}>{difference}</span>}
                  {settled && <span className="caption">{settledWayTitles[settled]}</span>}
                  {reason && layer !== 'province' && !saysItself(settled) && (
                    <span className={style.reason}>{reason}</span>
                  )}
                </dd>
              </div>
            );
          })}
      </dl>
      <ProvinceGiven
        evaluation={evaluation}
        code={leaf.code}
        entries={leaf.province}
        city={leaf.layers.find(({ layer, hidden: kept }) => layer === 'city' && !kept)?.points ?? null}
        mayEnter={leaf.can.enterProvince}
      />
      <Talk evaluation={evaluation} leaf={leaf} />
      <Scores leaf={leaf} />
    </section>
  );
}

/** The way in which points came about says all of the reason; whoever reads no way reads the reason. */
const saysItself = (way: Leaf['layers'][number]['settled']) => way === 'mean' || way === 'trimmed';

/** Who gave which score; those that a later change voided stay and say so. */
function Scores({ leaf }: { leaf: Leaf }) {
  const others = leaf.scores;
  if (others.length === 0) return null;
  return (
    <ul className={style.scores}>
      {others.map((score) => (
        <li key={score.id} data-void={score.voidedAt !== null || undefined}>
          <span className={style.scorer}>
            {layerTitles[score.layer]}　{score.own ? `${score.reviewer}（我）` : score.reviewer}
          </span>
          <span className={style.scored}>{pointsOf(score.points, leaf.max)}</span>
          <span className={style.said}>
            {score.adopted ? '同意自评' : answerText(leaf.indicator, score.answer)}
            {score.reason !== '' && `；${score.reason}`}
            <span className="caption">
              {' '}
              {formatDateTime(score.givenAt)}
              {score.voidedAt !== null &&
                ` · ${formatDateTime(score.voidedAt)} 作废：${score.voidReason ?? '被评内容有改动'}`}
            </span>
          </span>
        </li>
      ))}
    </ul>
  );
}

/** Which elements each reviewer holds missing, beside the elements themselves: a score names them by their numbers. */
function HeldMissing({ leaf: { indicator, scores } }: { leaf: Leaf }) {
  const form = answerForm(indicator);
  if (form.kind !== 'missing') return null;
  const standing = scores.filter(({ voidedAt }) => voidedAt === null);
  const holders = form.items.map((_, at) =>
    standing.filter(({ answer }) => Array.isArray(answer?.missing) && answer.missing.includes(at + 1)),
  );
  if (holders.every((those) => those.length === 0)) return null;
  return (
    <ol className={style.elements} aria-label="各人认为缺的要素">
      {form.items.map((text, at) => {
        const names = holders[at]!.map(({ reviewer }) => reviewer);
        return (
          <li key={text}>
            {text}
            {names.length > 0 && <span className="caption">　{names.join('、')}认为缺</span>}
          </li>
        );
      })}
    </ol>
  );
}

/** The leader opens the scores before all are given, with a reason that is kept. */
function OpenEarly({ evaluation, leaf }: LayersPartProps) {
  const opening = useAct(openScores, { done: ({ opened }) => `已公开 ${opened} 个评分` });
  const params = { evaluationId: evaluation.id, code: leaf.code };
  async function openEarly() {
    const reason = await ask({
      title: `提前公开 ${leaf.code} 的评分？`,
      text: '还没有评分的人会先看到别人的分数，不再是独立评分。这件事和原因记入办理经过。',
      ...{ label: '原因', verb: '公开评分', danger: true, required: true, maxLength: 500 },
    });
    if (reason !== null) await opening.act({ params, body: { reason } });
  }
  return (
    <span className={style.acts}>
      <Button small kind="quiet" busy={opening.busy} onClick={() => void openEarly()}>
        提前公开评分
      </Button>
    </span>
  );
}

const isTalkOvertaken = ({ code }: ProblemError) => code === 'evaluation.talkOvertaken';

/** What another leader has settled meanwhile, as the refusal tells it; null where it was voided. */
interface TalkOvertaken {
  readonly version: number;
  readonly theirs: Pick<NonNullable<Leaf['talk']>, 'points' | 'answer'> | null;
  readonly by: string | null;
}

/** `“达到”`, ` 4 分`: what the talk found. */
function foundText(
  { indicator }: Leaf,
  { points, answer }: Pick<NonNullable<Leaf['talk']>, 'points' | 'answer'>,
): string {
  if (points !== null) return ` ${figureText(points)} 分`;
  return answer === null ? '—' : `“${answerText(indicator, answer)}”`;
}

/** Why the scores are talked over: points lie too far apart, or they say different things without points. */
function apartText({ scores }: Leaf, spread: string): string {
  const standing = scores.filter(({ voidedAt }) => voidedAt === null);
  const pointed = standing.every(({ points }) => points !== null);
  const why = pointed ? `评分相差 ${figureText(spread)} 分，超过规定` : '各人的评定不一致';
  return `${why}，须合议定分；各人原来的评分保留。`;
}

/** A difference beyond what the campaign allows is talked over; what each gave stays. */
function Talk({ evaluation, leaf }: LayersPartProps) {
  const [open, setOpen] = useState(false);
  const { talk } = leaf;
  if (talk === null) return null;
  if (talk.settledAt !== null) {
    return (
      <Band tone="plain" label="合议">
        {`合议定为${foundText(leaf, talk)}（${talk.settledBy}，${formatDateTime(talk.settledAt)}）：${talk.minutes ?? ''}`}
      </Band>
    );
  }
  return (
    <Band tone="look" label="合议">
      <Row>
        <span>{apartText(leaf, talk.spread)}</span>
        {leaf.can.talk && (
          <Button small onClick={() => setOpen(true)}>
            记录合议
          </Button>
        )}
      </Row>
      {open && <TalkDialog evaluation={evaluation} leaf={leaf} onClose={() => setOpen(false)} />}
    </Band>
  );
}

function TalkDialog({ evaluation, leaf, onClose }: LayersPartProps & { onClose: () => void }) {
  const { indicator } = leaf;
  const [minutes, setMinutes] = useState('');
  const [reason, setReason] = useState('');
  const [answer, setAnswer] = useState<LeafAnswer | null>(null);
  const [tried, setTried] = useState(false);
  const settling = useAct(settleTalk, { done: '已定分', inline: isTalkOvertaken, onDone: onClose });
  // What another leader settled meanwhile: the next press is about that, and both values stand here.
  const overtaken =
    settling.problem && isTalkOvertaken(settling.problem) ? (settling.problem.details as TalkOvertaken) : undefined;
  const seen = overtaken?.version ?? leaf.layers.find(({ layer }) => layer === leaf.talk?.layer)?.version ?? 0;
  const answerFault = answer === null ? lackText(indicator) : runningPoints(indicator, answer).faults[0];
  const minutesFault = minutes.trim().length < 2 ? '请记录合议的情况' : undefined;
  const reasonFault = reason.trim().length < 2 ? '请写明给被评单位看的理由' : undefined;
  return (
    <Dialog open title={`合议：${leaf.code} ${leaf.title ?? ''}`} onClose={onClose}>
      <Form
        verb="写定评分"
        busy={settling.busy}
        onSubmit={(event) => {
          event.preventDefault();
          setTried(true);
          if (answerFault || minutesFault || reasonFault || answer === null) return;
          void settling.act({
            params: { evaluationId: evaluation.id, code: leaf.code },
            body: { version: seen, minutes: minutes.trim(), reason: reason.trim(), answer },
          });
        }}
      >
        <Scores leaf={leaf} />
        <HeldMissing leaf={leaf} />
        {overtaken && (
          <Band tone="look" label="已有人定分" alert>
            {settling.problem?.message}
            <br />
            {overtaken.theirs !== null && `${overtaken.by}定为${foundText(leaf, overtaken.theirs)}；`}
            您填的在下面：要改为您的结果，请再按一次“写定评分”。
          </Band>
        )}
        <TextAreaField
          label="合议情况"
          value={minutes}
          onChange={setMinutes}
          rows={4}
          maxLength={2000}
          help="写明分歧在哪里、依据什么定分。只留在督导组内，被评单位看不到。"
          error={tried ? minutesFault : undefined}
        />
        <TextAreaField
          label="给被评单位的理由"
          value={reason}
          onChange={setReason}
          rows={2}
          maxLength={500}
          help="用一句话说明为什么这样定分；反馈后被评单位看得到，不写评分人的姓名和各自的分数。"
          error={tried ? reasonFault : undefined}
        />
        <fieldset className={style.fields}>
          <legend className="caption">合议定为</legend>
          <AnswerField
            indicator={indicator}
            value={answer}
            onChange={setAnswer}
            byPoints={indicator.points !== 'none'}
            notApplicable="不适用于该单位（请在理由中写明）"
          />
          <RunningLine indicator={indicator} conditions={leaf.conditions} max={leaf.max} answer={answer} />
          {tried && answerFault !== undefined && (
            <p role="alert" className={style.lack}>
              {answerFault}
            </p>
          )}
        </fieldset>
      </Form>
    </Dialog>
  );
}

/** What has to be said where nothing is yet. */
const lackText = (indicator: Leaf['indicator']) =>
  indicator.points === 'none' && answerForm(indicator).kind !== 'number'
    ? '请选择合议定下的结果'
    : '请填写合议定下的结果';
