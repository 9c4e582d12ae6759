import { Link, useNavigate } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { postText } from '#domain/access/actor.ts';
import { schoolYearName } from '#domain/kit/school-year.ts';
import { useDeskContext, useFrame } from '#web/shared/address/context.tsx';
import { asProblem } from '#web/shared/call/problem.ts';
import { toast } from '#web/shared/kit/feedback/toast.ts';
import { Menu } from '#web/shared/kit/menu/Menu.tsx';
import { postTitle } from '#web/shared/kit/PostChoices.tsx';
import { KeyHint } from '#web/shared/kit/words/KeyHint.tsx';
import { setTypeLarge, typeIsLarge } from '#web/shared/page/type-size.ts';
import { useNarrow } from '#web/shared/page/useNarrow.ts';
import { useLeaving } from '#web/shared/session/Leaving.tsx';
import { workInPost } from '#web/shared/session/post.ts';
import { useOwnPost, useOwnPostTitle, useSession } from '#web/shared/session/session.tsx';
import { schoolYearWord } from '#web/shared/words/format.ts';
import style from './TopBar.module.css';

/** The state of a school year: something is asked of it, everything that was asked has ended, or it is read only. */
const yearStateTitles = { open: '进行中', closed: '已结束', archived: '已归档' } as const;

interface TopBarProps {
  onFind: () => void;
  yearOfPage: string | null;
  /** The main menu, where it has no place of its own. */
  menu: ReactNode;
}

/** School year and unit (the context of every page), the search, the waiting work, and the person who is signed in. */
export function TopBar({ onFind, yearOfPage, menu }: TopBarProps) {
  const { waiting, unread } = useFrame();
  const { posts } = useSession();
  const hasChoice = useOwnPost() !== undefined && posts.length > 1;
  return (
    <header className={`${style.bar} screen-only`} data-posts={hasChoice || undefined}>
      <Link to="/" className={style.brand} aria-label="督导 Dudao，首页">
        <span aria-hidden="true">督导</span>
        <span className={style.latin} aria-hidden="true">
          Dudao
        </span>
      </Link>
      {menu}
      <ContextPickers yearOfPage={yearOfPage} />
      <button type="button" className={style.find} onClick={onFind} aria-keyshortcuts="Control+K">
        <svg viewBox="0 0 14 14" aria-hidden="true">
          <path
            d="M9.3 9.3 13 13M10.5 5.75a4.75 4.75 0 1 1-9.5 0 4.75 4.75 0 0 1 9.5 0Z"
            fill="none"
            stroke="currentColor"
            strokeWidth="1.4"
          />
        </svg>
        <span className={style.findText}>搜索</span>
        <KeyHint keys="Ctrl K" />
      </button>
      <Link to="/" className={style.waiting} title={`${waiting} 类事项等待办理`}>
        待办 <span className={waiting > 0 ? style.some : style.none}>{waiting}</span>
      </Link>
      <Link to="/notices" className={style.waiting} title={`${unread} 条消息未读`}>
        消息 <span className={unread > 0 ? style.some : style.none}>{unread}</span>
      </Link>
      <PostMenu />
      <PersonMenu />
    </header>
  );
}

interface ContextPickersProps {
  /** What the open page does with the school year; null where it does not depend on it. */
  yearOfPage: string | null;
}

function ContextPickers({ yearOfPage }: ContextPickersProps) {
  const { year, years, unit, units, setYear, setUnit } = useDeskContext();
  const session = useSession();
  if (year === null && !unit) return <div className={style.context} />;
  const path = session.path.filter((step) => step.level !== 'province' && step.id !== unit?.id);
  const top = unit && unit.level === 'county' ? (path.find((step) => step.level === 'city')?.name ?? null) : null;
  return (
    <nav className={style.context} aria-label="学年与单位">
      {year !== null && (
        <Menu
          className={yearOfPage === null ? style.quiet : undefined}
          label={<YearLabel year={year} />}
          name={`学年：${schoolYearName(year)}`}
          help={yearOfPage === null ? '本页与所选学年无关' : `本页：${yearOfPage}`}
          items={years.map((choice) => ({
            key: String(choice.schoolYear),
            label: schoolYearName(choice.schoolYear),
            note: yearStateTitles[choice.archivedOn === undefined ? choice.state : 'archived'],
            current: choice.schoolYear === year,
            onSelect: () => setYear(choice.schoolYear),
          }))}
        />
      )}
      {unit && units.length > 1 && (
        <Menu
          className={style.unit ?? ''}
          label={
            <span className={style.path}>
              {top && <span className={style.above}>{top} / </span>}
              {unit.name}
            </span>
          }
          name={`单位：${top ? `${top} / ` : ''}${unit.name}`}
          items={units.map((choice) => ({
            key: String(choice.id),
            label: choice.name,
            note: choice.level === 'city' ? '全市' : undefined,
            current: choice.id === unit.id,
            onSelect: () => setUnit(choice.id),
          }))}
        />
      )}
      {unit && units.length <= 1 && (
        <span className={style.fixed}>
          {top && <span className={style.above}>{top} / </span>}
          {session.school ? session.school.name : unit.name}
        </span>
      )}
    </nav>
  );
}

/** The word after the number is left out where a phone also needs room for the post. */
function YearLabel({ year }: { year: number }) {
  return (
    <span className="tabular">
      {year}
      <span className={style.yearWord}> {schoolYearWord}</span>
    </span>
  );
}

/**
 * The post in which this tab works. With several posts one click leads to another, and the keyboard moves in the list.
 */
function PostMenu() {
  const { posts } = useSession();
  const narrow = useNarrow();
  const current = useOwnPost();
  if (posts.length < 2 || !current) return null;
  return (
    <Menu
      align="end"
      className={style.post ?? ''}
      name={`岗位：${postTitle(current)}${current.placeName ? `，${current.placeName}` : ''}`}
      // A phone has no room for the name here; it stands below the bar.
      label={<span className={style.path}>{narrow ? '岗位' : postTitle(current)}</span>}
      items={posts.map((choice) => ({
        key: postText(choice),
        label: postTitle(choice),
        note: choice.placeName ?? undefined,
        current: choice === current,
        onSelect: () => {
          if (choice !== current) void workInPost(choice).catch((error: unknown) => toast.problem(asProblem(error)));
        },
      }))}
    />
  );
}

function PersonMenu() {
  const { person } = useSession();
  const post = useOwnPostTitle();
  const { unread } = useFrame();
  const navigate = useNavigate();
  const [large, setLarge] = useState(typeIsLarge);
  const { leave, question } = useLeaving(person.id);
  return (
    <>
      <Menu
        align="end"
        name={`${person.name}的菜单`}
        label={<span className={style.person}>{person.name}</span>}
        items={[
          {
            key: 'notices',
            label: unread > 0 ? `消息（${unread} 条未读）` : '消息',
            onSelect: () => void navigate({ to: '/notices' }),
          },
          { key: 'account', label: '我的账户', onSelect: () => void navigate({ to: '/account' }) },
          {
            key: 'type',
            label: large ? '改用普通字号' : '改用大字号',
            onSelect: () => {
              setTypeLarge(!large);
              setLarge(!large);
            },
          },
          { key: 'out', label: '退出登录', onSelect: leave },
        ]}
      >
        <p className={style.who}>
          {person.name}
          <span className="caption">
            {post} · {person.username}
          </span>
        </p>
      </Menu>
      {question}
    </>
  );
}
