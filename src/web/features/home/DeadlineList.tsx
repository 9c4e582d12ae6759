import { Link, type LinkProps } from '@tanstack/react-router';
import type { DeadlineWords, Overview } from '#web/shared/desk/desk.ts';
import { deskWords, here } from '#web/shared/desk/registry.ts';
import { daysLeft } from '#web/shared/kit/words/DeadlineText.tsx';
import { useSession } from '#web/shared/session/session.tsx';
import { formatNumber } from '#web/shared/words/format.ts';
import style from './DeadlineList.module.css';
import { type DeadlineGroup, deadlineGroups } from './deadline-groups.ts';

/** The deadlines, soonest first: who, what, how many days, how many are missing. */
export function DeadlineList({ deadlines }: Pick<Overview, 'deadlines'>) {
  const { deadlineWords } = here(deskWords);
  return (
    <ul className={style.deadlines}>
      {deadlineGroups(deadlines).map((group) => {
        const words = deadlineWords[group.kind];
        return (
          words && (
            <li key={`${group.kind}-${group.date}`} title={group.basis ?? undefined}>
              <GroupLine group={group} words={words} />
            </li>
          )
        );
      })}
    </ul>
  );
}

/** Units with the same day share a line; below it stand the units and how many each still owes. */
function GroupLine({ group, words }: { group: DeadlineGroup; words: DeadlineWords }) {
  const { school, role } = useSession();
  // A county's name would say that all its schools are counted.
  const nameOf = (name: string) => (role.level === 'schools' ? `您负责的${name}学校` : name);
  const [first] = group.lines;
  const tone = group.daysLeft < 0 ? style.passed : group.daysLeft <= 7 ? style.near : 'soft';
  return (
    <>
      <div className={style.deadline}>
        <span>
          {group.lines.length > 1 ? (
            `${group.lines.length} ${words.of ?? '个单位'}`
          ) : first && school === null ? (
            <Link {...(words.link(first.unitId, first.schoolYear) as LinkProps)}>{nameOf(first.name)}</Link>
          ) : (
            first && nameOf(first.name)
          )}{' '}
          <span className="soft">{words.title}</span>
        </span>
        <time dateTime={group.date} className="tabular soft">
          {group.date}
        </time>
        <span className={tone}>{daysLeft(group.daysLeft)}</span>
        <span className="numbers soft">
          {school ? schoolWords(group) : missingWords(group.outstanding, words.unit)}
        </span>
      </div>
      {group.lines.length > 1 && (
        <p className={style.units}>
          {group.lines.map((line) => (
            <Link key={line.name} {...(words.link(line.unitId, line.schoolYear) as LinkProps)}>
              {line.name} <span className="tabular">{formatNumber(line.outstanding)}</span>
            </Link>
          ))}
        </p>
      )}
    </>
  );
}

function missingWords(outstanding: number, unit: string): string {
  return outstanding > 0 ? `尚缺 ${formatNumber(outstanding)} ${unit}` : '已齐';
}

function schoolWords(group: DeadlineGroup): string {
  return group.outstanding > 0 ? '未完成' : '已完成';
}
