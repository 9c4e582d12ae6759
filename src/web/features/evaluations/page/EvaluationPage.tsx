import { Link, useParams } from '@tanstack/react-router';
import { read } from '#contract/evaluations/evaluations.ts';
import { evaluationKindTitles } from '#domain/evaluation/kind.ts';
import { editionMark } from '#domain/framework/edition/edition-mark.ts';
import { useDeskContext } from '#web/shared/address/context.tsx';
import { useSearchState } from '#web/shared/address/search-state.ts';
import { useRead } from '#web/shared/call/queries.ts';
import { Tabs } from '#web/shared/kit/choice/Tabs.tsx';
import { LoadedPage } from '#web/shared/kit/feedback/LoadedPage.tsx';
import { Page } from '#web/shared/kit/layout/Page.tsx';
import { DeadlineText } from '#web/shared/kit/words/DeadlineText.tsx';
import { StateMark } from '#web/shared/kit/words/StateMark.tsx';
import { useNarrow } from '#web/shared/page/useNarrow.ts';
import { formatDateTime } from '#web/shared/words/format.ts';
import { evaluationMarks } from '../desk/state-marks.ts';
import { evaluationSearch, partOf } from '../evaluation.search.ts';
import { modeOf, stepBasis, stepWords } from '../evaluation.words.ts';
import type { Evaluation } from '../evaluation-reply.ts';
import { OpinionPart } from '../opinion/OpinionPart.tsx';
import { useOpinionInHand } from '../opinion/opinion-in-hand.ts';
import { Course } from './Course.tsx';
import { EvaluationActs, LeafActs } from './EvaluationActs.tsx';
import { EvaluationBands } from './EvaluationBands.tsx';
import style from './EvaluationPage.module.css';
import { LayerTotals } from './LayerTotals.tsx';
import { LeavesPart } from './LeavesPart.tsx';
import { MissingEvidence } from './MissingEvidence.tsx';
import { Questions } from './Questions.tsx';
import { Responsibility } from './Responsibility.tsx';
import { ReturnProvider } from './ReviewReturn.tsx';
import { TraceButton } from './TraceButton.tsx';

const above = (
  <Link to="/evaluations" search={{}}>
    评估对象
  </Link>
);

/** One evaluation: self-evaluation, scoring and result are the same page, by the step and by who looks. */
export default function EvaluationPage() {
  const { evaluationId } = useParams({ from: '/desk/evaluations/$evaluationId' });
  const loaded = useRead(read, { params: { evaluationId } });
  return (
    <LoadedPage of={loaded} title="评估" above={above}>
      {(evaluation) => (
        <ReturnProvider key={evaluation.id} evaluation={evaluation}>
          <Shown evaluation={evaluation} />
        </ReturnProvider>
      )}
    </LoadedPage>
  );
}

function Shown({ evaluation }: { evaluation: Evaluation }) {
  const { today } = useDeskContext();
  const [search, setSearch] = useSearchState(evaluationSearch);
  const inHand = useOpinionInHand(evaluation);
  const mode = modeOf(evaluation);
  const parts = partsOf(evaluation);
  const concludes = mode === 'result' || evaluation.can.release;
  const usual = concludes && parts.some(({ key }) => key === 'opinion') ? 'opinion' : 'leaves';
  const part = partOf(
    search,
    parts.map(({ key }) => key),
    usual,
  );
  const { edition, statementDue } = evaluation;
  // The day that was told to the subject counts, and not the one of the timetable.
  const due = evaluation.state === 'statement' && statementDue !== null ? statementDue : evaluation.due;
  const ended = evaluation.state === 'closed' || evaluation.state === 'cancelled';
  const judgedBy = `${edition.title}（${editionMark(edition)}）`;
  const source = `${evaluation.title} · ${evaluation.subjectName} · ${judgedBy} · 校验码 ${edition.hash.slice(0, 16)}`;
  // On a phone an open leaf has the screen: what stands above the tree is one step back. The mark stands wherever points do. The
  // leaf itself stays in its place, so that a phone that is turned closes no dialog of it.
  const leafAlone = useNarrow() && part === 'leaves' && search.node !== undefined;
  return (
    <Page
      wide
      title={leafAlone ? evaluation.subjectName : `${evaluation.subjectName} · ${evaluation.title}`}
      above={above}
      source={source}
      state={
        !leafAlone && (
          <div className={style.state}>
            <StateMark state={evaluationMarks[evaluation.state]} text={stepWords(evaluation)} />
            {due !== null && !ended && <DeadlineText date={due} now={today} {...basisOf(evaluation)} />}
            <LayerTotals evaluation={evaluation}>
              <TraceButton evaluation={evaluation} />
            </LayerTotals>
          </div>
        )
      }
      action={leafAlone ? <LeafActs evaluation={evaluation} /> : <EvaluationActs evaluation={evaluation} mode={mode} />}
    >
      {leafAlone ? (
        <p className={`caption ${style.about}`}>{judgedBy}</p>
      ) : (
        <About evaluation={evaluation} judgedBy={judgedBy} />
      )}
      {!leafAlone && <EvaluationBands evaluation={evaluation} mode={mode} />}
      <Tabs
        label="评估的内容"
        tabs={parts}
        value={part}
        alone={leafAlone}
        onChange={(key) => setSearch({ part: key === usual && search.node === undefined ? undefined : key })}
      >
        {part === 'leaves' && <LeavesPart evaluation={evaluation} mode={mode} />}
        {part === 'questions' && <Questions evaluation={evaluation} />}
        {part === 'people' && <Responsibility evaluation={evaluation} />}
        {part === 'missing' && <MissingEvidence evaluation={evaluation} />}
        {part === 'opinion' && <OpinionPart evaluation={evaluation} inHand={inHand} />}
        {part === 'course' && <Course evaluation={evaluation} />}
      </Tabs>
    </Page>
  );
}

/** What it is judged by, who leads it, and who vouched for the self-evaluation: one quiet line. */
function About({ evaluation, judgedBy }: { evaluation: Evaluation; judgedBy: string }) {
  const { kind, leadUnitName, partnerUnitName, confirmedBy, confirmedAt } = evaluation;
  return (
    <p className={`caption ${style.about}`}>
      {[
        evaluationKindTitles[kind],
        judgedBy,
        partnerUnitName === null ? leadUnitName : `${leadUnitName}牵头，${partnerUnitName}配合`,
        confirmedBy !== null && confirmedAt !== null && `自评由${confirmedBy} ${formatDateTime(confirmedAt)} 署名确认`,
      ]
        .filter(Boolean)
        .join(' · ')}
    </p>
  );
}

function basisOf(evaluation: Evaluation): { basis?: string } {
  const basis = stepBasis(evaluation);
  return basis === undefined ? {} : { basis };
}

/** The parts of the page that say something to this person now. */
function partsOf({ nodes, side, can, state, total, statementDue }: Evaluation) {
  const lacking = nodes.filter(({ isLeaf, lacksEvidence }) => isLeaf && lacksEvidence).length;
  const isReleased = total !== null || statementDue !== null;
  const sees = side === 'city' ? state !== 'notice' && state !== 'selfEvaluation' : isReleased && side !== 'panel';
  return [
    { key: 'leaves' as const, label: '指标', count: nodes.filter(({ isLeaf }) => isLeaf).length },
    ...(side === 'panel' ? [] : [{ key: 'questions' as const, label: '要填的事实' }]),
    ...(can.answer ? [{ key: 'people' as const, label: '分工' }] : []),
    { key: 'missing' as const, label: '缺少的材料', count: lacking },
    ...(sees || can.conclude ? [{ key: 'opinion' as const, label: '结论' }] : []),
    { key: 'course' as const, label: '安排和经过' },
  ];
}
