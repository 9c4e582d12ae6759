import { readEdition } from '#contract/evaluations/evaluations.ts';
import { useAct } from '#web/shared/call/queries.ts';
import { Button, ButtonLink } from '#web/shared/kit/action/Button.tsx';
import { Band } from '#web/shared/kit/feedback/Band.tsx';
import { formatDateTime } from '#web/shared/words/format.ts';
import type { Mode } from '../evaluation.words.ts';
import type { Evaluation } from '../evaluation-reply.ts';
import style from './EvaluationPage.module.css';
import { useObstacles } from './useObstacles.ts';

/** What has to be known before the rest is read: returned, confirmed, what is still hidden. */
export function EvaluationBands({ evaluation, mode }: { evaluation: Evaluation; mode: Mode }) {
  const { returned, returnedReason, can, side, state, self, readEditionAt } = evaluation;
  const { isFree } = useObstacles(evaluation);
  const signs = can.confirmSelf && isFree('confirmSelf');
  return (
    <>
      {returned && returnedReason !== null && (
        <Band tone="look" label="退回补充">
          {returnedText(evaluation)}：{returnedReason}
          {can.answer && (
            <>
              {' '}
              <ButtonLink
                small
                to="/evaluations/$evaluationId"
                params={{ evaluationId: evaluation.id }}
                search={{ show: 'returned' }}
              >
                查看退回的指标
              </ButtonLink>
            </>
          )}
        </Band>
      )}
      <Barred evaluation={evaluation} />
      {signs && (
        <Band tone="look" label="等待确认">
          {handedInText(evaluation)}，等您署名确认。确认后交督导组评审。
        </Band>
      )}
      {state === 'selfEvaluation' && self !== 'open' && !signs && (
        <Band tone="plain" label="自评">
          {waitsText(evaluation)}
        </Band>
      )}
      {mode === 'score' && can.score && readEditionAt === null && <Learn evaluation={evaluation} />}
      {side === 'subject' && mode === 'result' && evaluation.total === null && state !== 'cancelled' && (
        <Band tone="plain" label="评审中">
          {state === 'countyReview' ? '县级督导机构正在复核' : '督导组正在评审'}，得分和意见在反馈初步意见后显示。
        </Band>
      )}
      {evaluation.scoreLeftTo !== null && (
        <Band tone="plain" label="县级评分">
          {leftToText[evaluation.scoreLeftTo]}
        </Band>
      )}
    </>
  );
}

/** Whoever filled or confirmed for a school scores nothing of it: who does instead. */
const leftToText = {
  colleague: '您代学校填写或确认过自评，不能再为它评分；请由本单位另一位有评分权限的人评分。',
  nobody:
    '您代学校填写或确认过自评，不能再为它评分；本单位有评分权限的人都经手过它的自评，请县级再指定一位督导人员评分。',
} as const;

/** `自评已再次报送`: after a return it is handed in anew, and what was signed before counts no more. */
const handedInText = ({ history }: Evaluation): string =>
  history.some(({ action }) => action === 'return') ? '自评已补充并再次报送' : '自评已报送';

/** For whom a self-evaluation that was handed in waits, and who can still take it back. */
function waitsText(evaluation: Evaluation): string {
  const { self, side, can } = evaluation;
  const isOwn = side === 'subject';
  if (self === 'submitted') {
    const takes = isOwn && can.takeBack ? '；确认前可以撤回修改' : '';
    return `${handedInText(evaluation)}，等${isOwn ? '本单位' : '被督导单位'}负责人署名确认${takes}。`;
  }
  if (isOwn) return '自评已由单位负责人署名确认，等督导机构接收；接收前负责人可以撤回。';
  return '自评已由被督导单位负责人署名确认，可以接收，转入下一步。';
}

/** `吴福燕 2026-11-30 退回补充`: by whom and when. */
function returnedText({ history }: Evaluation): string {
  const back = history.findLast(({ action }) => action === 'return');
  return back === undefined ? '退回补充' : `${back.actorName} ${formatDateTime(back.at)} 退回补充`;
}

/** What would come next and cannot be done yet: each act with what keeps it. */
function Barred({ evaluation }: { evaluation: Evaluation }) {
  const { rows } = useObstacles(evaluation);
  const leadsToTalks = evaluation.nodes.some(({ talk }) => talk === 'open');
  return rows.map(({ act, title, reasons, otherHand }) => (
    <Band key={act} tone="plain" label={`还不能${title}`}>
      {otherHand ? `${title}：等另一位有权的人办理。` : `还不能“${title}”：`}
      {reasons.length === 1 ? (
        reasons[0]
      ) : (
        <ul className={style.reasons}>
          {reasons.map((reason) => (
            <li key={reason}>{reason}</li>
          ))}
        </ul>
      )}
      {act === 'moveOn' && leadsToTalks && (
        <>
          {' '}
          <ButtonLink
            small
            to="/evaluations/$evaluationId"
            params={{ evaluationId: evaluation.id }}
            search={{ part: 'leaves', show: 'differ' }}
          >
            查看要合议的指标
          </ButtonLink>
        </>
      )}
    </Band>
  ));
}

/** Whoever judges says that the edition was read; it stands on the list of the panel. */
function Learn({ evaluation }: { evaluation: Evaluation }) {
  const learning = useAct(readEdition, { done: '已记下您学习了本次的指标体系' });
  return (
    <p className="caption">
      评分前请先学习本次使用的指标体系。
      <Button
        small
        kind="quiet"
        busy={learning.busy}
        onClick={() => void learning.act({ params: { evaluationId: evaluation.id } })}
      >
        记下已学习
      </Button>
    </p>
  );
}
