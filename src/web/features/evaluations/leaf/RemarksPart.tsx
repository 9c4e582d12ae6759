import { useState } from 'react';
import { remark } from '#contract/evaluations/evaluations.ts';
import { useAct } from '#web/shared/call/queries.ts';
import { LeftWriting } from '#web/shared/drafts/writing/LeftWriting.tsx';
import { useWriting } from '#web/shared/drafts/writing/useWriting.ts';
import { TextAreaField } from '#web/shared/form/fields.tsx';
import { Button } from '#web/shared/kit/action/Button.tsx';
import { Row } from '#web/shared/kit/layout/Row.tsx';
import { newId } from '#web/shared/page/new-id.ts';
import { formatDateTime } from '#web/shared/words/format.ts';
import type { Evaluation, Leaf } from '../evaluation-reply.ts';
import style from './Leaf.module.css';
import { nameOfLeaf } from './leaf-name.ts';

interface RemarksPartProps {
  evaluation: Evaluation;
  leaf: Leaf;
}

/** What the panel says among itself at the leaf, the oldest first. */
export function RemarksPart({ evaluation, leaf }: RemarksPartProps) {
  const { remarks, can } = leaf;
  if (remarks.length === 0 && !can.remark) return null;
  return (
    <section aria-label="组内商量" className={style.part}>
      <header className={style.partHead}>
        <h3>组内商量</h3>
        <span className="caption">只有督导组和市级督导机构看得到</span>
      </header>
      {remarks.length > 0 && (
        <ul className={style.remarks}>
          {remarks.map(({ id, author, text, at, own }) => (
            <li key={id}>
              <span className="caption">
                {own ? `${author}（我）` : author} {formatDateTime(at)}
              </span>
              <span className={style.text}>{text}</span>
            </li>
          ))}
        </ul>
      )}
      {can.remark && <NewRemark evaluation={evaluation} leaf={leaf} />}
    </section>
  );
}

/** A remark in hand; it stays on this machine until it is said. */
function NewRemark({ evaluation, leaf }: RemarksPartProps) {
  const [text, setText] = useState('');
  // A second try of the same remark says it once.
  const [id, setId] = useState(newId);
  const saying = useAct(remark, {
    onDone: () => {
      setText('');
      setId(newId());
    },
  });
  const left = useWriting({
    ...{
      kind: 'remark',
      subjectId: nameOfLeaf({ evaluationId: evaluation.id, code: leaf.code }),
      title: `指标 ${leaf.code} 的留言`,
    },
    ...{ revision: 0, value: text, changed: text !== '' },
  });
  return (
    <>
      <LeftWriting left={left} onTake={({ value }) => setText(value)} />
      <TextAreaField label="留言" required={false} value={text} rows={2} maxLength={1000} onChange={setText} />
      <Row>
        <Button
          small
          busy={saying.busy}
          disabled={text.trim().length < 2}
          onClick={() =>
            void saying.act({
              params: { evaluationId: evaluation.id, code: leaf.code },
              body: { id, text: text.trim() },
            })
          }
        >
          留言
        </Button>
      </Row>
    </>
  );
}
