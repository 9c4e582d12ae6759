import { useState } from 'react';
import { isBefore } from '#domain/evaluation/kind.ts';
import type { EvaluationStep } from '#domain/evaluation/lists.ts';
import { useDeskContext } from '#web/shared/address/context.tsx';
import { Button } from '#web/shared/kit/action/Button.tsx';
import { late, WhenHere } from '#web/shared/kit/late.tsx';
import { Section } from '#web/shared/kit/layout/Page.tsx';
import type { Campaign, MatrixRow } from '../campaign-reply.ts';
import { Gantt, type GanttRow } from './Gantt.tsx';

const changing = late(() => import('./SlotDialog.tsx'));
const rescheduling = late(() => import('./RescheduleDialog.tsx'));

interface SlotSectionProps {
  campaign: Campaign;
  /** The step that goes in slots. */
  step: EvaluationStep;
  /** The subjects of a campaign that runs; null where they are not read, or it does not run. */
  evaluations: readonly MatrixRow[] | null;
}

/** The days of each subject in the step that goes in slots. A draft changes them together, a campaign that runs one by one. */
export function SlotSection({ campaign, step, evaluations }: SlotSectionProps) {
  const { today } = useDeskContext();
  const [isOpen, setIsOpen] = useState(false);
  const [chosen, setChosen] = useState<string>();
  const { slots, can, kind } = campaign;
  const rows = slots === null ? rowsOf(kind, step, evaluations ?? []) : rowsOfDraft(slots);
  const row = evaluations?.find(({ evaluationId }) => evaluationId === chosen);
  if (rows.length === 0) return null;
  return (
    <Section
      title="各对象分别在哪几天？"
      note={slots?.sentence ?? (can.extend ? '选一个对象，改它的日期' : undefined)}
      action={slots !== null && can.edit && <Button onClick={() => setIsOpen(true)}>调整日期</Button>}
    >
      <Gantt
        label="各对象的日期"
        rows={rows}
        today={today}
        brief="days"
        {...(slots === null && can.extend ? { open: chosen, onOpen: setChosen } : {})}
      />
      {isOpen && slots !== null && (
        <WhenHere late={changing}>
          {({ SlotDialog }) => <SlotDialog campaign={campaign} slots={slots} onClose={() => setIsOpen(false)} />}
        </WhenHere>
      )}
      {row && (
        <WhenHere late={rescheduling}>
          {({ RescheduleDialog }) => (
            <RescheduleDialog campaign={campaign} row={row} step={step} onClose={() => setChosen(undefined)} />
          )}
        </WhenHere>
      )}
    </Section>
  );
}

const rowsOfDraft = ({ rows }: NonNullable<Campaign['slots']>): GanttRow[] =>
  rows.map(({ subjectId, name, from, to }) => ({ key: subjectId, title: name, from, to, tone: 'ahead' }));

function rowsOf(kind: Campaign['kind'], step: EvaluationStep, evaluations: readonly MatrixRow[]): GanttRow[] {
  return evaluations.flatMap(({ evaluationId, name, state, lateDays, steps }): GanttRow[] => {
    const own = steps.find((one) => one.step === step);
    if (own === undefined || state === 'cancelled') return [];
    const isDone = own.doneOn !== null || state === 'closed' || isBefore(kind, step, state);
    const tone = isDone ? 'done' : state !== step ? 'ahead' : lateDays === null ? 'now' : 'late';
    return [{ key: evaluationId, title: name, from: own.from, to: own.to, tone }];
  });
}
