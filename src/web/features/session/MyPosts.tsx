import { useState } from 'react';
import type { RouteOutput } from '#contract/route.ts';
import { colleagues, endStandIn, giveStandIn, list } from '#contract/session/posts.ts';
import { postText } from '#domain/access/actor.ts';
import { call } from '#web/shared/call/call.ts';
import { asProblem } from '#web/shared/call/problem.ts';
import { refreshAfter, useAct, useRead } from '#web/shared/call/queries.ts';
import { Form } from '#web/shared/form/Form.tsx';
import { DateField, SelectField } from '#web/shared/form/fields.tsx';
import { useForm } from '#web/shared/form/useForm.ts';
import { formatDate } from '#web/shared/format.ts';
import { Button } from '#web/shared/kit/action/Button.tsx';
import { Dialog } from '#web/shared/kit/dialog/Dialog.tsx';
import { confirm } from '#web/shared/kit/dialog/question.ts';
import { Empty } from '#web/shared/kit/feedback/Empty.tsx';
import { Loaded } from '#web/shared/kit/feedback/Loaded.tsx';
import { toast } from '#web/shared/kit/feedback/toast.ts';
import { workInPost } from '#web/shared/session/post.ts';
import { useSession } from '#web/shared/session/session.tsx';
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
            <Empty title="还没有岗位。">由安全管理员授予角色后，这里会列出您的岗位。</Empty>
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
        <strong>
          {standIn.roleName}（代{standIn.principalName}）
        </strong>
        <span>{standIn.placeName}</span>
        <WorkHere post={{ grantId: standIn.grantId, standInId: standIn.id }} />
        <EndStandIn standIn={standIn} verb="交还" />
      </p>
      <p className={style.lent}>至 {formatDate(standIn.until)}（含当日），办理的每一步都记两个人的姓名。</p>
    </li>
  );
}

function WorkHere({ post }: { post: { grantId: string; standInId: string | null } }) {
  const { post: current } = useSession();
  if (current !== null && postText(current) === postText(post)) return <span className="soft">正在使用</span>;
  return (
    <Button small onClick={() => void workInPost(post).catch((error: unknown) => toast.problem(asProblem(error)))}>
      切换到此岗位
    </Button>
  );
}

function EndStandIn({ standIn, verb }: { standIn: StandIn; verb: string }) {
  const { act, busy } = useAct(endStandIn, { done: '代办已结束。' });
  async function end() {
    const yes = await confirm({
      title: `${verb}：${standIn.personName}代${standIn.principalName}（${standIn.roleName}）？`,
      text: '立即生效；已经办理的事项不受影响。',
      verb,
    });
    if (yes) await act({ params: { standInId: standIn.id } });
  }
  return (
    <Button small busy={busy} onClick={() => void end()}>
      {verb}
    </Button>
  );
}

function GiveStandIn({ post, onClose }: { post: Post; onClose: () => void }) {
  const params = { grantId: post.grantId };
  const read = useRead(colleagues, { params });
  const form = useForm(giveStandIn.body!, { personId: '', until: '' });
  return (
    <Dialog open title={`${post.roleName}：交同事代办`} onClose={onClose}>
      <Loaded of={read} shape="form">
        {({ rows }) =>
          rows.length === 0 ? (
            <p>同一单位没有其他在用的账户，无法交同事代办。</p>
          ) : (
            <Form
              verb="交同事代办"
              busy={form.busy}
              problem={form.problems['']}
              onSubmit={form.submit(async (body) => {
                await call(giveStandIn, { params, body });
                await refreshAfter(giveStandIn);
                toast.say('已交同事代办，其下次打开页面即可切换到这个岗位。');
                onClose();
              })}
            >
              <SelectField
                label="同事"
                options={rows.map((one) => ({ value: one.id, label: `${one.name}（${one.roles}）` }))}
                {...form.field('personId')}
              />
              <DateField label="截止日期（含当日）" {...form.field('until')} />
              <p className="caption">代办期间，每一步都同时记录两个人的姓名；可以随时提前结束。</p>
            </Form>
          )
        }
      </Loaded>
    </Dialog>
  );
}
