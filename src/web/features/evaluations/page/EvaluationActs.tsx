import { useEffect, useState } from 'react';
import { moveOn, read as readCampaign } from '#contract/campaigns/campaigns.ts';
import { adoptSelf, confirmSelf, read, receive, submit, takeBack } from '#contract/evaluations/evaluations.ts';
import { evaluationStateTitles, kindOf } from '#domain/evaluation/kind.ts';
import type { EvaluationStep } from '#domain/evaluation/lists.ts';
import { useSearchState } from '#web/shared/address/search-state.ts';
import { call } from '#web/shared/call/call.ts';
import { followedFor, followJobs } from '#web/shared/call/follow-jobs.ts';
import { asProblem } from '#web/shared/call/problem.ts';
import { useAct } from '#web/shared/call/queries.ts';
import { SavingState } from '#web/shared/drafts/SavingState.tsx';
import { Button } from '#web/shared/kit/action/Button.tsx';
import { ask, confirm } from '#web/shared/kit/dialog/question.ts';
import { toast } from '#web/shared/kit/feedback/toast.ts';
import { late, WhenHere } from '#web/shared/kit/late.tsx';
import { useHotkeys } from '#web/shared/page/useHotkeys.ts';
import { useNarrow } from '#web/shared/page/useNarrow.ts';
import { useSession } from '#web/shared/session/session.tsx';
import { evaluationSearch } from '../evaluation.search.ts';
import { completenessText, type Mode, unprovedText, untouchedText } from '../evaluation.words.ts';
import type { Evaluation } from '../evaluation-reply.ts';
import { useAnswerDrafts } from '../leaf/answer-drafts.ts';
import { leafOf } from '../leaf/leaf-name.ts';
import { ResultActs } from '../opinion/ResultActs.tsx';
import { adoptableCodes } from '../tree/leaf-filter.ts';
import { useReturn } from './ReviewReturn.tsx';
import { useObstacles } from './useObstacles.ts';

const lacking = late(() => import('./LackDialog.tsx'));

interface EvaluationActsProps {
  evaluation: Evaluation;
  mode: Mode;
}

/** The acts of this person on the whole evaluation, the next one last and marked. */
export function EvaluationActs({ evaluation, mode }: EvaluationActsProps) {
  const { can } = evaluation;
  const { isFree } = useObstacles(evaluation);
  const narrow = useNarrow();
  return (
    <>
      {can.answer && <Saving evaluation={evaluation} />}
      {!narrow && (
        <Button kind="quiet" onClick={() => print()}>
          打印
        </Button>
      )}
      {can.return && <Return />}
      {can.adopt && <Adopt evaluation={evaluation} />}
      {(can.receive ? isFree('receive') && isFree('moveOn') : can.moveOn && isFree('moveOn')) && (
        <MoveOn evaluation={evaluation} />
      )}
      {mode === 'self' && <SelfActs evaluation={evaluation} />}
      <ResultActs evaluation={evaluation} />
    </>
  );
}

/** What a single leaf on a phone needs of them: whether what was typed has arrived. */
export function LeafActs({ evaluation }: { evaluation: Evaluation }) {
  return evaluation.can.answer && <Saving evaluation={evaluation} />;
}

function Saving({ evaluation }: { evaluation: Evaluation }) {
  const of = useAnswerDrafts();
  const { sender } = of;
  useHotkeys({ 'ctrl+s': () => void flushAll(of, evaluation.id) });
  return <SavingState of={{ sender, drafts: of.drafts }} />;
}

/** Sends what is only on this machine of one evaluation; false where some of it did not arrive. */
async function flushAll({ sender, drafts }: ReturnType<typeof useAnswerDrafts>, evaluationId: string) {
  const own = Object.keys(drafts.draft.subjects).filter((name) => leafOf(name).evaluationId === evaluationId);
  const arrived = await Promise.all(own.map((name) => sender.flush(name)));
  return arrived.every(Boolean);
}

/** To hand the self-evaluation in, to confirm it with one's name, to take it back. */
function SelfActs({ evaluation }: { evaluation: Evaluation }) {
  const { can, id, revision, lacks } = evaluation;
  const drafts = useAnswerDrafts();
  const { isFree } = useObstacles(evaluation);
  const { person } = useSession();
  const [showsLacks, setShowsLacks] = useState(false);
  const params = { evaluationId: id };
  const submitting = useAct(submit, { done: '自评已报送，等待负责人确认' });
  const confirming = useAct(confirmSelf, { done: '已署名确认，自评交督导组评审' });
  const takingBack = useAct(takeBack, { done: '已撤回，可以继续修改' });
  const may = can.submit || (can.answer && lacks.length > 0);

  const warning = unprovedText(evaluation);

  async function handIn() {
    if (lacks.length > 0) {
      setShowsLacks(true);
      return;
    }
    if (!(await flushAll(drafts, id))) {
      toast.say('还有内容没有保存到服务器，请稍后再报送');
      return;
    }
    const yes = await confirm({
      warning,
      title: evaluation.returned ? '再次报送自评？' : '报送自评？',
      text: `${completenessText(evaluation)}${untouchedText(evaluation)}报送后不能修改，由单位负责人署名确认；报送人本人不能确认，确认以前可以撤回。`,
      verb: '报送自评',
    });
    if (yes) await submitting.act({ params, body: { revision } });
  }
  async function sign() {
    const yes = await confirm({
      warning,
      title: '署名确认自评？',
      text: `${completenessText(evaluation)}以“${person.name}”的名义确认：自评的内容和材料真实、完整。确认后交督导组评审，本单位不能再修改，除非被退回补充。`,
      verb: '署名确认',
    });
    if (yes) await confirming.act({ params, body: { revision } });
  }
  return (
    <>
      {can.takeBack && (
        <Button busy={takingBack.busy} onClick={() => void takingBack.act({ params, body: { revision } })}>
          撤回自评
        </Button>
      )}
      {may && (
        <Button kind="primary" busy={submitting.busy} onClick={() => void handIn()}>
          {lacks.length > 0 ? `报送自评（还差 ${lacks.length} 项）` : '报送自评'}
        </Button>
      )}
      {can.confirmSelf && isFree('confirmSelf') && (
        <Button kind="primary" busy={confirming.busy} onClick={() => void sign()}>
          署名确认
        </Button>
      )}
      {showsLacks && (
        <WhenHere late={lacking}>
          {({ LackDialog }) => (
            <LackDialog
              title="还不能报送自评"
              text="以下各项填完后才能报送，点击编号去填写。"
              lacks={lacks}
              onClose={() => setShowsLacks(false)}
            />
          )}
        </WhenHere>
      )}
    </>
  );
}

/** Opens the return, on the leaves where they are ticked. */
function Return() {
  const returning = useReturn();
  const [, setSearch] = useSearchState(evaluationSearch);
  const begin = () => {
    setSearch({ part: 'leaves' }, { replace: true });
    returning?.begin();
  };
  useHotkeys({ r: begin });
  if (returning === null || returning.isOpen) return null;
  return (
    <Button hotkey="R" onClick={begin}>
      退回补充
    </Button>
  );
}

/** 其余各项同意自评: an act of its own, which says how many leaves it takes and why. */
function Adopt({ evaluation }: { evaluation: Evaluation }) {
  const codes = adoptableCodes(evaluation.nodes);
  const adopting = useAct(adoptSelf, {
    done: ({ adopted, refused }) =>
      `已按自评计入 ${adopted} 项${refused.length === 0 ? '' : `；${refused.length} 项没有计入：${refused.map(({ code, sentence }) => `${code}（${sentence}）`).join('；')}`}`,
  });
  if (codes.length === 0) return null;
  async function adopt() {
    const reason = await ask({
      title: `其余 ${codes.length} 项同意自评？`,
      text: `您还没有评分的 ${codes.length} 项按自评得分计入您的评分，各标明“同意自评”，记您的姓名和下面的理由。已评的不变；须独立评分、自评没有得分或有异议的不计入，逐项说明。`,
      ...{ label: '理由', verb: `${codes.length} 项同意自评`, required: true, maxLength: 500 },
    });
    if (reason !== null) await adopting.act({ params: { evaluationId: evaluation.id }, body: { codes, reason } });
  }
  return (
    <Button busy={adopting.busy} onClick={() => void adopt()}>
      其余 {codes.length} 项同意自评
    </Button>
  );
}

/** The office moves this subject on; what keeps it is said one by one. */
function MoveOn({ evaluation }: { evaluation: Evaluation }) {
  const moving = useAct(moveOn, {
    done: '正在转入下一步',
    onDone: () => {
      setLeaving(evaluation.state);
      followJobs(read);
    },
  });
  // The level that judges next takes it in itself, without the campaign: a county does not reach the city's rounds.
  const receiving = useAct(receive, { done: '已转入下一步' });
  const [isReading, setReading] = useState(false);
  /** The step that it is to leave: a job moves it, or says in a notice what it lacks. */
  const [leaving, setLeaving] = useState<Evaluation['state'] | null>(null);
  const { kind, state, campaignId, id, subjectName } = evaluation;
  const isWaited = leaving === state;
  useEffect(() => {
    if (leaving === null) return;
    if (leaving !== state) {
      toast.say(`已转入“${evaluationStateTitles[state]}”`);
      setLeaving(null);
      return;
    }
    const refused = setTimeout(() => {
      toast.say('没有转入下一步，缺什么写在“消息”里');
      setLeaving(null);
    }, followedFor);
    return () => clearTimeout(refused);
  }, [leaving, state]);
  const steps = kindOf(kind).steps.map(({ step }) => step);
  const at = steps.indexOf(state as EvaluationStep);
  const next = at === -1 ? undefined : steps[at + 1];
  async function move() {
    const title = next === undefined ? '办结' : evaluationStateTitles[next];
    const yes = await confirm({
      title: `${subjectName}转入“${title}”？`,
      text: `“${evaluationStateTitles[state]}”就此结束；缺什么的，会逐一写明。`,
      verb: `转入${title}`,
    });
    if (!yes) return;
    if (evaluation.can.receive) {
      await receiving.act({ params: { evaluationId: id }, body: { revision: evaluation.revision } });
      return;
    }
    setReading(true);
    try {
      const { revision } = await call(readCampaign, { params: { campaignId } });
      await moving.act({
        params: { campaignId },
        body: { revision, step: state as EvaluationStep, evaluationIds: [id] },
      });
    } catch (error) {
      toast.problem(asProblem(error));
    } finally {
      setReading(false);
    }
  }
  if (at === -1) return null;
  return (
    <Button busy={moving.busy || receiving.busy || isReading || isWaited} onClick={() => void move()}>
      转入下一步
    </Button>
  );
}
