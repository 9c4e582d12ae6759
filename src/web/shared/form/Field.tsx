import { type ReactNode, useId } from 'react';
import style from './Field.module.css';
import { problemAt } from './schema-problems.ts';

interface FieldFrameProps {
  label: string;
  help?: ReactNode;
  /** The unit behind the control: `㎡`. */
  unit?: string | undefined;
  error?: string | undefined;
  required?: boolean | undefined;
  /** The person chooses here and does not write. */
  choose?: boolean;
  /** Called with the id of the control and the ids of its descriptions. */
  children: (control: {
    id: string;
    'aria-describedby': string | undefined;
    'aria-invalid': true | undefined;
  }) => ReactNode;
}

/** A control with its label above, its help below, and its problem beside it. */
export function Field({ label, help, unit, error: found, required, choose, children }: FieldFrameProps) {
  const error = problemAt(label, found, choose);
  const id = useId();
  return (
    <div className={style.field}>
      <label htmlFor={id}>
        {label}
        {required === false && <span className={style.optional}>选填</span>}
      </label>
      <div className={unit ? style.withUnit : undefined}>
        {children({
          id,
          'aria-describedby': error || help ? `${id}-note` : undefined,
          'aria-invalid': error ? true : undefined,
        })}
        {unit && <span className={style.unit}>{unit}</span>}
      </div>
      {(error || help) && (
        <p id={`${id}-note`} className={error ? style.error : style.help}>
          {error ?? help}
        </p>
      )}
    </div>
  );
}
