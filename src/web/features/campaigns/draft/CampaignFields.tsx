import type { z } from 'zod';
import type { campaignForm } from '#contract/campaigns/campaigns.ts';
import { combineRules, type EvaluationKind } from '#domain/evaluation/lists.ts';
import { CheckField, SelectField, TextField } from '#web/shared/form/fields.tsx';
import { NumberField } from '#web/shared/form/NumberField.tsx';
import type { FormState } from '#web/shared/form/useForm.ts';
import { Section } from '#web/shared/kit/layout/Page.tsx';
import { Pair } from '#web/shared/kit/layout/Pair.tsx';
import { Stack } from '#web/shared/kit/layout/Stack.tsx';
import { combineTitles, percentOf, shareOf } from '../campaign.words.ts';
import { StepFields } from './StepFields.tsx';

type Form = z.input<typeof campaignForm>;

interface CampaignFieldsProps {
  kind: EvaluationKind;
  form: Pick<FormState<Form, unknown>, 'values' | 'set' | 'field' | 'problems'>;
  units: ReadonlyArray<{ id: number; name: string }>;
}

const noPartner = 0;

/** What a campaign is made of before it opens; everything is filled, and may be changed. */
export function CampaignFields({ kind, form, units }: CampaignFieldsProps) {
  const unitChoices = units.map(({ id, name }) => ({ value: id, label: name }));
  const { rules } = form.values;
  const setRules = (patch: Partial<Form['rules']>) => form.set({ rules: { ...rules, ...patch } });
  return (
    <Stack>
      <TextField label="项目名称" {...form.field('title')} maxLength={100} />
      <Pair>
        <NumberField label="考评年度" {...form.field('assessmentYear')} help="考评这一年的工作" />
        <NumberField label="认定年度" {...form.field('decisionYear')} help="结果在这一年认定" />
      </Pair>
      <Pair>
        <SelectField label="牵头单位" {...form.field('leadUnitId')} options={unitChoices} />
        <SelectField
          label="配合单位"
          required={false}
          value={form.values.partnerUnitId ?? noPartner}
          error={form.problems.partnerUnitId}
          options={[
            { value: noPartner, label: '没有' },
            ...unitChoices.filter(({ value }) => value !== form.values.leadUnitId),
          ]}
          onChange={(unit) => form.set({ partnerUnitId: unit === noPartner ? null : unit })}
        />
      </Pair>
      <Section title="时间安排" note={`${form.values.steps.length} 个步骤`}>
        <StepFields
          kind={kind}
          steps={form.values.steps}
          error={form.problems.steps}
          onChange={(steps) => form.set({ steps })}
        />
      </Section>
      <Section title="评分规则">
        <Stack gap={3}>
          <Pair>
            <NumberField
              label="每项评分人数"
              unit="人"
              value={rules.reviewersPerLeaf}
              error={form.problems['rules.reviewersPerLeaf']}
              onChange={(count) => setRules({ reviewersPerLeaf: count as number })}
            />
            <NumberField
              label="合议界限"
              unit="%"
              value={percentOf(rules.tolerance)}
              error={form.problems['rules.tolerance']}
              help="两人相差超过该项分值的这一比例时合议"
              onChange={(percent) => setRules({ tolerance: shareOf(percent) })}
            />
          </Pair>
          <SelectField
            label="合成办法"
            value={rules.combine}
            options={combineRules.map((value) => ({ value, label: combineTitles[value] }))}
            onChange={(combine) => setRules({ combine })}
          />
          <CheckField
            label="盲评：评完自己的以前看不到别人的分数"
            value={rules.blind}
            onChange={(blind) => setRules({ blind })}
          />
        </Stack>
      </Section>
    </Stack>
  );
}
