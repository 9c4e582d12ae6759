import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { opinion } from '#contract/evaluations/evaluations.ts';
import { useSearchState } from '#web/shared/address/search-state.ts';
import { useRead } from '#web/shared/call/queries.ts';
import { bareNames, figureText } from '#web/shared/framework/indicator.words.ts';
import { Button } from '#web/shared/kit/action/Button.tsx';
import { Tabs } from '#web/shared/kit/choice/Tabs.tsx';
import { Loaded } from '#web/shared/kit/feedback/Loaded.tsx';
import { late, WhenHere } from '#web/shared/kit/late.tsx';
import { Facts, Section } from '#web/shared/kit/layout/Page.tsx';
import { type Column, DataTable } from '#web/shared/kit/table/DataTable.tsx';
import { Missing } from '#web/shared/kit/words/Missing.tsx';
import { formatPercent } from '#web/shared/words/format.ts';
import { evaluationSearch } from '../evaluation.search.ts';
import { opinionStateText } from '../evaluation.words.ts';
import type { Evaluation, Opinion } from '../evaluation-reply.ts';
import { TraceButton } from '../page/TraceButton.tsx';
import { DifferencesSection } from './DifferencesSection.tsx';
import { aheadText, Lacks } from './Lacks.tsx';
import { Moved } from './Moved.tsx';
import style from './Opinion.module.css';
import { Comments, Findings } from './OpinionFindings.tsx';
import type { OpinionInHand } from './opinion-in-hand.ts';
import { RulesHeld } from './RulesHeld.tsx';
import { Statements } from './Statements.tsx';

const editor = late(() => import('./OpinionEditor.tsx'));

/** What came of it: total and grade, comments, findings, differences, what the subject states. */
export function OpinionPart({ evaluation, inHand }: { evaluation: Evaluation; inHand: OpinionInHand }) {
  const loaded = useRead(opinion, { params: { evaluationId: evaluation.id } });
  return (
    <Loaded of={loaded} shape="form">
      {(found) => <Shown evaluation={evaluation} opinion={found} inHand={inHand} />}
    </Loaded>
  );
}

interface ShownProps {
  evaluation: Evaluation;
  opinion: Opinion;
}

function Shown({ evaluation, opinion, inHand }: ShownProps & { inHand: OpinionInHand }) {
  const mayEdit = evaluation.can.conclude && opinion.state === 'draft';
  const isWritten = inHand.written !== null || inHand.left !== null;
  // Whoever comes back to what he was writing finds it open.
  const [isEditing, setEditing] = useState(mayEdit && isWritten);
  const [door, setDoor] = useState<'leaf' | 'finding'>('leaf');
  const [, setSearch] = useSearchState(evaluationSearch);
  const open = (node: string) => setSearch({ part: 'leaves', node });
  return (
    <>
      {opinion.moved.length > 0 && <Moved evaluation={evaluation} opinion={opinion} />}
      <Result evaluation={evaluation} opinion={opinion} />
      {isEditing ? (
        <WhenHere late={editor}>
          {({ OpinionEditor }) => (
            <OpinionEditor
              evaluation={evaluation}
              opinion={opinion}
              inHand={inHand}
              onClose={() => setEditing(false)}
            />
          )}
        </WhenHere>
      ) : (
        <Section
          title="意见和问题"
          note={`${opinion.comments.length} 条意见，${opinion.findings.length} 个问题`}
          action={
            mayEdit && (
              <Button onClick={() => setEditing(true)}>
                {isWritten ? '接着写没有保存的意见' : opinion.comments.length === 0 ? '拟写意见' : '修改意见'}
              </Button>
            )
          }
        >
          <Tabs
            label="从哪里看"
            tabs={[
              { key: 'leaf', label: '按意见', count: opinion.comments.length },
              { key: 'finding', label: '按问题', count: opinion.findings.length },
            ]}
            value={door}
            onChange={setDoor}
          >
            {door === 'leaf' ? (
              <Comments opinion={opinion} onOpen={open} />
            ) : (
              <Findings opinion={opinion} onOpen={open} />
            )}
          </Tabs>
        </Section>
      )}
      <Statements evaluation={evaluation} opinion={opinion} />
      <DifferencesSection evaluation={evaluation} opinion={opinion} onOpen={open} />
    </>
  );
}

/** Total, grade and how both came about. */
function Result({ evaluation, opinion }: ShownProps) {
  const { total, max, provisional, conclusions, certificate, indices, lacks } = opinion;
  const isCity = evaluation.side === 'city';
  const [, setSearch] = useSearchState(evaluationSearch);
  const isWithoutPoints = total === null && max === null && (provisional?.from ?? null) === null;
  return (
    <Section title="结论" note={opinionStateText(opinion, evaluation)}>
      <Facts
        items={[
          [
            '得分',
            total === null ? (
              <Missing key="total" reason={isWithoutPoints ? '本指标体系不计分' : '还不能得出'} />
            ) : (
              <span key="total">
                <strong>{max === null ? figureText(total) : `${figureText(total)} / ${figureText(max)} 分`}</strong>
                <TraceButton evaluation={evaluation} />
              </span>
            ),
          ],
          provisional !== null && [
            '还可能',
            provisional.from === null
              ? `${provisional.unanswered.length} 项还没有评定`
              : `${figureText(provisional.from)} 至 ${provisional.to === null ? '上限未知' : figureText(provisional.to)} 分，${provisional.unanswered.length} 项还没有定分`,
          ],
          ...conclusions.map(
            ({ table, name, by, open }) =>
              [
                table,
                <>
                  {name}
                  {by !== '' && <span className="caption">　{by}</span>}
                  {open.length > 0 && (
                    <span className="caption">　还缺 {bareNames(open.slice(0, mostNamed).join('、'))}</span>
                  )}
                </>,
                'wide',
              ] as const,
          ),
          opinion.ruling !== null && ['并列认定', opinion.ruling, 'wide'],
          evaluation.letters.opinion !== null && [
            '督导意见书',
            <Link key="letter" to="/letters/$letterId" params={{ letterId: evaluation.letters.opinion }} search={{}}>
              审核、签发和印发在公文里办理
            </Link>,
            'wide',
          ],
          isCity && indices.overClaim !== null && ['自评偏差', claimText(indices.overClaim), 'wide'],
          certificate !== null && [
            '凭据',
            `校验码 ${certificate.hash.slice(0, 16)} · 计分程序第 ${certificate.engine} 版 · ${certificate.on}`,
            'wide',
          ],
        ]}
      />
      {isCity && <RulesHeld opinion={opinion} onAsk={() => setSearch({ part: 'questions' })} />}
      {isCity && indices.reviewers.length > 0 && <Reviewers opinion={opinion} />}
      {isCity && <Lacks title={beforeWhat(evaluation)} lacks={lacks.filter(({ ahead }) => !ahead)} />}
      {isCity && <Lacks title={aheadText} lacks={lacks.filter(({ ahead }) => ahead)} />}
    </Section>
  );
}

/** How many missing names stand behind a conclusion. */
const mostNamed = 6;

const beforeWhat = ({ state }: Pick<Evaluation, 'state'>): string =>
  state === 'materialReview' || state === 'siteVisit' || state === 'preliminaryOpinion'
    ? '反馈初步意见以前还缺：'
    : '出具结论以前还缺：';

/** How far the subject's own points lie above or below the judged ones, as a share of the points that both layers have judged. */
function claimText(index: string): string {
  const share = Number(index);
  if (share === 0) return '自评与评定相同';
  return `${share > 0 ? '偏高' : '偏低'} ${formatPercent(Math.abs(share), 1)}（自评与评定相差的分数占两层都评的分值）`;
}

/** How strict each reviewer is against the others at the same leaves. */
function Reviewers({ opinion: { indices } }: { opinion: Opinion }) {
  const columns: ReadonlyArray<Column<Opinion['indices']['reviewers'][number]>> = [
    { key: 'name', title: '评分人', fact: 1, value: ({ name }) => name, cell: ({ name }) => name },
    {
      key: 'severity',
      title: '松严',
      fact: 2,
      align: 'end',
      width: '14rem',
      hint: '在本项目的各个对象上，与同一指标其他人的平均相比，占分值的比例：正的偏严，负的偏松',
      value: ({ severity }) => (severity === null ? null : Number(severity)),
      cell: ({ severity, compared }) =>
        severity === null ? (
          <Missing reason="没有别人评同一指标" />
        ) : (
          <>
            {severityText(severity)}
            <span className="caption">　{compared} 项可比</span>
          </>
        ),
    },
    {
      key: 'scores',
      title: '已评',
      unit: '项',
      align: 'end',
      width: '6rem',
      value: ({ scores }) => scores,
      cell: ({ scores }) => scores,
    },
  ];
  return (
    <details className={style.more}>
      <summary>评分人的松严</summary>
      <DataTable caption="评分人的松严" columns={columns} rows={indices.reviewers} rowKey={({ name }) => name} />
    </details>
  );
}

function severityText(severity: string): string {
  const share = Number(severity);
  if (share === 0) return '与平均相同';
  return `${share > 0 ? '偏严' : '偏松'} ${formatPercent(Math.abs(share), 1)}`;
}
