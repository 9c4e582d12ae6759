import { Link } from '@tanstack/react-router';
import { objectToLeaf, refreshFacts } from '#contract/evaluations/evaluations.ts';
import { useAct } from '#web/shared/call/queries.ts';
import { figureText, openNameText } from '#web/shared/framework/indicator.words.ts';
import { Button } from '#web/shared/kit/action/Button.tsx';
import { ask, confirm } from '#web/shared/kit/dialog/question.ts';
import { Band } from '#web/shared/kit/feedback/Band.tsx';
import { Row } from '#web/shared/kit/layout/Row.tsx';
import { Missing } from '#web/shared/kit/words/Missing.tsx';
import { pointsOf } from '../evaluation.words.ts';
import type { Evaluation, Leaf } from '../evaluation-reply.ts';
import style from './Leaf.module.css';
import { SelfNote } from './SelfPart.tsx';
import { traceLines } from './trace-lines.ts';

interface DataPartProps {
  evaluation: Evaluation;
  leaf: Leaf;
}

/** A leaf that data fill: the facts with their sources, how the points came of them, and what the subject objects. */
export function DataPart({ evaluation, leaf }: DataPartProps) {
  const params = { evaluationId: evaluation.id, code: leaf.code };
  const objecting = useAct(objectToLeaf, { done: ({ code }) => `已记录对 ${code} 的异议` });
  const takingBack = useAct(objectToLeaf, { done: '已撤回异议' });
  const refreshing = useAct(refreshFacts, {
    done: ({ changed, filled, unknown }) =>
      `重新取数：${changed.length} 项有变化，${filled} 项有数据，${unknown} 项还没有数据`,
  });
  const self = leaf.layers.find(({ layer }) => layer === 'self');
  const lacking = leaf.facts.filter(({ value }) => value === null);
  const lines = traceLines(leaf.trace, lacking.length > 0);
  async function object() {
    const objection = await ask({
      title: `对 ${leaf.code} 自动取数的结果提出异议`,
      text: '得分不会因此改变；异议和理由随自评一起报送，数据有误的还须在来源处更正。',
      ...{ label: '异议和理由', verb: '提出异议', required: true, maxLength: 1000 },
    });
    if (objection !== null) await objecting.act({ params, body: { version: leaf.version, objection } });
  }
  async function takeBack() {
    if (await confirm({ title: '撤回异议？', text: leaf.objection ?? '', verb: '撤回异议' }))
      await takingBack.act({ params, body: { version: leaf.version, objection: '' } });
  }
  return (
    <section aria-label="数据" className={style.part}>
      <header className={style.partHead}>
        <h3>由数据计分</h3>
        {leaf.factsOn && <span className="caption">{leaf.factsOn} 取数</span>}
        {leaf.can.answer || leaf.can.object ? (
          <span className={style.acts}>
            <Button
              small
              kind="quiet"
              busy={refreshing.busy}
              onClick={() => void refreshing.act({ params: { evaluationId: evaluation.id } })}
            >
              重新取数
            </Button>
          </span>
        ) : null}
      </header>
      <table className={style.facts}>
        <caption className="visually-hidden">所用数据</caption>
        <thead>
          <tr>
            <th scope="col">数据</th>
            <th scope="col" className={style.end}>
              数值
            </th>
            <th scope="col">来源</th>
          </tr>
        </thead>
        <tbody>
          {leaf.facts.map((fact) => (
            <tr key={fact.name}>
              <th scope="row">{openNameText(fact.name)}</th>
              <td className={style.end}>
                {fact.value === null ? (
                  <Missing reason={leaf.ofPanel ? '由督导组评定' : (fact.reason ?? '还没有数据')} />
                ) : (
                  figureText(fact.value)
                )}
              </td>
              <td className="soft" title={fact.certificate ?? undefined}>
                {sourceText(fact)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {lines.length > 0 && (
        <ol className={style.trace}>
          {lines.map((line, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the steps of a finished computation stay in their order
            <li key={at}>{line}</li>
          ))}
        </ol>
      )}
      {self && !self.hidden && (
        <p className={style.running}>
          <span className={style.points}>{pointsOf(self.points, leaf.max)} 分</span>
          {self.points === null && <span className="soft">数据不全，还不能得出</span>}
        </p>
      )}
      {leaf.ofPanel && lacking.length > 0 && <p className="soft">由督导组实地督导时评定，不用被督导单位填写。</p>}
      {lacking.length > 0 && leaf.can.object && !leaf.ofPanel && (
        <p className="soft">
          {lacking.length} 项数据还没有。由本单位填报的事实在
          <Link
            to="/evaluations/$evaluationId"
            params={{ evaluationId: evaluation.id }}
            search={{ part: 'questions', node: leaf.code }}
          >
            要填的事实
          </Link>
          填写一次即可；其余的由数据填报、均衡测算取得，批准后自动计分。
        </p>
      )}
      {leaf.objection !== null && leaf.objection !== '' && (
        <Band tone="look" label="异议">
          异议：{leaf.objection}
        </Band>
      )}
      {leaf.can.answer ? (
        <SelfNote evaluation={evaluation} leaf={leaf} />
      ) : (
        leaf.note !== '' && <p className={style.text}>{leaf.note}</p>
      )}
      {leaf.can.object && (
        <Row>
          <Button busy={objecting.busy} onClick={() => void object()}>
            {leaf.objection ? '修改异议' : '提出异议'}
          </Button>
          {leaf.objection && (
            <Button kind="quiet" busy={takingBack.busy} onClick={() => void takeBack()}>
              撤回异议
            </Button>
          )}
        </Row>
      )}
    </section>
  );
}

/** Where a fact comes from, by the key of its source. */
const sourceTitles: Readonly<Record<string, string>> = {
  entered: '填报的事实',
  filing: '数据填报',
  balance: '均衡测算',
  rectifications: '整改台账',
  evaluations: '评估结果',
  inspectors: '督学名册',
};

function sourceText({ value, source, reason, provisional, certificate }: Leaf['facts'][number]): string {
  if (value === null) return reason ?? '还没有数据';
  return [
    source === null ? '' : (sourceTitles[source] ?? source),
    provisional ? '尚未定案' : '',
    certificate === null
      ? ''
      : certificate.length > mostCertificate
        ? `${certificate.slice(0, mostCertificate)}…`
        : certificate,
  ]
    .filter(Boolean)
    .join(' · ');
}

/** How much of a certificate stands in a cell; the whole of it is in the record. */
const mostCertificate = 80;
