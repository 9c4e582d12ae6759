import { useState } from 'react';
import { enterFact, questions } from '#contract/evaluations/evaluations.ts';
import type { RouteOutput } from '#contract/route.ts';
import { useSearchState } from '#web/shared/address/search-state.ts';
import { refreshAfter, useAct, useRead } from '#web/shared/call/queries.ts';
import { FactDialog, type GivenFact } from '#web/shared/framework/FactDialog.tsx';
import { openNameText } from '#web/shared/framework/indicator.words.ts';
import { Button } from '#web/shared/kit/action/Button.tsx';
import { Empty } from '#web/shared/kit/feedback/Empty.tsx';
import { Loaded } from '#web/shared/kit/feedback/Loaded.tsx';
import { Section } from '#web/shared/kit/layout/Page.tsx';
import { Row } from '#web/shared/kit/layout/Row.tsx';
import { type Column, DataTable } from '#web/shared/kit/table/DataTable.tsx';
import { Missing } from '#web/shared/kit/words/Missing.tsx';
import { formatDate } from '#web/shared/words/format.ts';
import { evaluationSearch } from '../evaluation.search.ts';
import type { Evaluation } from '../evaluation-reply.ts';

type Question = RouteOutput<typeof questions>['rows'][number];

/** The facts that are asked once for all frameworks: the known ones with day and document, the others to be entered. */
export function Questions({ evaluation }: { evaluation: Evaluation }) {
  const loaded = useRead(questions, { params: { evaluationId: evaluation.id } });
  const [entering, setEntering] = useState<Question | null>(null);
  const [last, setLast] = useState({ document: '', asOf: '' });
  const [, setSearch] = useSearchState(evaluationSearch);
  return (
    <Loaded of={loaded} shape="table">
      {({ rows }) => {
        const open = rows.filter(({ value }) => value === null);
        const columns: ReadonlyArray<Column<Question>> = [
          {
            key: 'name',
            title: '事实',
            fact: 1,
            value: (row) => nameOf(row),
            cell: ({ unit, elsewhere, ...row }) => (
              <>
                {nameOf(row)}
                {unit && <span className="soft">（{unit}）</span>}
                {elsewhere > 0 && <span className="caption">　另有 {elsewhere} 个指标体系也用</span>}
              </>
            ),
          },
          // A figure whose years are compared is asked once a year: by the year alone its rows differ.
          {
            ...{ key: 'period', title: '年度', width: '8rem', fact: 2 },
            value: ({ period }) => period,
            cell: ({ period }) => period,
          },
          {
            key: 'value',
            title: '数值',
            fact: 3,
            align: 'end',
            width: '9rem',
            value: ({ value }) => value,
            cell: ({ value }) => (value === null ? <Missing reason="还没有填" /> : value),
          },
          {
            key: 'document',
            title: '依据',
            value: ({ answer }) => answer?.document ?? null,
            cell: ({ answer, value }) =>
              answer === null ? (
                <Missing reason={value === null ? '还没有填' : '由已批准的数据或评估结果得出'} />
              ) : (
                <>
                  {answer.document}
                  <span className="caption">
                    {`　${[answer.asOf, answer.enteredBy, formatDate(answer.enteredAt)].filter(Boolean).join(' · ')}`}
                  </span>
                </>
              ),
          },
          {
            key: 'codes',
            title: '用于指标',
            width: '12rem',
            value: ({ codes, inRules }) => [...codes, ...(inRules ? ['结论'] : [])].join('、'),
            cell: ({ codes, inRules }) => (
              <Row inline gap={1}>
                {codes.map((code) => (
                  <Button key={code} small kind="quiet" onClick={() => setSearch({ part: 'leaves', node: code })}>
                    {code}
                  </Button>
                ))}
                {inRules && <span className="caption">结论</span>}
              </Row>
            ),
          },
          ...(rows.some(({ mayEnter }) => mayEnter)
            ? [
                {
                  key: 'enter',
                  title: '操作',
                  width: '6rem',
                  fact: 3,
                  acts: true,
                  cell: (row: Question) =>
                    row.mayEnter && (
                      <Button
                        small
                        onClick={() => setEntering(row)}
                        aria-label={`${actOn(row)} ${row.period}${nameOf(row)}`}
                      >
                        {actOn(row)}
                      </Button>
                    ),
                } satisfies Column<Question>,
              ]
            : []),
        ];
        return (
          <Section
            title="要填的事实"
            note={`共 ${rows.length} 项，${open.length === 0 ? '都已知' : `还有 ${open.length} 项没有填`}；同一事实各项评估只问一次`}
          >
            <DataTable<Question>
              caption="要填的事实"
              columns={columns}
              rows={[...open, ...rows.filter(({ value }) => value !== null)]}
              rowKey={({ name, yearsBack }) => `${name} ${yearsBack}`}
              rowTone={({ value, mayEnter }) => (value === null && mayEnter ? 'look' : undefined)}
              empty={<Empty title="这次评估没有需要填报的事实" />}
            />
            {entering && (
              <EnterFact
                key={`${entering.name} ${entering.yearsBack}`}
                evaluation={evaluation}
                question={entering}
                from={last}
                left={open.filter((one) => one.mayEnter && one !== entering).length}
                onSaved={(from) => {
                  setLast(from);
                  // The next open question follows at once, with the document that was just named.
                  const at = open.findIndex(({ name, yearsBack }) => isOf(entering, name, yearsBack));
                  const others = [...open.slice(at + 1), ...open.slice(0, at)].filter(({ mayEnter }) => mayEnter);
                  setEntering(at === -1 ? null : (others[0] ?? null));
                }}
                onClose={() => setEntering(null)}
              />
            )}
          </Section>
        );
      }}
    </Loaded>
  );
}

/** A rule that the office rules about has words of its own. */
const nameOf = ({ name, title }: Pick<Question, 'name' | 'title'>) =>
  title === null ? openNameText(name) : `认定是否成立：${title}`;

/** What is done at a fact: the button shows it, and says to a screen reader which of many it is. */
const actOn = ({ answer }: Pick<Question, 'answer'>) => (answer === null ? '填写' : '更正');

const isOf = (question: Question, name: string, yearsBack: number) =>
  question.name === name && question.yearsBack === yearsBack;

interface EnterFactProps {
  evaluation: Evaluation;
  question: Question;
  /** The document and the day that were named last. */
  from: { readonly document: string; readonly asOf: string };
  /** How many other questions are open. */
  left: number;
  onSaved: (from: { readonly document: string; readonly asOf: string }) => void;
  onClose: () => void;
}

function EnterFact({ evaluation, question, from, left, onSaved, onClose }: EnterFactProps) {
  const { name, period, yearsBack, title, elsewhere } = question;
  const entering = useAct(enterFact, {
    done: ({ codes }) => (codes.length === 0 ? '已保存' : `已保存，用于 ${codes.length} 项指标`),
  });
  const send = async (given: GivenFact) => {
    const done = await entering.act({
      params: { evaluationId: evaluation.id },
      body: { ...given, fact: name, yearsBack },
    });
    if (done !== undefined) onSaved({ document: given.document.trim(), asOf: given.asOf });
    // Somebody else may have answered meanwhile: what stands there now is read.
    else void refreshAfter(enterFact);
  };
  return (
    <FactDialog
      fact={question}
      {...(title === null ? {} : { asked: title })}
      caption={[
        `${evaluation.subjectName} · ${period}`,
        ...(elsewhere > 0 ? [`另有 ${elsewhere} 个指标体系也用`] : []),
      ].join(' · ')}
      from={from}
      verb={left === 0 ? '填报' : '填报，填下一项'}
      busy={entering.busy}
      onSend={(given) => void send(given)}
      onClose={onClose}
    />
  );
}
