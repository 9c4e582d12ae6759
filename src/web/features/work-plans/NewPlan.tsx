import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { RouteOutput } from '#contract/route.ts';
import * as plans from '#contract/work-plans/plans.ts';
import { type WorkPlanKind, workPlanKindTitles } from '#domain/work-plan/plan.ts';
import { useAct } from '#web/shared/call/queries.ts';
import { SelectField, TextAreaField } from '#web/shared/form/fields.tsx';
import { NumberField } from '#web/shared/form/NumberField.tsx';
import { Button } from '#web/shared/kit/action/Button.tsx';
import { Dialog } from '#web/shared/kit/dialog/Dialog.tsx';
import { Pair } from '#web/shared/kit/layout/Pair.tsx';
import { Stack } from '#web/shared/kit/layout/Stack.tsx';

interface NewPlanProps {
  list: RouteOutput<typeof plans.list>;
  onClose: () => void;
}

/** A plan begins with its text: pasted here, recognised by the server, corrected on the page of the draft. */
export function NewPlan({ list, onClose }: NewPlanProps) {
  const navigate = useNavigate();
  const kinds = list.mayCreate.filter((kind) => kind !== 'section' || list.sections.length > 0);
  const [kind, setKind] = useState<WorkPlanKind>(kinds[0] ?? 'county');
  const [year, setYear] = useState<number | null>(list.year);
  const [unitId, setUnit] = useState<number | null>(list.sections[0]?.id ?? null);
  const [text, setText] = useState('');
  const create = useAct(plans.create, {
    done: ({ items }) => (items === 0 ? '已建立草稿' : `已识别 ${items} 项任务，请核对`),
    onDone: ({ id }) => void navigate({ to: '/work-plans/$planId', params: { planId: id }, search: { draft: true } }),
  });
  const plausible = year !== null && year >= 2000 && year <= 2200;
  return (
    <Dialog
      open
      firm
      size="wide"
      title="拟订计划"
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>取消</Button>
          <Button
            kind="primary"
            busy={create.busy}
            disabled={!plausible || (kind === 'section' && unitId === null)}
            onClick={() =>
              plausible && void create.act({ body: { kind, year, text, unitId: kind === 'section' ? unitId : null } })
            }
          >
            {text.trim() === '' ? '建立空白草稿' : '识别任务'}
          </Button>
        </>
      }
    >
      <Stack>
        <Pair>
          <SelectField
            label="种类"
            value={kind}
            options={kinds.map((value) => ({ value, label: workPlanKindTitles[value] }))}
            onChange={setKind}
          />
          <NumberField label="年度" value={year} onChange={setYear} />
        </Pair>
        {kind === 'section' && (
          <SelectField
            label="科室"
            value={unitId}
            options={list.sections.map(({ id, name }) => ({ value: id, label: name }))}
            onChange={setUnit}
          />
        )}
        <TextAreaField
          label="计划全文"
          help="从通知或要点中整篇粘贴即可；文头、主送、落款会自动略过，标题“一、”和编号“1.”用来分出任务。也可以留空，以后逐项录入。"
          required={false}
          rows={14}
          maxLength={60000}
          value={text}
          onChange={setText}
        />
      </Stack>
    </Dialog>
  );
}
