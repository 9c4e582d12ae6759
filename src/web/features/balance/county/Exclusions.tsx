import { schoolCodeText } from '#domain/org/school-code.ts';
import { Section } from '#web/shared/kit/layout/Page.tsx';
import type { LevelResult } from '../balance.words.ts';
import { SchoolLink } from '../balance-links.tsx';
import style from './Exclusions.module.css';

/**
 * The schools outside the set and why, and the schools with missing data: grouped by reason, so that each reason is
 * read once.
 */
export function Exclusions({ level, ownOnly }: { level: LevelResult; ownOnly: boolean }) {
  const groups = new Map<string, LevelResult['excluded']>();
  for (const school of level.excluded) groups.set(school.reason, [...(groups.get(school.reason) ?? []), school]);
  return (
    <Section
      title={`${level.levelName}没有计入的学校`}
      note={ownOnly ? '只列本校' : `${level.excluded.length} 所排除，${level.missing.length} 所缺数据`}
    >
      {groups.size === 0 && level.missing.length === 0 && (
        <p className="soft">{ownOnly ? '本校计入测算。' : '有本学段的学校全部计入。'}</p>
      )}
      {[...groups].map(([reason, schools]) => (
        <details key={reason} className={style.reason} open={schools.length <= 6}>
          <summary>
            {reason}（{schools.length} 所）
          </summary>
          <ul>
            {schools.map((school) => (
              <li key={school.schoolId}>
                <SchoolLink schoolId={school.schoolId}>{school.name}</SchoolLink>
                <span className="caption tabular">{schoolCodeText(school.code)}</span>
              </li>
            ))}
          </ul>
        </details>
      ))}
      {level.missing.length > 0 && (
        <details className={style.reason} open={level.missing.length <= 12}>
          <summary>缺少数据项，未计入相应指标（{level.missing.length} 所）</summary>
          <ul>
            {level.missing.map((school) => (
              <li key={school.schoolId}>
                <SchoolLink schoolId={school.schoolId}>{school.name}</SchoolLink>
                <span className="caption">{school.fields.join('、')}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </Section>
  );
}
