import { useState } from 'react';
import type { RouteOutput } from '#contract/route.ts';
import { list } from '#contract/session/posts.ts';
import { useRead } from '#web/shared/call/queries.ts';
import { Button } from '#web/shared/kit/action/Button.tsx';
import { Empty } from '#web/shared/kit/feedback/Empty.tsx';
import { Loaded } from '#web/shared/kit/feedback/Loaded.tsx';
import { postTitle } from '#web/shared/kit/PostChoices.tsx';
import { Grantors } from '#web/shared/session/Grantors.tsx';
import { EndStandIn, GiveStandIn } from '#web/shared/session/StandIns.tsx';
import { WorkHere } from '#web/shared/session/WorkHere.tsx';
import { formatDate } from '#web/shared/words/format.ts';
import style from './MyPosts.module.css';

type Posts = RouteOutput<typeof list>;
type Post = Posts['posts'][number];
type StandIn = Posts['held'][number];

/** The person's own posts with their stand-ins, and the posts of others in which the person stands in. */
export function MyPosts() {
  const read = useRead(list, {});
  const [giving, setGiving] = useState<Post | null>(null);
  return (
    <Loaded of={read} shape="text">
      {({ posts, held }) => (
        <>
          {posts.length + held.length === 0 && (
            <Empty title="还没有岗位。">
              <Grantors to="授予角色" />
              <p>授予后，这里会列出您的岗位。</p>
            </Empty>
          )}
          <ul className={style.posts}>
            {posts.map((post) => (
              <OwnPost key={post.grantId} post={post} onGive={() => setGiving(post)} />
            ))}
            {held.map((one) => (
              <LentPost key={one.id} standIn={one} />
            ))}
          </ul>
          {giving && <GiveStandIn post={giving} onClose={() => setGiving(null)} />}
        </>
      )}
    </Loaded>
  );
}

function OwnPost({ post, onGive }: { post: Post; onGive: () => void }) {
  return (
    <li>
      <p className={style.post}>
        <strong>{post.roleName}</strong>
        <span>{post.placeName ?? '系统'}</span>
        <WorkHere post={{ grantId: post.grantId, standInId: null }} />
        {post.canGive && (
          <Button small onClick={onGive}>
            交同事代办
          </Button>
        )}
      </p>
      {post.standIns.map((one) => (
        <p key={one.id} className={style.lent}>
          {one.personName}代办，至 {formatDate(one.until)}（含当日） <EndStandIn standIn={one} verb="结束代办" />
        </p>
      ))}
    </li>
  );
}

function LentPost({ standIn }: { standIn: StandIn }) {
  return (
    <li>
      <p className={style.post}>
        <strong>{postTitle(standIn)}</strong>
        <span>{standIn.placeName}</span>
        <WorkHere post={{ grantId: standIn.grantId, standInId: standIn.id }} />
        <EndStandIn standIn={standIn} verb="交还" />
      </p>
      <p className={style.lent}>至 {formatDate(standIn.until)}（含当日），办理的每一步都记两个人的姓名。</p>
    </li>
  );
}
