import { describe, expect, it } from 'vitest';
import { isUnassigned, nowhere, placesMeant, reaches, reachesAsFar } from './actor.ts';
import { addressKey } from './address-key.ts';
import { commonWords } from './common-passwords.ts';
import { isPasswordDue, passwordIssues, randomPassword } from './password.ts';
import { checkPeopleList } from './people-list.ts';
import { decidingPermissions, initialRolePermissions, permissions, separatedRoles } from './permissions.ts';
import { roleWarning } from './role-change.ts';
import {
  type GrantableRole,
  grantRefusal,
  holdsPost,
  needsTwoPeople,
  passwordRefusal,
  sectionRefusal,
  unsectionedRefusal,
} from './separation.ts';
import { normalUsername, usernameIssue } from './username.ts';

describe('a password', () => {
  it.each([
    ['Ab3456789', '太短'],
    ['abcdefghij', '一类'],
    ['abcdef1234', '两类'],
    ['Wangxm-2025', '含用户名'],
    ['2025-mxgnaW', '含倒写的用户名'],
    ['aaaaBBBB1111', '重复'],
    [`Aa1${'x'.repeat(3)}y`.repeat(30), '太长'],
  ])('%s is refused (%s)', (password) => {
    expect(passwordIssues(password, 'wangxm')).not.toEqual([]);
  });

  it.each(commonWords)('a common word is refused however it is adorned: %s', (word) => {
    const capital = word[0]!.toUpperCase() + word.slice(1);
    for (const password of [`${capital}2026!@#$`, `2026@${capital}@2026`, `Aa123456-${word}`]) {
      expect(passwordIssues(password, 'wangxm').filter((issue) => issue.startsWith('密码太常见'))).toHaveLength(1);
    }
  });

  it.each(['P@ssw0rd2026', 'Adm1n@123456', '1qaz@WSX3edc', 'Qwerty123!@#', 'Abcdef1234', 'Wo@1n1-5201314'])(
    '%s is common',
    (password) => {
      expect(passwordIssues(password, 'wangxm').join()).toContain('密码太常见');
    },
  );

  it.each(['Tigris-1234', 'kupfer-123X', 'KLM drei 12', '督导学校aB3456789', 'Neues-Wort-4'])(
    '%s is good',
    (password) => {
      expect(passwordIssues(password, 'wangxm')).toEqual([]);
    },
  );

  it('counts characters and not halves of them', () => {
    expect(passwordIssues('𠀀𠀁𠀂𠀃𠀄aB3', 'x-x')).toHaveLength(1);
  });

  it('reports all faults at once', () => {
    expect(passwordIssues('wangxm', 'wangxm')).toHaveLength(3);
  });

  it('is due after its days, and while none was chosen', () => {
    const chosen = new Date('2025-01-01T00:00:00Z');
    expect(isPasswordDue(chosen, 90, new Date('2025-04-01T00:00:00Z'))).toBe(false);
    expect(isPasswordDue(chosen, 90, new Date('2025-04-01T00:00:01Z'))).toBe(true);
    expect(isPasswordDue(null, 90, chosen)).toBe(true);
  });

  it('that is made by chance fulfils the rules and shows no signs that look alike', () => {
    let state = 7;
    const pick = (below: number) => {
      state = (state * 48271) % 2147483647;
      return state % below;
    };
    const made = new Set(Array.from({ length: 300 }, () => randomPassword(pick)));
    expect(made.size).toBe(300);
    for (const password of made) {
      expect(passwordIssues(password, '')).toEqual([]);
      expect(password).not.toMatch(/[0O1lI]/);
      expect(password).toMatch(/^[a-zA-Z]/);
    }
  });
});

describe('a username', () => {
  it('is one name however it is typed', () => {
    expect(normalUsername(' Ｗａｎｇ.XM ')).toBe('wang.xm');
  });
  it.each(['ab', '1abc', '王小明', 'a b c', 'a'.repeat(31)])('%s is refused', (name) => {
    expect(usernameIssue(name)).not.toBeNull();
  });
  it.each(['wang.xm', 'fengze-01', 'a_b'])('%s is good', (name) => {
    expect(usernameIssue(name)).toBeNull();
  });
});

describe('an address, when tries are counted,', () => {
  it.each([
    ['10.0.0.1', '10.0.0.1'],
    ['::ffff:10.0.0.1', '10.0.0.1'],
    ['::FFFF:10.0.0.1', '10.0.0.1'],
    ['::ffff:a00:1', '10.0.0.1'],
    ['0:0:0:0:0:ffff:0a00:0001', '10.0.0.1'],
    ['::ffff:c0a8:fffe', '192.168.255.254'],
    ['64:ff9b::1.2.3.4', '1.2.3.4'],
    ['64:ff9b::102:304', '1.2.3.4'],
    ['64:ff9b:1::102:304', '64:ff9b:1:0::/64'],
    ['::fffe:a00:1', '0:0:0:0::/64'],
    ['2001:db8:0:1:aaaa:bbbb:cccc:dddd', '2001:db8:0:1::/64'],
    ['2001:DB8:0:0001::1', '2001:db8:0:1::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['2001:db8::', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['unknown', 'unknown'],
  ])('%s stands for %s', (address, key) => {
    expect(addressKey(address)).toBe(key);
  });
});

describe('granting', () => {
  const role = (key: string, reach: GrantableRole['reach']): GrantableRole => ({
    key,
    reach,
    separated: reach === 'none',
    secondFactor: reach === 'none' || reach === 'city',
    permissions: [],
  });
  const system = role('system-administrator', 'none');
  const audit = role('audit-administrator', 'none');
  const county = role('county-officer', 'county');
  const head = role('school-head', 'school');
  const nowhere = { unitLevel: null, schoolId: null };
  const inCounty = { unitLevel: 'county' as const, schoolId: null };

  it('lets nobody hold two of the three, nor one of them with business', () => {
    expect(grantRefusal(audit, nowhere, [system], false)).toContain('不得兼任');
    expect(grantRefusal(county, inCounty, [system], false)).toContain('不得兼任');
    expect(grantRefusal(system, nowhere, [head, county], false)).toContain('不得兼任');
    expect(grantRefusal(system, nowhere, [], false)).toBeNull();
    expect(grantRefusal(head, { unitLevel: null, schoolId: 7 }, [county], false)).toBeNull();
  });

  it('wants the place that fits the role', () => {
    expect(grantRefusal(county, { unitLevel: 'city', schoolId: null }, [], false)).not.toBeNull();
    expect(grantRefusal(county, { unitLevel: 'county', schoolId: 7 }, [], false)).not.toBeNull();
    expect(grantRefusal(head, inCounty, [], false)).not.toBeNull();
    expect(grantRefusal(system, inCounty, [], false)).not.toBeNull();
    const [inspector, expert] = [role('inspector', 'schools'), role('expert', 'campaign')];
    expect(grantRefusal(inspector, inCounty, [county], false)).toBeNull();
    expect(grantRefusal(inspector, nowhere, [], false)).not.toBeNull();
    expect(grantRefusal(expert, nowhere, [head], false)).toBeNull();
    expect(grantRefusal(expert, inCounty, [], false)).not.toBeNull();
  });

  it('makes an account that it takes two to come by: of administrators, of who needs a second factor, and of who decides', () => {
    const deciding = decidingPermissions.map((one) => ({ ...county, permissions: ['filing.read', one] }));
    expect(deciding.map(needsTwoPeople)).toEqual(decidingPermissions.map(() => true));
    const shipped = Object.entries(initialRolePermissions).filter(([key]) => !key.endsWith('-administrator'));
    expect(shipped.flatMap(([key, permissions]) => (needsTwoPeople({ ...county, permissions }) ? [key] : []))).toEqual([
      'city-officer',
      'county-director',
      'school-head',
    ]);
    expect([system, audit, role('city-officer', 'city')].map(needsTwoPeople)).toEqual([true, true, true]);
    expect([county, head, null].map(needsTwoPeople)).toEqual([false, false, false]);
  });

  it('of such a role wants a password that no single administrator may know', () => {
    const director = { ...county, name: '主任', permissions: ['filing.approve'] };
    const own = { passwordChosen: true, passwordByOne: false };
    expect(passwordRefusal(director, own, false)).toBeNull();
    expect(passwordRefusal(director, { ...own, passwordByOne: true }, true)).toContain('提出双人链接');
    expect(passwordRefusal(director, { ...own, passwordChosen: false }, false)).toContain('还没有自己设定密码');
    expect(passwordRefusal(director, { ...own, passwordChosen: false }, true)).toBeNull();
    expect(
      passwordRefusal({ ...county, name: '干部' }, { passwordChosen: false, passwordByOne: true }, false),
    ).toBeNull();
  });

  it('is never to oneself', () => {
    expect(grantRefusal(system, nowhere, [], true)).toContain('自己');
  });
});

describe('a post that reaches by assignment', () => {
  it.each([
    ['schools', {}, true],
    ['schools', { places: [11], schools: [] }, true],
    ['schools', { places: [11], schools: [101] }, false],
    ['schools', { places: [11], schools: null }, false],
    ['campaign', {}, true],
    ['campaign', { campaigns: ['c'] }, false],
    ['none', {}, false],
  ] as const)('%s with %j is unassigned: %j', (level, scope, unassigned) => {
    expect(isUnassigned({ level }, { ...nowhere, ...scope })).toBe(unassigned);
  });
});

describe('a role that is edited', () => {
  it.each([
    [['filing.submit', 'filing.approve'], true],
    [['filing.submit', 'filing.return'], false],
    [['filing.approve'], false],
  ] as const)('with %j warns: %j', (held, warns) => {
    expect(roleWarning({ permissions: held }) !== null).toBe(warns);
  });
});

describe('the roles of a new installation', () => {
  const business = permissions.filter((one) =>
    /^(directory|filing|period|balance|standard|rectification|tracking|letter|work-plan|framework|inspector|campaign|evaluation)\./.test(
      one,
    ),
  );

  it('give the three administrators no business and no right twice over', () => {
    for (const key of separatedRoles) {
      expect(initialRolePermissions[key].filter((one) => business.includes(one))).toEqual([]);
    }
    expect(initialRolePermissions['system-administrator']).not.toContain('role.grant');
    expect(initialRolePermissions['security-administrator']).not.toContain('people.manage');
    expect(initialRolePermissions['audit-administrator']).toEqual(['audit.read']);
  });

  it('give nobody else what belongs to the three', () => {
    for (const [key, held] of Object.entries(initialRolePermissions)) {
      if ((separatedRoles as readonly string[]).includes(key)) continue;
      expect(held.filter((one) => !business.includes(one))).toEqual([]);
    }
  });
});

describe('a list of people', () => {
  const line = (
    row: number,
    name: string,
    username: string,
    phone = '',
    faults: Parameters<typeof checkPeopleList>[0][number]['faults'] = {},
  ) => {
    const filled = name !== '' || username !== '';
    return {
      row,
      name,
      username,
      phone,
      role: filled ? '校长' : '',
      place: '',
      section: '',
      code: filled ? ' 21 35 ' : '',
      faults,
    };
  };

  it('is read as its people are kept, empty lines passed over', () => {
    expect(
      checkPeopleList([
        line(2, '王一', 'Wang01', '１３８００００００００'),
        line(3, '', ''),
        line(4, ' 李\u3000二\u200b', '', '0595-1'),
      ]),
    ).toEqual([
      {
        row: 2,
        name: '王一',
        username: 'wang01',
        phone: '13800000000',
        role: '校长',
        place: '',
        section: '',
        code: '2135',
        problems: [],
      },
      {
        row: 4,
        name: '李二',
        username: '',
        phone: '0595-1',
        role: '校长',
        place: '',
        section: '',
        code: '2135',
        problems: [],
      },
    ]);
  });

  it('names every fault of every line', () => {
    const read = checkPeopleList([
      line(2, '', '王', 'abc'),
      line(3, '甲', 'same'),
      line(4, '乙', 'SAME', '12'),
      line(5, '林\0一', 'lin01', '#N/A', { phone: '单元格是公式错误 #N/A' }),
    ]);
    expect(read.map((row) => row.problems.length)).toEqual([3, 1, 1, 2]);
    expect(read[3]!.problems).toEqual([
      { column: 'phone', rule: '单元格是公式错误 #N/A' },
      { column: 'name', rule: '姓名中有空字符（U+0000），无法保存，请重新输入' },
    ]);
  });
});

describe('the section of a post', () => {
  const section = { kind: 'section', name: '督导科', placeId: 2, active: true };
  it('is a 科室, 部门 or 直属单位 in use below the unit of the post', () => {
    expect(sectionRefusal(section, 2)).toBeNull();
    expect(sectionRefusal({ ...section, kind: 'institution' }, 2)).toBeNull();
    expect(sectionRefusal(section, 11)).toContain('不在这个岗位的单位之下');
    expect(sectionRefusal({ ...section, kind: 'county' }, 2)).toContain('不是科室');
    expect(sectionRefusal({ ...section, kind: 'township' }, 2)).toContain('不是科室');
    expect(sectionRefusal({ ...section, active: false }, 2)).toContain('已经撤销');
    expect(sectionRefusal(section, null)).toContain('请不要选择科室');
  });

  it('makes a post of its own, but nobody holds a role both with and without one', () => {
    const post = { key: 'section-officer', unitId: 2, schoolId: null, sectionId: null };
    const [first, second] = [
      { ...post, sectionId: 31 },
      { ...post, sectionId: 32 },
    ];
    expect([holdsPost([first], first), holdsPost([first], second), holdsPost([first], post)]).toEqual([
      true,
      false,
      true,
    ]);
    expect(holdsPost([post], first)).toBe(false);
    expect(unsectionedRefusal([post], first)).toContain('在其账户页为这个岗位选择科室');
    expect([unsectionedRefusal([first], second), unsectionedRefusal([post], post)]).toEqual([null, null]);
  });
});

describe('the places that a question about a unit means', () => {
  const city = { ...nowhere, places: [11, 12, 13] };
  it('are all in reach, one of them, or none where the unit lies outside', () => {
    expect(placesMeant(city, { unitId: 1 }, undefined)).toEqual([11, 12, 13]);
    expect(placesMeant(city, { unitId: 1 }, 1)).toEqual([11, 12, 13]);
    expect(placesMeant(city, { unitId: 1 }, 12)).toEqual([12]);
    expect(placesMeant(city, { unitId: 1 }, 14)).toEqual([]);
    expect(placesMeant({ ...nowhere, places: [12] }, { unitId: 12 }, 11)).toEqual([]);
  });
});

describe('the reach that a route requires', () => {
  it.each([
    ['city', ['city']],
    ['unit', ['city', 'county']],
    [undefined, reaches],
  ] as const)('%s is met by these posts and no others', (required, expected) => {
    expect(reaches.filter((level) => reachesAsFar({ level }, required))).toEqual(expected);
  });
});
