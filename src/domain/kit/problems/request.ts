import { changeSaid, type LastChange } from '../last-change.ts';

/** Refusals that any request can get, whatever its subject. */
export const requestProblems = {
  'request.invalid': {
    status: 400,
    kind: 'input',
    sentence: (details: { issues: ReadonlyArray<{ path: string; message: string }> }) => {
      const first = details.issues[0];
      if (!first) return '提交的内容不符合要求。';
      const more = details.issues.length > 1 ? `（共 ${details.issues.length} 处问题）` : '';
      return `提交的内容不符合要求：${first.path ? `${first.path}：` : ''}${first.message}${more}`;
    },
  },
  'request.tooLarge': {
    status: 413,
    kind: 'input',
    sentence: (details: { limitBytes: number }) =>
      `提交的内容过大，上限为 ${Math.floor(details.limitBytes / 1024 / 1024)} MB。`,
  },
  'request.tooMany': {
    status: 429,
    kind: 'access',
    sentence: (details: { seconds: number }) => `操作过于频繁，请 ${details.seconds} 秒后再试。`,
  },
  'request.bound': {
    status: 409,
    kind: 'state',
    sentence: (details: { what: string; most: number; unit: string; way: string }) =>
      `${details.what}最多 ${details.most} ${details.unit}，已到上限，${details.way}。`,
  },
  'request.tooManyOwn': {
    status: 429,
    kind: 'state',
    sentence: () => '您同时发出的请求过多，这一项还没有办理，请稍候几秒再试。',
    retryAfter: 2,
  },
  'request.busy': {
    status: 503,
    kind: 'fault',
    sentence: () => '现在办理的人较多，这一项还没有办理，请稍候几秒再试。',
    retryAfter: 2,
  },
  'request.tooSlow': {
    status: 408,
    kind: 'fault',
    sentence: () => '提交的内容没有在规定时间内传完，这一项没有办理，请检查网络后再试。',
    retryAfter: 2,
  },
  'session.missing': { status: 401, kind: 'access', sentence: () => '您尚未登录或登录已失效，请重新登录。' },
  'session.endedElsewhere': {
    status: 401,
    kind: 'access',
    sentence: (details: { because: 'newer' | 'password' }) =>
      details.because === 'newer'
        ? '此账户已在别处登录，这里的登录已结束，请重新登录。'
        : '此账户的密码已在别处修改，这里的登录已结束，请用新密码登录。',
  },
  'session.postsChanged': {
    status: 401,
    kind: 'access',
    sentence: (details: { changes: readonly string[] }) => `您${details.changes.join('，')}，请重新登录。`,
  },
  'access.denied': { status: 403, kind: 'access', sentence: () => '您没有进行这项操作的权限。' },
  'access.reachTooShort': {
    status: 403,
    kind: 'access',
    sentence: (details: { reach: string }) =>
      `这项操作只由${details.reach}办理，您现在的岗位管不到这么大的范围。有这样的岗位时，请先切换到该岗位。`,
  },
  'request.idTaken': {
    status: 409,
    kind: 'conflict',
    sentence: (details: { what: string }) =>
      `这${details.what}的编号已经用在别处，没有保存。请刷新页面，重新填写后再提交。`,
  },
  'thing.notFound': {
    status: 404,
    kind: 'input',
    sentence: (details: { what: string }) => `找不到这${details.what}，可能已被移除，或不在您的管辖范围内。`,
  },
  'thing.changed': {
    status: 409,
    kind: 'conflict',
    sentence: (details: { what: string; last?: LastChange | undefined }) =>
      `${changeSaid(details.what, details.last)}，请刷新后再试。`,
  },
  'thing.ofOffice': {
    status: 403,
    kind: 'access',
    sentence: (details: { what: string }) =>
      `${details.what}由督导机构核定填写，不能在这里改动：有异议的，请与督导机构联系。`,
  },
  'thing.exists': {
    status: 409,
    kind: 'conflict',
    sentence: (details: { what: string }) => `${details.what}已经存在。`,
  },
  'thing.nothingChanges': {
    status: 409,
    kind: 'state',
    sentence: (details: { what: string }) => `${details.what}已经是这样，没有什么要保存；如要改动，请先修改再保存。`,
  },
  'thing.busy': {
    status: 503,
    kind: 'state',
    sentence: () => '这条记录正在办理另一项操作，这一项还没有办理，请稍候几秒再试。',
    retryAfter: 2,
  },
  'database.unavailable': {
    status: 503,
    kind: 'fault',
    sentence: () => '数据库暂时无法连接，您的内容没有丢失，请稍后再试。',
    retryAfter: 5,
  },
  'database.busy': {
    status: 503,
    kind: 'fault',
    sentence: () => '数据库的连接已全部占用，这一项还没有办理，请稍候几秒再试。',
    retryAfter: 5,
  },
  'database.full': {
    status: 503,
    kind: 'fault',
    sentence: () => '数据库的存储空间已用尽，暂时不能保存；您填写的内容留在本机，请通知系统管理员。',
    retryAfter: 30,
  },
  'server.fault': { status: 500, kind: 'fault', sentence: () => '系统出现故障，已记录，请稍后再试或联系管理员。' },
} as const;
