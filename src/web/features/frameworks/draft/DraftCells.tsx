import type { Indicator, Points } from '#domain/framework/edition.ts';
import { CheckField, TextAreaField, TextField } from '#web/shared/form/fields.tsx';
import { NumberField } from '#web/shared/form/NumberField.tsx';
import { Band } from '#web/shared/kit/feedback/Band.tsx';
import { Section } from '#web/shared/kit/layout/Page.tsx';
import { Pair } from '#web/shared/kit/layout/Pair.tsx';
import { Stack } from '#web/shared/kit/layout/Stack.tsx';
import { cellTitles } from '../framework.words.ts';
import { type Cell, type Edit, standing, type Typed } from './changed-cells.ts';
import { MethodForm } from './MethodForm.tsx';
import { OvertakenCell } from './OvertakenCell.tsx';

interface DraftCellsProps {
  indicator: Indicator;
  edit: Edit;
  onEdit: (edit: Pick<Edit, 'typed' | 'confirmed'>) => void;
  /** Its cells that somebody else has written meanwhile. */
  overtaken: readonly Cell[];
  onChoose: (cell: Cell, choice: 'mine' | 'theirs') => void;
  /** What a publication would refuse here. */
  issues: readonly string[];
  isInner?: boolean;
  isGuessed?: boolean;
  /** Takes the guessed method as it is. */
  onConfirm?: () => void;
  isBusy?: boolean;
}

/** The cells of one indicator that a city writes. */
export function DraftCells(props: DraftCellsProps) {
  const { indicator, edit, onEdit, overtaken, onChoose, issues } = props;
  const { isInner = false, isGuessed = false, onConfirm = () => {}, isBusy = false } = props;
  const { typed, confirmed } = edit;
  const setTyped = (next: Typed) => onEdit({ confirmed, typed: next });
  const now = withoutNothing({ ...indicator, ...typed });
  const points: Points = now.points ?? null;
  return (
    <Section title={`填写 ${indicator.code}`}>
      <Stack>
        {issues.map((message) => (
          <Band key={message} tone="look">
            {message}
          </Band>
        ))}
        {overtaken.map((cell) => (
          <OvertakenCell
            key={cell.field}
            cell={cell}
            theirs={standing(indicator, cell.field)}
            onChoose={(choice) => onChoose(cell, choice)}
          />
        ))}
        <TextField
          label={cellTitles.title}
          required={false}
          maxLength={200}
          value={now.title}
          onChange={(title) => setTyped({ ...typed, title })}
        />
        <Pair>
          <NumberField
            label={cellTitles.points}
            required={false}
            value={typeof points === 'number' ? points : null}
            disabled={points === 'none'}
            onChange={(value) => setTyped({ ...typed, points: value })}
          />
          {indicator.weight !== undefined && (
            <NumberField
              label={cellTitles.weight}
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
            onChange={(next) => onEdit({ typed, confirmed: next })}
          />
        )}
        <TextAreaField
          label={cellTitles.text}
          required={false}
          rows={3}
          maxLength={4000}
          value={now.text ?? ''}
          onChange={(text) => setTyped({ ...typed, text })}
        />
        <TextAreaField
          label={cellTitles.evidence}
          required={false}
          rows={2}
          maxLength={2000}
          value={now.evidence ?? ''}
          onChange={(evidence) => setTyped({ ...typed, evidence })}
        />
        {!isInner && (
          <NumberField
            label={cellTitles.photos}
            help="至少要拍的张数，不要求照片的不填"
            required={false}
            unit="张"
            value={now.photos ?? null}
            onChange={(photos) => setTyped({ ...typed, photos })}
          />
        )}
        <TextField
          label={cellTitles.responsible}
          required={false}
          maxLength={200}
          value={now.responsible ?? ''}
          onChange={(responsible) => setTyped({ ...typed, responsible })}
        />
        <MethodForm
          indicator={indicator}
          now={now}
          isInner={isInner}
          isGuessed={isGuessed}
          onType={(more) => setTyped({ ...typed, ...more })}
          onConfirm={onConfirm}
          isBusy={isBusy}
        />
        <Pair>
          <TextField
            label={cellTitles.unit}
            required={false}
            maxLength={200}
            value={now.unit ?? ''}
            onChange={(unit) => setTyped({ ...typed, unit })}
          />
          <TextField
            label={cellTitles.threshold}
            required={false}
            maxLength={2000}
            value={now.threshold ?? ''}
            onChange={(threshold) => setTyped({ ...typed, threshold })}
          />
          <TextField
            label={cellTitles.basis}
            required={false}
            maxLength={2000}
            value={now.basis ?? ''}
            onChange={(basis) => setTyped({ ...typed, basis })}
          />
        </Pair>
        <TextAreaField
          label={cellTitles.note}
          required={false}
          rows={2}
          maxLength={2000}
          value={now.note ?? ''}
          onChange={(note) => setTyped({ ...typed, note })}
        />
      </Stack>
    </Section>
  );
}

/** The indicator as it would stand: a part that is typed away is not there. */
function withoutNothing(now: object): Indicator {
  const kept = Object.entries(now).filter(
    ([key, value]) => value !== null || ['title', 'points', 'weight', 'parent'].includes(key),
  );
  return Object.fromEntries(kept) as unknown as Indicator;
}
