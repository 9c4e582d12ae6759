import { daysToProlong, endOfTerm, keepTerms, longestKeepMonths, periodFault } from '#domain/file/marked-file.ts';
import { DateField } from '../form/DateField.tsx';
import { SelectField } from '../form/fields.tsx';
import { today } from '../words/format.ts';

interface PeriodFieldsProps {
  /** The last day on which the file may be opened. */
  value: string;
  /** The day before which it cannot end, where it cannot be shortened. */
  earliest?: string | undefined;
  onChange: (until: string) => void;
}

/** What is chosen where the day is none of the terms. */
const otherDay = 0;

/** How long a marked file is kept: a term with its last day, or another day. */
export function PeriodFields({ value, earliest, onChange }: PeriodFieldsProps) {
  const now = today();
  const early = earliest !== undefined && value < earliest ? `这里只能延长，不能早于 ${earliest}` : undefined;
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
        min={earliest ?? now}
        max={endOfTerm(now, longestKeepMonths)}
        error={value === '' ? undefined : (periodFault(value, now) ?? early)}
        help={`过了这一天不能再打开，再过 ${daysToProlong} 天清理内容；到期前可以延长${earliest === undefined ? '或缩短' : '，不能缩短'}`}
        value={value}
        onChange={onChange}
      />
    </>
  );
}
