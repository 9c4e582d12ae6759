import { endOfTerm, keepTerms, longestKeepMonths, periodFault } from '#domain/file/marked-file.ts';
import { DateField } from '../form/DateField.tsx';
import { SelectField } from '../form/fields.tsx';
import { today } from '../words/format.ts';

interface PeriodFieldsProps {
  /** The last day on which the file may be opened. */
  value: string;
  onChange: (until: string) => void;
}

/** What is chosen where the day is none of the terms. */
const otherDay = 0;

/** How long a marked file is kept: a term with its last day, or another day. */
export function PeriodFields({ value, onChange }: PeriodFieldsProps) {
  const now = today();
  const terms = keepTerms.map(({ months, title }) => ({ months, title, until: endOfTerm(now, months) }));
  const chosen = terms.find(({ until }) => until === value)?.months ?? otherDay;
  return (
    <>
      <SelectField
        label="保存期"
        value={chosen}
        options={[
          ...terms.map(({ months, title, until }) => ({ value: months as number, label: `${title}（到 ${until}）` })),
          { value: otherDay, label: '到下面的日期' },
        ]}
        onChange={(months) => months !== otherDay && onChange(endOfTerm(now, months))}
      />
      <DateField
        label="保存到（含当日）"
        required
        min={now}
        max={endOfTerm(now, longestKeepMonths)}
        error={value === '' ? undefined : (periodFault(value, now) ?? undefined)}
        help="过了这一天不能再打开，再过 7 天清理内容；到期前可以延长或缩短"
        value={value}
        onChange={onChange}
      />
    </>
  );
}
