import { Button } from '#web/shared/kit/action/Button.tsx';
import { useLow, useNarrow } from '#web/shared/page/useNarrow.ts';
import { FindingLine } from '../FindingLine.tsx';
import style from './FormProblemList.module.css';
import type { FormProblems } from './filing-form.ts';
import { focusField } from './form-focus.ts';

/** Every problem that prevents submitting, in one place above the form; each line leads to its field. Folded in a low window and on a phone, where the fields have the room. */
export function FormProblemList({ problems, open: fillable }: { problems: FormProblems; open: boolean }) {
  const { missing, open, explained } = problems;
  const [first] = missing;
  const folded = [useLow(), useNarrow()].includes(true);
  if (!fillable && open.length + explained.length === 0) return null;
  if (missing.length + open.length + explained.length === 0) return null;
  return (
    <details
      id="problems"
      className={style.problems}
      open={!folded && open.length + missing.length > 0 && open.length < 6}
    >
      <summary>
        {[
          missing.length > 0 && `还有 ${missing.length} 项没有填`,
          open.length > 0 && `${open.length} 处问题待处理`,
          explained.length > 0 && `${explained.length} 处疑点已说明`,
        ]
          .filter(Boolean)
          .join(' · ')}
      </summary>
      <ul>
        {first && fillable && (
          <li>
            <p>
              ◌ 还没有填：
              {missing
                .slice(0, 6)
                .map((field) => field.key)
                .join('、')}
              {missing.length > 6 ? ` 等 ${missing.length} 项` : ''}
            </p>
            <Button small kind="quiet" onClick={() => focusField(first.key)}>
              去第一项
            </Button>
          </li>
        )}
        {[...open, ...explained].map(({ finding, field }) => (
          <li key={field.key + finding.code + finding.sentence}>
            <FindingLine finding={finding} />
            <Button small kind="quiet" onClick={() => focusField(field.key)}>
              {fillable && finding.weight === 'soft' && !finding.explanation ? '去说明' : '去查看'}
              <span className="visually-hidden"> {field.key}</span>
            </Button>
          </li>
        ))}
      </ul>
    </details>
  );
}
