import { useState } from 'react';
import { addEvidence, linkEvidence, listEvidence, newEvidence } from '#contract/evaluations/evaluations.ts';
import { useDeskContext } from '#web/shared/address/context.tsx';
import { call } from '#web/shared/call/call.ts';
import { useAct } from '#web/shared/call/queries.ts';
import { Field } from '#web/shared/form/Field.tsx';
import { Form } from '#web/shared/form/Form.tsx';
import { useForm } from '#web/shared/form/useForm.ts';
import { Button } from '#web/shared/kit/action/Button.tsx';
import { Combobox } from '#web/shared/kit/choice/Combobox.tsx';
import type { Choice } from '#web/shared/kit/choice/choice.ts';
import { Dialog } from '#web/shared/kit/dialog/Dialog.tsx';
import { Row } from '#web/shared/kit/layout/Row.tsx';
import { Stack } from '#web/shared/kit/layout/Stack.tsx';
import { newId } from '#web/shared/page/new-id.ts';
import type { Evaluation, Leaf } from '../evaluation-reply.ts';
import { EvidenceFields } from '../evidence/EvidenceFields.tsx';

interface AddProofProps {
  evaluation: Evaluation;
  leaf: Leaf;
  onClose: () => void;
  onAdded: (evidenceId: string) => void;
}

/** A piece of the library is taken for this leaf, or a new one is entered; its file follows. */
export function AddProof({ evaluation, leaf, onClose, onAdded }: AddProofProps) {
  const [chosen, setChosen] = useState<Choice<string> | null>(null);
  const linking = useAct(linkEvidence, { done: '已对应到本项' });
  const { today } = useDeskContext();
  const [id] = useState(newId);
  const form = useForm(newEvidence, {
    ...{ title: '', aboutDay: null, receivedOn: today, catalogueNumber: null, boxNumber: null },
    ...{ confidentiality: 'internal' as const, expiresOn: null },
  });
  const { act } = useAct(addEvidence, { inline: 'form', onDone: () => onAdded(id) });
  const params = { evaluationId: evaluation.id, code: leaf.code };
  const here = new Set(leaf.evidence.map((piece) => piece.id));
  return (
    <Dialog open title={`为 ${leaf.code} 添加材料`} onClose={onClose}>
      <Stack gap={6}>
        <Field label="从材料库里选" choose required={false} help="一份材料可以证明多项指标，不用重复上传">
          {(control) => (
            <Row>
              <Combobox<string>
                id={control.id}
                label="材料库"
                value={chosen}
                onChange={setChosen}
                placeholder="名称、目录号或盒号"
                find={async (text, signal) => {
                  const query = { search: text, libraryOf: evaluation.id, pageSize: 20 };
                  const { rows } = await call(listEvidence, { query }, { signal });
                  return rows
                    .filter((row) => !here.has(row.id) && row.replacedBy === null)
                    .map((row) => ({
                      ...{ value: row.id, label: row.title },
                      note: [row.catalogueNumber ?? '', row.boxNumber ?? '', row.aboutDay ?? '']
                        .filter(Boolean)
                        .join(' · '),
                    }));
                }}
              />
              <Button
                disabled={chosen === null}
                busy={linking.busy}
                onClick={() =>
                  chosen !== null &&
                  void linking
                    .act({ params, body: { evidenceId: chosen.value, linked: true, pageNote: null } })
                    .then((done) => done && onAdded(chosen.value))
                }
              >
                对应到本项
              </Button>
            </Row>
          )}
        </Field>
        <Form
          verb="登记，去上传文件"
          busy={form.busy}
          problem={form.problems['']}
          onSubmit={form.submit((body) => act({ body: { ...body, id, replacesId: null, link: params } }))}
        >
          <EvidenceFields form={form} label="新材料的名称" />
        </Form>
      </Stack>
    </Dialog>
  );
}
