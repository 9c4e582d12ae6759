import { Outlet, useMatches, useRouterState } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { frame as frameRoute } from '#contract/home/home.ts';
import { FrameProvider, useFrame } from '#web/shared/address/context.tsx';
import { unreachable } from '#web/shared/call/problem.ts';
import { useRead } from '#web/shared/call/queries.ts';
import type { PageFacts } from '#web/shared/desk/page-facts.ts';
import { deskWords } from '#web/shared/desk/registry.ts';
import { YearOfPage } from '#web/shared/desk/year-of-page.tsx';
import { Loaded } from '#web/shared/kit/feedback/Loaded.tsx';
import { NoRight } from '#web/shared/kit/feedback/NoRight.tsx';
import { toast } from '#web/shared/kit/feedback/toast.ts';
import { late, useLate, WhenHere, whenIdle } from '#web/shared/kit/late.tsx';
import { Page } from '#web/shared/kit/layout/Page.tsx';
import { postTitle } from '#web/shared/kit/PostChoices.tsx';
import { useHotkeys } from '#web/shared/page/useHotkeys.ts';
import { useNarrow, useSmall } from '#web/shared/page/useNarrow.ts';
import { useLeaving } from '#web/shared/session/Leaving.tsx';
import {
  mayOpen,
  type Session,
  SessionProvider,
  useOwnPost,
  useOwnSession,
  useSession,
} from '#web/shared/session/session.tsx';
import { desks } from '../desks.ts';
import { featureOf, menuOf, openPages, showsArchived } from '../menu.ts';
import { PostLost } from '../PostLost.tsx';
import { ArchivedYear } from './ArchivedYear.tsx';
import { Assigned } from './Assigned.tsx';
import { BottomBar } from './BottomBar.tsx';
import { IdleWatch } from './IdleWatch.tsx';
import { Offline } from './Offline.tsx';
import style from './Shell.module.css';
import { SideMenu } from './SideMenu.tsx';
import { SmallMenu } from './SmallMenu.tsx';
import { TopBar } from './TopBar.tsx';
import { UnknownYear } from './UnknownYear.tsx';
import { UnsentHere } from './UnsentHere.tsx';

const palette = late(async () => {
  const [{ Palette }, words] = await Promise.all([import('../Palette.tsx'), deskWords.load()]);
  return { Palette, words };
});

const noYear = late(() => import('./NoYear.tsx'));

/** The frame of the desk: context above, menu beside, page in the middle. */
export default function Shell() {
  const session = useOwnSession();
  const frame = useRead(frameRoute, {}, { refetchInterval: 60_000 });
  if (!session.data) return null;
  return (
    <SessionProvider session={session.data}>
      {frame.data ? (
        <FrameProvider frame={frame.data}>
          <YearOfPage>
            <Frame session={session.data} />
          </YearOfPage>
        </FrameProvider>
      ) : (
        <main className="page-fault">
          <Loaded of={frame}>{() => null}</Loaded>
        </main>
      )}
    </SessionProvider>
  );
}

function Frame({ session }: { session: Session }) {
  const narrow = useNarrow();
  const small = useSmall();
  const { years } = useFrame();
  const [finding, setFinding] = useState(false);
  const find = useFinding(setFinding);
  const finder = useLate(palette);
  const page = useMatches({ select: (matches) => matches.at(-1)?.staticData.page });
  const feature = featureOf(desks, useMatches({ select: (matches) => matches.at(-1)?.routeId }));
  const pages = openPages(desks, (permission) => mayOpen(session, permission));
  const menu = menuOf(desks, pages);
  const { leave, question } = useLeaving(session.person.id);
  useHotkeys({ 'ctrl+k': find });

  return (
    <div className={style.frame}>
      <a className={`visually-hidden ${style.skip}`} href="#content">
        跳到主要内容
      </a>
      <TopBar
        onFind={find}
        yearOfPage={page?.year ?? null}
        menu={small && !narrow ? <SmallMenu groups={menu} feature={feature} /> : null}
      />
      {!small && <SideMenu groups={menu} feature={feature} />}
      <div className={style.middle}>
        {session.sample && (
          <aside className={`${style.sample} screen-only`} aria-label="示例数据">
            示例数据：学校、人员和数字均为虚构。
          </aside>
        )}
        {narrow && <PostLine />}
        <Offline />
        <PostLost />
        <UnsentHere />
        {page?.year != null && <UnknownYear />}
        <ArchivedYear ofAddress={showsArchived(page)} />
        <Content>
          {page && !mayOpen(session, page.permission) ? (
            <NoRightPage title={page.title} permission={page.permission} />
          ) : page?.needsYear && years.length === 0 ? (
            <WhenHere late={noYear}>{({ NoYear }) => <NoYear title={page.title} />}</WhenHere>
          ) : page && (page.permission !== undefined || feature === 'home') ? (
            <Assigned title={page.title}>
              <Outlet />
            </Assigned>
          ) : (
            <Outlet />
          )}
        </Content>
      </div>
      {narrow && <BottomBar groups={menu} feature={feature} />}
      <Announcer title={page?.title} />
      <IdleWatch minutes={session.idleMinutes} personId={session.person.id} />
      {finding && finder && (
        <finder.Palette pages={pages} words={finder.words} onClose={() => setFinding(false)} onLeave={leave} />
      )}
      {question}
    </div>
  );
}

/** On a phone the bar has no room for the post, and colleagues' posts begin with the same words. */
function PostLine() {
  const { posts } = useSession();
  const post = useOwnPost();
  if (posts.length < 2 || !post) return null;
  return (
    <p className={`${style.post} screen-only`}>
      {[postTitle(post), post.placeName].filter((part) => part !== null).join(' · ')}
    </p>
  );
}

/** The palette is loaded when the page has nothing else to do, or earlier when the person opens it. */
function useFinding(setFinding: (open: boolean) => void): () => void {
  useEffect(() => whenIdle(palette), []);
  return () => {
    setFinding(true);
    palette.load().catch((error: unknown) => {
      setFinding(false);
      toast.problem(unreachable(error));
    });
  };
}

/** The place of the page. After a change of page the keyboard starts here, not somewhere in the menu. */
function Content({ children }: { children: React.ReactNode }) {
  const main = useRef<HTMLElement>(null);
  const pathname = useRouterState({ select: (state) => state.resolvedLocation?.pathname });
  const before = useRef(pathname);
  useEffect(() => {
    if (before.current !== undefined && before.current !== pathname) main.current?.focus({ preventScroll: true });
    before.current = pathname;
  }, [pathname]);
  return (
    <main ref={main} id="content" tabIndex={-1} className={style.content}>
      {children}
    </main>
  );
}

function NoRightPage({ title, permission }: { title: string; permission: PageFacts['permission'] | undefined }) {
  const first = typeof permission === 'string' ? permission : permission?.[0];
  return <Page title={title}>{first && <NoRight permission={first} />}</Page>;
}

/** Announces to screen readers which page has opened. */
function Announcer({ title }: { title: string | undefined }) {
  return (
    <p className="visually-hidden" role="status" aria-live="polite">
      {title ? `${title}页面` : ''}
    </p>
  );
}
