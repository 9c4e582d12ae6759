import { useState } from 'react';
import { enterFact, questions } from '#contract/evaluations/evaluations.ts';
import type { RouteOutput } from '#contract/route.ts';
import { useSearchState } from '#web/shared/address/search-state.ts';
import { useAct, useRead } from '#web/shared/call/queries.ts';
import { Form } from '#web/shared/form/Form.tsx';
import { ChoiceField, TextAreaField, TextField } from '#web/shared/form/fields.tsx';
import { NumberField } from '#web/shared/form/NumberField.tsx';
import { openNameText } from '#web/shared/framework/indicator.words.ts';
import { Button } from '#web/shared/kit/action/Button.tsx';
import { Dialog } from '#web/shared/kit/dialog/Dialog.tsx';
import { Empty } from '#web/shared/kit/feedback/Empty.tsx';
import { Loaded } from '#web/shared/kit/feedback/Loaded.tsx';
import { Section } from '#web/shared/kit/layout/Page.tsx';
import { Row } from '#web/shared/kit/layout/Row.tsx';
import { type Column, DataTable } from '#web/shared/kit/table/DataTable.tsx';
import { Missing } from '#web/shared/kit/words/Missing.tsx';
import { evaluationSearch } from '../evaluation.search.ts';
import type { Evaluation } from '../evaluation-reply.ts';

type Question = RouteOutput<typeof questions>['rows'][number];

/** The facts that are asked once for all frameworks: the known ones with day and document, the others to be entered. */
export function Questions({ evaluation }: { evaluation: Evaluation }) {
  const loaded = useRead(questions, { params: { evaluationId: evaluation.id } });
  const [entering, setEntering] = useState<Question | null>(null);
  const [lastDocument, setLastDocument] = useState('');
  const [, setSearch] = useSearchState(evaluationSearch);
  return (
    <Loaded of={loaded} shape="table">
      {({ rows, can }) => {
        const open = rows.filter(({ value }) => value === null);
        const columns: ReadonlyArray<Column<Question>> = [
          {
            key: 'name',
            title: '事实',
            fact: 1,
            value: ({ name }) => openNameText(name),
            cell: ({ name, unit, elsewhere }) => (
              <>
                {openNameText(name)}
                {unit && <span className="soft">（{unit}）</span>}
                {elsewhere > 0 && <span className="caption">　另有 {elsewhere} 个指标体系也用</span>}
              </>
            ),
          },
          { key: 'period', title: '年度', width: '8rem', value: ({ period }) => period, cell: ({ period }) => period },
          {
            key: 'value',
            title: '数值',
            fact: 2,
            align: 'end',
            width: '9rem',
            value: ({ value }) => value,
            cell: ({ value, type }) => (value === null ? <Missing reason="还没有填" /> : said(value, type)),
          },
          {
            key: 'document',
            title: '依据',
            fact: 3,
            value: ({ document }) => document,
            cell: ({ document, enteredBy, enteredOn }) =>
              document === null ? (
                <Missing reason="还没有填" />
              ) : (
                <>
                  {document}
                  <span className="caption">　{[enteredBy, enteredOn].filter(Boolean).join(' ')}</span>
                </>
              ),
          },
          {
            key: 'codes',
            title: '用于指标',
            width: '12rem',
            value: ({ codes }) => codes.join('、'),
            cell: ({ codes }) => (
              <Row inline gap={1}>
                {codes.map((code) => (
                  <Button key={code} small kind="quiet" onClick={() => setSearch({ part: 'leaves', node: code })}>
                    {code}
                  </Button>
                ))}
              </Row>
            ),
          },
          ...(can.enter
            ? [
                {
                  key: 'enter',
                  title: '操作',
                  width: '6rem',
                  bare: true,
                  cell: (row: Question) => (
                    <Button small onClick={() => setEntering(row)} aria-label={`填写${openNameText(row.name)}`}>
                      {row.value === null ? '填写' : '更正'}
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
              rowTone={({ value }) => (value === null && can.enter ? 'look' : undefined)}
              empty={<Empty title="这次评估没有需要填报的事实" />}
            />
            {entering && (
              <EnterFact
                key={`${entering.name} ${entering.yearsBack}`}
                evaluation={evaluation}
                question={entering}
                document={entering.document ?? lastDocument}
                left={open.filter((one) => one !== entering).length}
                onSaved={(document) => {
                  setLastDocument(document);
                  // The next open question follows at once, with the document that was just named.
                  const at = open.findIndex(({ name, yearsBack }) => isOf(entering, name, yearsBack));
                  setEntering(at === -1 ? null : (open[at + 1] ?? open.find((_, place) => place !== at) ?? null));
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

function said(value: string, type: Question['type']): string {
  return type === 'truth' ? (value === 'true' ? '是' : '否') : value;
}

const isOf = (question: Question, name: string, yearsBack: number) =>
  question.name === name && question.yearsBack === yearsBack;

interface EnterFactProps {
  evaluation: Evaluation;
  question: Question;
  /** The document to begin with: of the same question, or the one that was named last. */
  document: string;
  /** How many other questions are open. */
  left: number;
  onSaved: (document: string) => void;
  onClose: () => void;
}

function EnterFact({ evaluation, question, document: from, left, onSaved, onClose }: EnterFactProps) {
  const { name, unit, type, period, yearsBack } = question;
  const [number, setNumber] = useState<number | null>(
    type === 'number' && question.value !== null ? Number(question.value) : null,
  );
  const [text, setText] = useState(type === 'number' ? '' : (question.value ?? ''));
  const [document, setDocument] = useState(from);
  const [tried, setTried] = useState(false);
  const entering = useAct(enterFact, {
    done: ({ codes }) => `已保存，用于 ${codes.length} 项指标`,
    onDone: () => onSaved(document.trim()),
  });
  const value =
    type === 'number' ? number : type === 'truth' ? (text === '' ? null : text === 'true') : text.trim() || null;
  const lacksDocument = document.trim().length < 2;
  return (
    <Dialog open title={`${openNameText(name)}（${period}）`} onClose={onClose}>
      <Form
        verb={question.value !== null ? '保存更正' : left === 0 ? '保存' : '保存，填下一项'}
        busy={entering.busy}
        onSubmit={(event) => {
          event.preventDefault();
          setTried(true);
          if (value === null || lacksDocument) return;
          void entering.act({
            params: { evaluationId: evaluation.id },
            body: { fact: name, yearsBack, value, document: document.trim() },
          });
        }}
      >
        {question.value !== null && <p className="soft">更正后，以前填的和填写人保留在记录里。</p>}
        {type === 'number' && (
          <NumberField
            label="数值"
            {...(unit ? { unit } : {})}
            value={number}
            onChange={setNumber}
            error={tried && value === null ? '请填写数值' : undefined}
          />
        )}
        {type === 'truth' && (
          <ChoiceField
            label="是否"
            value={text === '' ? null : text}
            options={[
              { value: 'true', label: '是' },
              { value: 'false', label: '否' },
            ]}
            onChange={setText}
            error={tried && value === null ? '请选择' : undefined}
          />
        )}
        {type === 'choice' && (
          <TextField
            label="内容"
            value={text}
            maxLength={200}
            onChange={setText}
            error={tried && value === null ? '请填写' : undefined}
          />
        )}
        <TextAreaField
          label="依据的文件或资料"
          value={document}
          maxLength={200}
          rows={2}
          help="写明文件名称、文号或统计表名"
          onChange={setDocument}
          error={tried && lacksDocument ? '请写明依据的文件或资料' : undefined}
        />
      </Form>
    </Dialog>
  );
}
