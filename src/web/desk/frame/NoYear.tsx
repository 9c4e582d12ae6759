import { opensYear, settingUp } from '#domain/access/permissions.ts';
import { deskWords } from '#web/shared/desk/registry.ts';
import { ButtonLink } from '#web/shared/kit/action/Button.tsx';
import { Empty } from '#web/shared/kit/feedback/Empty.tsx';
import { WhenHere } from '#web/shared/kit/late.tsx';
import { Page } from '#web/shared/kit/layout/Page.tsx';
import { YearOpeners } from '#web/shared/session/Grantors.tsx';
import { useCan } from '#web/shared/session/session.tsx';

/** In place of a page that hangs on a school year, before the first one is open: what comes next, and who does it. */
export function NoYear({ title }: { title: string }) {
  const mayOpen = useCan(opensYear);
  const setsUp = useCan(settingUp);
  return (
    <Page title={title}>
      <Empty title="还没有开启学年" action={mayOpen && <WhenHere late={deskWords}>{openingLink}</WhenHere>}>
        <p>开启首个学年后，学校开始填报，均衡监测随之测算。</p>
        {!mayOpen && <YearOpeners />}
        {setsUp && <p>启用本系统的各个步骤列在首页。</p>}
      </Empty>
    </Page>
  );
}

/** The step of the beginning by which a year is opened, where a feature has one. */
function openingLink({ stepWords }: Awaited<ReturnType<typeof deskWords.load>>) {
  const act = Object.values(stepWords).flatMap(({ acts }) => acts[opensYear] ?? [])[0];
  if (act?.link === undefined) return null;
  const { to, search } = act.link;
  return (
    <ButtonLink to={to as '/'} search={search as never} kind="primary">
      {act.verb}
    </ButtonLink>
  );
}
