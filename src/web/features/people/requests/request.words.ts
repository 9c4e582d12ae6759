import type { list } from '#contract/people/requests.ts';
import type { RouteOutput } from '#contract/route.ts';

type Act = RouteOutput<typeof list>['rows'][number]['act'];

/** What a request asks for, what happens when it is confirmed, and what its proposer should know. */
export const requestedActs: Readonly<
  Record<Act, { readonly title: string; readonly effect: string; readonly proposal: string }>
> = {
  password: {
    title: '双人链接',
    effect: '现在的密码立即失效，全部登录结束；由您把链接交给本人，启用码由提出人另行交付。',
    proposal: '您得到启用码，安全管理员得到链接，分别交给本人；两者齐全才能设定密码。',
  },
  'second-factor': {
    title: '解除动态验证码',
    effect: '解除后全部登录结束，下次登录由本人重新绑定。',
    proposal: '请先确认是本人要求，例如更换或遗失手机。',
  },
  enable: { title: '恢复账户', effect: '恢复后可以登录，原有岗位继续有效。', proposal: '恢复后其原有岗位继续有效。' },
};
