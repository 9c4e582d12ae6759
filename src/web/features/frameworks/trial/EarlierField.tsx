import { Field } from '#web/shared/form/Field.tsx';
import { Combobox } from '#web/shared/kit/choice/Combobox.tsx';
import { type EarlierRound, findRounds, roundName } from './useEarlierRound.ts';

interface EarlierFieldProps {
  draftId: string;
  round: EarlierRound | null;
  onRound: (id: string | null) => void;
}

/** The decided round whose answers and points a draft takes over. */
export function EarlierField({ draftId, round, onRound }: EarlierFieldProps) {
  return (
    <Field
      label="沿用哪一次评估的自评和评分"
      help="同一体系已确认结果的评估；按指标对应沿用当时的答案和得分，试填的答案优先"
      choose
      required={false}
    >
      {({ id }) => (
        <Combobox<string>
          id={id}
          label="沿用哪一次评估的自评和评分"
          value={round && { value: round.id, label: roundName(round) }}
          onChange={(choice) => onRound(choice?.value ?? null)}
          find={(text, signal) => findRounds(draftId, text, signal)}
          placeholder="评估对象的名称或年度；不选则不沿用"
        />
      )}
    </Field>
  );
}
