import { useState } from 'react';
import { candidates, changeSeat, giveSeat } from '#contract/campaigns/campaigns.ts';
import { everyNode } from '#domain/evaluation/campaign/panel.ts';
import { seatPartTitles } from '#domain/evaluation/kind.ts';
import { type SeatPart, seatParts } from '#domain/evaluation/lists.ts';
import { useDeskContext } from '#web/shared/address/context.tsx';
import { call } from '#web/shared/call/call.ts';
import { DateField } from '#web/shared/form/DateField.tsx';
import { Field } from '#web/shared/form/Field.tsx';
import { CheckField, ChoiceField, SelectField, TextAreaField } from '#web/shared/form/fields.tsx';
import { Button } from '#web/shared/kit/action/Button.tsx';
import { Combobox } from '#web/shared/kit/choice/Combobox.tsx';
import type { Choice } from '#web/shared/kit/choice/choice.ts';
import { MultiSelect } from '#web/shared/kit/choice/MultiSelect.tsx';
import { Dialog } from '#web/shared/kit/dialog/Dialog.tsx';
import { Band } from '#web/shared/kit/feedback/Band.tsx';
import { Pair } from '#web/shared/kit/layout/Pair.tsx';
import { Stack } from '#web/shared/kit/layout/Stack.tsx';
import type { Campaign, Candidate, Seat, Seats } from '../campaign-reply.ts';
import { useCampaignAct } from '../useCampaignAct.ts';
import { askedOf, evaluationsOf, nodesOf, type Reach, reachFor } from './seat-form.ts';
import { seatableWords } from './seat-words.ts';

interface SeatDialogProps {
  campaign: Campaign;
  branches: Seats['branches'];
  subjects: Seats['subjects'];
  /** The seat that is changed; null: a new one. */
  seat: Seat | null;
  onClose: () => void;
}

/** Somebody is put on the panel, or his branches, subjects and days are changed. */
export function SeatDialog({ campaign, branches, subjects, seat, onClose }: SeatDialogProps) {
  const { today } = useDeskContext();
  const params = { campaignId: campaign.id };
  const [chosen, setChosen] = useState<Choice<Candidate> | null>(null);
  const [inspectors, setInspectors] = useState(false);
  const [part, setPart] = useState<SeatPart>(seat?.part ?? 'member');
  const [scores, setScores] = useState(seat?.scores ?? true);
  const [nodes, setNodes] = useState<readonly Choice<string>[]>(() =>
    (seat?.nodes ?? []).filter((code) => code !== everyNode).map((code) => branchChoice(branches, code)),
  );
  const [reach, setReach] = useState<Reach>(seat === null || seat.evaluationIds === null ? 'all' : 'some');
  const [named, setNamed] = useState<readonly Choice<string>[]>(() =>
    subjects
      .filter(({ evaluationId }) => seat?.evaluationIds?.includes(evaluationId))
      .map(({ evaluationId, name }) => ({ value: evaluationId, label: name })),
  );
  const first = campaign.from !== null && campaign.from > today ? campaign.from : today;
  const [from, setFrom] = useState(seat?.from ?? first);
  const [to, setTo] = useState(seat?.to ?? campaign.to ?? today);
  const [waived, setWaived] = useState(seat?.waivedReason ?? '');
  const giving = useCampaignAct(giveSeat, { done: '已安排，本人收到通知', inline: true, onDone: onClose });
  const changing = useCampaignAct(changeSeat, { done: '已调整，本人收到通知', inline: true, onDone: onClose });

  const candidate = chosen?.value ?? null;
  const blocked = candidate?.blocked ?? [];
  const evaluationIds = evaluationsOf(
    reach,
    blocked,
    named.map(({ value }) => value),
    subjects,
  );
  const asked = seat === null ? askedOf(evaluationIds, candidate?.asked ?? []) : seat.avoidance.asks;
  const isShut = blocked.some((id) => evaluationIds === null || evaluationIds.includes(id));
  const ready =
    (seat !== null || candidate !== null) &&
    from <= to &&
    evaluationIds?.length !== 0 &&
    !isShut &&
    (asked === 0 || waived.trim().length > 1);
  const body = {
    ...{ part, scores, nodes: nodesOf(nodes.map(({ value }) => value)), evaluationIds, from, to },
    waivedReason: asked > 0 ? waived.trim() : null,
  };
  const save = () =>
    seat === null
      ? candidate &&
        giving.act({ params, body: { ...body, personId: candidate.personId, inspectorId: candidate.inspectorId } })
      : changing.act({ params: { ...params, seatId: seat.id }, body: { ...body, revision: seat.revision } });
  const problem = giving.problem ?? changing.problem;
  return (
    <Dialog
      open
      size="wide"
      title={seat === null ? '安排督导组成员' : `调整${seat.name}的分工`}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>取消</Button>
          <Button kind="primary" busy={giving.busy || changing.busy} disabled={!ready} onClick={() => void save()}>
            {seat === null ? '安排成员' : '保存调整'}
          </Button>
        </>
      }
    >
      <Stack>
        {seat === null && (
          <>
            <p className="caption">{seatableWords}</p>
            <Field label="成员" choose>
              {(control) => (
                <Combobox<Candidate>
                  id={control.id}
                  label="成员"
                  value={chosen}
                  autoFocus
                  placeholder="姓名或拼音"
                  onChange={(choice) => {
                    setChosen(choice);
                    setReach(reachFor(choice?.value ?? null));
                    giving.reset();
                  }}
                  find={async (text, signal) => {
                    const query = { search: text, ...(inspectors ? { inspectors: 'true' } : {}) };
                    const { rows } = await call(candidates, { params, query }, { signal });
                    return rows.map((row) => ({ value: row, label: row.name, note: noteOf(row) }));
                  }}
                />
              )}
            </Field>
            <CheckField label="只在督学名录里找" value={inspectors} onChange={setInspectors} />
            {candidate && <Standing candidate={candidate} />}
          </>
        )}
        <Pair>
          <SelectField
            label="职责"
            value={part}
            options={seatParts.map((value) => ({ value, label: seatPartTitles[value] }))}
            onChange={setPart}
          />
          <CheckField label="评分" help="组长可以只主持，不评分" value={scores} onChange={setScores} />
        </Pair>
        {scores && (
          <Field label="分支" choose required={false} help="不选就是全部指标">
            {(control) => (
              <MultiSelect<string>
                id={control.id}
                label="分支"
                value={nodes}
                onChange={setNodes}
                options={branches.map(({ code }) => branchChoice(branches, code))}
              />
            )}
          </Field>
        )}
        <ChoiceField<Reach>
          label="对象"
          value={reach}
          options={[
            { value: 'all', label: `全部 ${subjects.length} 个`, disabled: blocked.length > 0 },
            ...(blocked.length > 0
              ? [
                  {
                    value: 'unblocked' as const,
                    label: `除须回避的 ${blocked.length} 个以外，${subjects.length - blocked.length} 个`,
                  },
                ]
              : []),
            { value: 'some', label: '指定对象' },
          ]}
          onChange={setReach}
        />
        {reach === 'some' && (
          <Field
            label="指定的对象"
            choose
            error={
              isShut ? `其中 ${blocked.filter((id) => evaluationIds?.includes(id)).length} 个须回避，请移除` : undefined
            }
          >
            {(control) => (
              <MultiSelect<string>
                id={control.id}
                label="指定的对象"
                value={named}
                onChange={setNamed}
                options={subjects
                  .filter(({ evaluationId }) => !blocked.includes(evaluationId))
                  .map(({ evaluationId, name }) => ({ value: evaluationId, label: name }))}
              />
            )}
          </Field>
        )}
        <Pair>
          <DateField label="从" value={from} onChange={setFrom} />
          <DateField label="到" value={to} onChange={setTo} error={from > to ? '不能早于开始日期' : undefined} />
        </Pair>
        {asked > 0 && (
          <TextAreaField
            label="经认定不需回避的理由"
            value={waived}
            onChange={setWaived}
            rows={2}
            maxLength={300}
            help={`对 ${asked} 个对象有须认定的情形；理由随安排保存，只有办理的人看得到`}
          />
        )}
        {problem && (
          <Band tone="fails" alert>
            {problem.message}
          </Band>
        )}
      </Stack>
    </Dialog>
  );
}

const branchChoice = (branches: Seats['branches'], code: string): Choice<string> => {
  const branch = branches.find((one) => one.code === code);
  return {
    value: code,
    label: `${code}${branch?.title ? ` ${branch.title}` : ''}`,
    ...(branch ? { note: `${branch.leaves} 项` } : {}),
  };
};

const noteOf = ({ kind, unitName, blocked, asked, busy, termOver }: Candidate) =>
  [
    kind,
    unitName,
    ...(termOver ? ['任期已满'] : []),
    ...(blocked.length > 0 ? [`须回避 ${blocked.length}`] : []),
    ...(asked.length > 0 ? [`待认定 ${asked.length}`] : []),
    ...(busy > 0 ? [`另有 ${busy} 个项目`] : []),
  ].join(' · ');

/** What speaks against somebody, as counts: the grounds are not told here. */
function Standing({ candidate: { name, blocked, asked, busy, isOutside, termOver } }: { candidate: Candidate }) {
  const said = [
    ...(termOver ? ['任期已满，续聘之前不计入督学人数'] : []),
    ...(blocked.length > 0 ? [`对 ${blocked.length} 个对象须回避，不能安排到这些对象`] : []),
    ...(asked.length > 0 ? [`对 ${asked.length} 个对象有须认定的情形`] : []),
    ...(busy > 0 ? [`同期还在另外 ${busy} 个项目里`] : []),
    ...(isOutside ? ['不是本单位人员，安排后只看得到分给他的对象和分支，到期自动结束'] : []),
  ];
  return <p role="status">{said.length === 0 ? `${name}没有登记须回避的情形。` : `${name}${said.join('；')}。`}</p>;
}
