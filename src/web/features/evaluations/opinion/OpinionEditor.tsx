import { useState } from 'react';
import { saveOpinion } from '#contract/evaluations/evaluations.ts';
import { duties, kinds } from '#contract/rectifications/rectifications.ts';
import { opinionCommentKinds } from '#domain/evaluation/lists.ts';
import { opinionCommentTitles } from '#domain/evaluation/opinion.ts';
import { dutyTypeTitles } from '#domain/flow/finding.ts';
import { useDeskContext } from '#web/shared/address/context.tsx';
import { call } from '#web/shared/call/call.ts';
import { useAct, useRead } from '#web/shared/call/queries.ts';
import { LeftWriting } from '#web/shared/drafts/writing/LeftWriting.tsx';
import { DateField } from '#web/shared/form/DateField.tsx';
import { Field } from '#web/shared/form/Field.tsx';
import { SelectField, TextAreaField, TextField } from '#web/shared/form/fields.tsx';
import { Button } from '#web/shared/kit/action/Button.tsx';
import { Combobox } from '#web/shared/kit/choice/Combobox.tsx';
import { confirm } from '#web/shared/kit/dialog/question.ts';
import { ActBar } from '#web/shared/kit/layout/ActBar.tsx';
import { Section } from '#web/shared/kit/layout/Page.tsx';
import { Pair } from '#web/shared/kit/layout/Pair.tsx';
import { newId } from '#web/shared/page/new-id.ts';
import type { Evaluation, Opinion } from '../evaluation-reply.ts';
import style from './Opinion.module.css';
import type { OpinionInHand, Written } from './opinion-in-hand.ts';

type Comment = Opinion['comments'][number];
type Finding = Written['findings'][number];

interface OpinionEditorProps {
  evaluation: Evaluation;
  opinion: Opinion;
  inHand: OpinionInHand;
  onClose: () => void;
}

/** The draft of the opinion: four kinds of comment, and the findings that go into the ledger. */
export function OpinionEditor({ evaluation, opinion, inHand, onClose }: OpinionEditorProps) {
  const stored: Written = {
    comments: opinion.comments,
    findings: opinion.findings.map(({ raisedAt: _, ledger: __, ...rest }) => rest),
  };
  const written = inHand.written ?? stored;
  const changed = inHand.written !== null;
  const set = (patch: (now: Written) => Partial<Written>) =>
    inHand.setWritten((now) => ({ ...(now ?? stored), ...patch(now ?? stored) }));
  const close = () => {
    inHand.setWritten(null);
    onClose();
  };
  const saving = useAct(saveOpinion, { done: '已保存草稿', onDone: close });
  const leaves = evaluation.nodes.filter(({ isLeaf }) => isLeaf);
  const codeOptions = [
    { value: noLeaf, label: '不对应单个指标' },
    ...leaves.map(({ code, title }) => ({ value: code, label: `${code} ${title ?? ''}` })),
  ];
  const setComment = (at: number, patch: Partial<Comment>) =>
    set(({ comments }) => ({ comments: comments.map((one, place) => (place === at ? { ...one, ...patch } : one)) }));
  const setFinding = (id: string, patch: Partial<Finding>) =>
    set(({ findings }) => ({ findings: findings.map((one) => (one.id === id ? { ...one, ...patch } : one)) }));
  const tooShort = written.comments.some(({ text }) => text.trim().length < 2);
  const untitled = written.findings.some(({ title, kind }) => title.trim().length < 2 || kind === '');
  async function giveUp() {
    const yes = await confirm({
      title: '放弃没有保存的意见？',
      text: '回到上次保存的内容，这次写的不再保留。',
      ...{ verb: '放弃改动', danger: true },
    });
    if (yes) close();
  }
  async function save() {
    await saving.act({
      params: { evaluationId: evaluation.id },
      body: {
        revision: opinion.revision,
        comments: written.comments.map((one) => ({ ...one, text: one.text.trim() })),
        findings: written.findings.map((one) => ({ ...one, title: one.title.trim() })),
      },
    });
  }
  return (
    <>
      <LeftWriting left={inHand.left} onTake={({ value }) => inHand.setWritten(value)} />
      <Section title="意见" note="写进意见书的文字：成绩、问题、建议；不单独跟踪">
        <div className={style.rows}>
          {opinionCommentKinds.map((kind) => (
            <section key={kind} aria-label={opinionCommentTitles[kind]}>
              <h3>{opinionCommentTitles[kind]}</h3>
              {written.comments.map((comment, at) =>
                comment.kind !== kind ? null : (
                  // biome-ignore lint/suspicious/noArrayIndexKey: comments have no other identity and stay in their places
                  <div key={at} className={style.finding}>
                    <TextAreaField
                      label={`${opinionCommentTitles[kind]}的内容`}
                      value={comment.text}
                      rows={2}
                      maxLength={1000}
                      onChange={(text) => setComment(at, { text })}
                    />
                    <div className={style.bar}>
                      <SelectField
                        label="对应的指标"
                        required={false}
                        value={comment.code ?? noLeaf}
                        options={codeOptions}
                        onChange={(code) => setComment(at, { code: code === noLeaf ? null : code })}
                      />
                      <Button
                        small
                        kind="quiet"
                        onClick={() =>
                          set(({ comments }) => ({ comments: comments.filter((__, place) => place !== at) }))
                        }
                      >
                        删去
                      </Button>
                    </div>
                  </div>
                ),
              )}
              <Button
                small
                onClick={() => set(({ comments }) => ({ comments: [...comments, { kind, code: null, text: '' }] }))}
              >
                加一条{opinionCommentTitles[kind]}
              </Button>
            </section>
          ))}
        </div>
      </Section>
      <Section
        title="要整改的问题"
        note="每个有责任单位和期限，确认结果后逐个转入整改台账，跟踪到销号；意见书里列成清单"
      >
        <div className={style.rows}>
          {written.findings.map((finding) => (
            <FindingFields
              key={finding.id}
              finding={finding}
              codeOptions={codeOptions}
              onChange={(patch) => setFinding(finding.id, patch)}
              onDrop={() => set(({ findings }) => ({ findings: findings.filter(({ id }) => id !== finding.id) }))}
            />
          ))}
          <div>
            <Button small onClick={() => set(({ findings }) => ({ findings: [...findings, newFinding(evaluation)] }))}>
              加一个问题
            </Button>
          </div>
        </div>
      </Section>
      <ActBar
        note={tooShort ? '有意见还没有写内容' : untitled ? '有问题还没有写名称或类别' : changed ? '还没有保存' : ''}
      >
        <Button kind="primary" busy={saving.busy} disabled={tooShort || untitled} onClick={() => void save()}>
          保存草稿
        </Button>
        <Button onClick={onClose}>{changed ? '先不保存' : '返回'}</Button>
        {changed && (
          <Button kind="quiet" onClick={() => void giveUp()}>
            放弃改动
          </Button>
        )}
      </ActBar>
    </>
  );
}

const noLeaf = '—';

/** A new finding is put right by the subject itself, until somebody else is named. */
function newFinding({ unitId, schoolId }: Evaluation): Finding {
  return {
    ...{ id: newId(), code: null, kind: '', title: '', body: '', dueOn: null },
    ...{ dutySchoolId: schoolId, dutyUnitId: schoolId === null ? unitId : null },
  };
}

interface FindingFieldsProps {
  finding: Finding;
  codeOptions: ReadonlyArray<{ value: string; label: string }>;
  onChange: (patch: Partial<Finding>) => void;
  onDrop: () => void;
}

function FindingFields({ finding, codeOptions, onChange, onDrop }: FindingFieldsProps) {
  const { today } = useDeskContext();
  const known = useRead(kinds, {});
  const [duty, setDuty] = useState<string | null>(null);
  return (
    <div className={style.finding}>
      <TextField label="问题" value={finding.title} maxLength={200} onChange={(title) => onChange({ title })} />
      <TextAreaField
        label="具体情况和整改要求"
        required={false}
        value={finding.body}
        rows={2}
        maxLength={2000}
        onChange={(body) => onChange({ body })}
      />
      <Pair>
        <SelectField
          label="类别"
          value={finding.kind === '' ? null : finding.kind}
          options={(known.data?.kinds ?? [])
            .filter(({ active, key }) => active || key === finding.kind)
            .map(({ key, name }) => ({ value: key, label: name }))}
          onChange={(kind) => onChange({ kind })}
        />
        <SelectField
          label="对应的指标"
          required={false}
          value={finding.code ?? noLeaf}
          options={codeOptions}
          onChange={(code) => onChange({ code: code === noLeaf ? null : code })}
        />
      </Pair>
      <Pair>
        <Field label="责任单位" choose required={false} help={duty === null ? '不另选的，由被督导单位整改' : undefined}>
          {({ id }) => (
            <Combobox<{ type: string; id: number }>
              id={id}
              label="责任单位"
              value={duty === null ? null : { value: { type: '', id: 0 }, label: duty }}
              placeholder="单位或学校的名称、代码或拼音"
              find={async (text, signal) => {
                const { rows } = await call(duties, { query: { search: text } }, { signal });
                return rows
                  .filter(({ type }) => type === 'unit' || type === 'school')
                  .map((row) => ({
                    value: { type: row.type, id: row.id },
                    label: row.name,
                    note: `${dutyTypeTitles[row.type]} · ${row.placeName}`,
                  }));
              }}
              onChange={(choice) => {
                setDuty(choice?.label ?? null);
                if (choice) {
                  const isSchool = choice.value.type === 'school';
                  onChange({
                    dutySchoolId: isSchool ? choice.value.id : null,
                    dutyUnitId: isSchool ? null : choice.value.id,
                  });
                }
              }}
            />
          )}
        </Field>
        <DateField
          label="整改期限"
          required={false}
          value={finding.dueOn}
          min={today}
          onChange={(day) => onChange({ dueOn: day === '' ? null : day })}
        />
      </Pair>
      <div>
        <Button small kind="quiet" onClick={onDrop}>
          删去这个问题
        </Button>
      </div>
    </div>
  );
}
