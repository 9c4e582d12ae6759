import type { Indicator, Points } from '#domain/framework/edition.ts';
import { CheckField, TextAreaField, TextField } from '#web/shared/form/fields.tsx';
import { NumberField } from '#web/shared/form/NumberField.tsx';
import { Band } from '#web/shared/kit/feedback/Band.tsx';
import { Section } from '#web/shared/kit/layout/Page.tsx';
import { Pair } from '#web/shared/kit/layout/Pair.tsx';
import { Stack } from '#web/shared/kit/layout/Stack.tsx';
import type { Edit, Typed } from './changed-cells.ts';

interface DraftCellsProps {
  indicator: Indicator;
  edit: Edit;
  onEdit: (edit: Edit) => void;
  /** What a publication would refuse here. */
  issues: readonly string[];
}

/** The cells of one indicator that a city writes. */
export function DraftCells({ indicator, edit, onEdit, issues }: DraftCellsProps) {
  const { typed, confirmed } = edit;
  const setTyped = (next: Typed) => onEdit({ ...edit, typed: next });
  const now = { ...indicator, ...typed };
  const points: Points = now.points ?? null;
  return (
    <Section title={`填写 ${indicator.code}`}>
      <Stack>
        {issues.map((message) => (
          <Band key={message} tone="look">
            {message}
          </Band>
        ))}
        <TextField
          label="名称"
          required={false}
          maxLength={200}
          value={now.title}
          onChange={(title) => setTyped({ ...typed, title })}
        />
        <Pair>
          <NumberField
            label="分值"
            required={false}
            value={typeof points === 'number' ? points : null}
            disabled={points === 'none'}
            onChange={(value) => setTyped({ ...typed, points: value })}
          />
          {indicator.weight !== undefined && (
            <NumberField
              label="权重"
              required={false}
              value={now.weight ?? null}
              onChange={(weight) => setTyped({ ...typed, weight })}
            />
          )}
        </Pair>
        <CheckField
          label="不计分"
          value={points === 'none'}
          onChange={(none) => setTyped({ ...typed, points: none ? 'none' : null })}
        />
        {indicator.reading && (
          <CheckField
            label="分值是推读的，并非原文；本市确认按此计分"
            value={confirmed}
            onChange={(next) => onEdit({ ...edit, confirmed: next })}
          />
        )}
        <TextAreaField
          label="内容"
          required={false}
          rows={3}
          maxLength={4000}
          value={now.text ?? ''}
          onChange={(text) => setTyped({ ...typed, text })}
        />
        <TextAreaField
          label="佐证材料"
          required={false}
          rows={2}
          maxLength={2000}
          value={now.evidence ?? ''}
          onChange={(evidence) => setTyped({ ...typed, evidence })}
        />
        <TextField
          label="责任单位"
          required={false}
          maxLength={200}
          value={now.responsible ?? ''}
          onChange={(responsible) => setTyped({ ...typed, responsible })}
        />
      </Stack>
    </Section>
  );
}
