import { addDays } from '#domain/kit/school-year.ts';
import { DateField } from '#web/shared/form/DateField.tsx';

/** How many days the subject has to state something, where the timetable says nothing. */
const usualStatementDays = 10;

/** The last of these days, counted from today. */
export const usualStatementDue = (today: string) => addDays(today, usualStatementDays);

interface StatementDueProps {
  today: string;
  due: string;
  onChange: (due: string) => void;
}

/** The day until which the subject may state something. */
export function StatementDue({ today, due, onChange }: StatementDueProps) {
  return (
    <DateField
      label="申辩截止"
      value={due}
      min={today}
      onChange={onChange}
      error={due <= today ? '截止日要在今天以后' : undefined}
    />
  );
}
