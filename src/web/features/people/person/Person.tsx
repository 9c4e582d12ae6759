import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { read as readPerson, type resetPassword } from '#contract/people/people.ts';
import type { RouteOutput } from '#contract/route.ts';
import { useRead } from '#web/shared/call/queries.ts';
import { LoadedPage } from '#web/shared/kit/feedback/LoadedPage.tsx';
import { late, WhenHere } from '#web/shared/kit/late.tsx';
import { Facts, Page, Section } from '#web/shared/kit/layout/Page.tsx';
import { Missing } from '#web/shared/kit/words/Missing.tsx';
import { StateMark } from '#web/shared/kit/words/StateMark.tsx';
import { formatDateTime } from '#web/shared/words/format.ts';
import { accountState, type PersonDetail } from '../people.words.ts';
import { HandedCode } from '../requests/HandedCode.tsx';
import { HandedOut } from './HandedOut.tsx';
import { PersonActs } from './PersonActs.tsx';
import { PersonPosts } from './PersonPosts.tsx';
import { PostAssignments } from './PostAssignments.tsx';

const edit = late(() => import('./EditPerson.tsx'));
const mobile = late(() => import('./SetMobile.tsx'));
const grantRole = late(() => import('./GrantRole.tsx'));

/** One account: the person, the way of signing in, the present and the past permissions. */
export default function Person() {
  const { personId } = useParams({ from: '/desk/people/$personId' });
  const read = useRead(readPerson, { params: { personId } });
  return (
    <LoadedPage of={read} title="人员账户" above={<Link to="/people">人员与权限</Link>}>
      {(person) => <PersonPage key={person.id} person={person} />}
    </LoadedPage>
  );
}

function PersonPage({ person }: { person: PersonDetail }) {
  const [open, setOpen] = useState<'edit' | 'grant' | 'mobile' | null>(null);
  const [code, setCode] = useState<string | null>(null);
  const [handed, setHanded] = useState<RouteOutput<typeof resetPassword> | null>(null);
  const close = () => setOpen(null);
  return (
    <Page
      title={person.name}
      above={<Link to="/people">人员与权限</Link>}
      state={<StateMark {...accountState(person)} />}
      action={<PersonActs person={person} onOpen={setOpen} onHanded={setHanded} onCode={setCode} />}
    >
      <Section
        title="账户"
        note={
          person.guarded
            ? '这个账户须两人办理：重置密码、解除动态验证码或恢复账户，由您提出申请，安全管理员确认。'
            : undefined
        }
      >
        <Facts
          items={[
            ['用户名', person.username],
            ['电话', person.phone ?? <Missing key="phone" reason="没有登记电话" />],
            ['登录手机号', mobileOf(person)],
            ['建立', formatDateTime(person.createdAt)],
            [
              '密码',
              person.passwordPending
                ? '本人还没有设定'
                : person.passwordChangedAt && `${formatDateTime(person.passwordChangedAt)} 设定`,
            ],
            ['动态验证码', person.secondFactorEnabled ? '已绑定' : '未绑定'],
            [
              '登录',
              person.sessions > 0
                ? [
                    `${person.sessions} 个，最近使用 `,
                    <span key="seen" className="tabular nowrap">
                      {formatDateTime(person.lastSeenAt ?? '')}
                    </span>,
                  ]
                : '没有',
            ],
            ['访问令牌', person.tokens > 0 ? `${person.tokens} 个有效` : '没有'],
          ]}
        />
      </Section>
      <Section title="角色" note={person.posts.length > 0 ? undefined : '由安全管理员授予后才能办理业务。'}>
        <PersonPosts person={person} />
      </Section>
      {person.posts
        .filter((post) => post.reach === 'schools' || post.reach === 'campaign')
        .map((post) => (
          <PostAssignments key={post.grantId} person={person} post={post} />
        ))}
      {open === 'edit' && (
        <WhenHere late={edit}>{({ EditPerson }) => <EditPerson person={person} onClose={close} />}</WhenHere>
      )}
      {open === 'mobile' && (
        <WhenHere late={mobile}>{({ SetMobile }) => <SetMobile person={person} onClose={close} />}</WhenHere>
      )}
      {open === 'grant' && (
        <WhenHere late={grantRole}>{({ GrantRole }) => <GrantRole person={person} onClose={close} />}</WhenHere>
      )}
      {code && <HandedCode person={`${person.name}（${person.username}）`} code={code} onClose={() => setCode(null)} />}
      {handed && (
        <HandedOut
          title="密码已重置"
          person={`${person.name}（${person.username}）`}
          handed={handed}
          onClose={() => setHanded(null)}
        />
      )}
    </Page>
  );
}

/** The number that signs in, and the one that waits to be looked at. */
function mobileOf({ mobile, mobileAsked }: PersonDetail) {
  const asked = mobileAsked === null ? '' : `本人登记 ${mobileAsked}，待核对`;
  if (mobile === null && asked === '') return <Missing reason="没有登记手机号" />;
  return [mobile ?? '', asked].filter((one) => one !== '').join('；');
}
