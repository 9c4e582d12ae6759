import type { ReactNode } from 'react';
import { Empty } from '#web/shared/kit/feedback/Empty.tsx';
import { Loaded } from '#web/shared/kit/feedback/Loaded.tsx';
import { Page } from '#web/shared/kit/layout/Page.tsx';
import { Grantors, useRights } from '#web/shared/session/Grantors.tsx';
import { worksByAssignment } from '#web/shared/session/post.ts';
import { useSession } from '#web/shared/session/session.tsx';

/**
 * The page itself, or the sentence that nothing is assigned to this post yet. Without an assignment no page of business
 * has anything to read, and each would state as a fact that there are no schools and no filings.
 */
export function Assigned({ title, children }: { title: string; children: ReactNode }) {
  const { role, counties } = useSession();
  const byAssignment = worksByAssignment(role);
  // A post with schools has the counties in which they lie; then the server need not be asked.
  const asking = byAssignment && counties.length === 0;
  const read = useRights(asking);
  if (!asking) return children;
  const schools = role.level === 'schools';
  return (
    <Loaded of={read} shape="text">
      {({ assigned }) =>
        assigned ? (
          children
        ) : (
          <Page title={title} state={role.name}>
            <Empty title={schools ? '还没有指派给您的学校' : '还没有指派给您的项目'}>
              {schools ? <Grantors to="指派学校" /> : <p>参加的项目由立项单位指派。</p>}
              <p>指派后刷新页面，就能看到相应的填报和结果。</p>
            </Empty>
          </Page>
        )
      }
    </Loaded>
  );
}
