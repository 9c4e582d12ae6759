import { linkOptions } from '@tanstack/react-router';
import type { DeskWords } from '#web/shared/desk/desk.ts';
import { marksOf } from '#web/shared/desk/marks-of.ts';
import { since } from '#web/shared/desk/since.ts';
import { roleChangeMarks } from './state-marks.ts';

const stateMarks = marksOf('people', roleChangeMarks);

export const words: DeskWords<keyof typeof stateMarks> = {
  actions: [
    {
      title: '指派责任督学的学校',
      terms: 'zhipaizerenduxuedexuexiao zpzrdxdxx zpxx',
      link: linkOptions({ to: '/people' }),
      permission: 'role.grant',
    },
  ],
  finders: [{ permission: 'people.read', load: () => import('./person-finder.ts') }],
  stateMarks,
  workWords: {
    'people.locked': {
      state: 'locked',
      mark: '已锁定',
      of: '个账户',
      verb: '去解除',
      link: linkOptions({ to: '/people', search: { mark: 'locked' } }),
    },
    'people.guessed': {
      state: 'attention',
      mark: '被猜密码',
      of: '个账户近来多次输错密码',
      verb: '去查看',
      link: linkOptions({ to: '/people', search: { mark: 'guessed' } }),
    },
    'people.withoutRole': {
      state: 'notStarted',
      mark: '尚无角色',
      of: '个账户',
      waited: since('建立'),
      verb: '去授权',
      link: linkOptions({ to: '/people', search: { mark: 'no-role' } }),
    },
    'people.sectionLapsed': {
      state: 'attention',
      mark: '科室已撤销',
      of: '个账户的岗位须另选科室',
      verb: '去选择',
      link: linkOptions({ to: '/people', search: { mark: 'section-lapsed' } }),
    },
    'people.mobiles': {
      state: 'notStarted',
      mark: '手机号待核对',
      of: '个账户登记了登录用的手机号',
      verb: '去核对',
      link: linkOptions({ to: '/people', search: { mark: 'mobile-asked' } }),
    },
    'people.postSets': {
      state: 'people.waiting',
      mark: '成批授权',
      of: '批授权等待授予',
      waited: since('提出'),
      verb: '去核对',
      link: linkOptions({ to: '/people/sets' }),
      open: (setId) => linkOptions({ to: '/people/sets/$setId', params: { setId } }),
    },
    'people.requests': {
      state: 'people.waiting',
      mark: '账户申请',
      of: '项账户申请等待另一位管理员确认',
      verb: '去确认',
      link: linkOptions({ to: '/people/requests' }),
    },
    'people.roleChanges': {
      state: 'people.waiting',
      mark: '角色改动',
      of: '项角色的改动等待确认或满 24 小时生效',
      verb: '去查看',
      link: linkOptions({ to: '/people/roles' }),
    },
  },
  stepWords: {
    'people.administrators': {
      title: '三位管理员就位',
      made: (count) => `${count} 位管理员`,
      acts: { 'people.manage': { verb: '给出链接' } },
      load: () => import('../roles/Vacancies.tsx'),
    },
    'people.cityOfficer': {
      title: '市级督导干部就位',
      made: (count) => `${count} 人`,
      acts: {
        'people.manage': { verb: '提出人选' },
        'role.grant': { verb: '授予角色', link: linkOptions({ to: '/people/sets' }) },
      },
      load: () => import('../sets/CityOfficer.tsx'),
    },
    'people.schoolPosts': {
      title: '学校人员就位',
      made: (count) => `${count} 个学校岗位`,
      acts: {
        'people.manage': { verb: '导入人员', again: '继续导入', link: linkOptions({ to: '/people/import' }) },
        'role.grant': { verb: '授予角色', link: linkOptions({ to: '/people/sets' }) },
      },
    },
  },
  noticeWords: { 'people.schoolsPassed': '移交了负责督导的学校' },
  permissionWords: { people: '账户', role: '权限' },
};
