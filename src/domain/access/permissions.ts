/**
 * What a role may hold. Permissions are code, because code checks them; which role holds which is data (`roles`).
 * Named `subject.act`, like the audit actions, so that one word runs through route, policy and log.
 */
export const permissions = [
  'directory.read',
  'directory.manage',
  'filing.read',
  'filing.fill',
  'filing.submit',
  'filing.sign',
  'filing.return',
  'filing.approve',
  'filing.accept',
  'filing.remind',
  'filing.extend',
  'filing.reopen',
  'period.manage',
  'balance.read',
  'balance.run',
  'standard.manage',
  'work-plan.read',
  'work-plan.write',
  'work-plan.issue',
  'work-plan.note',
  'rectification.read',
  'rectification.enter',
  'rectification.plan',
  'rectification.check',
  'rectification.close',
  'rectification.prove',
  'rectification.manage',
  'tracking.read',
  'tracking.manage',
  'tracking.review',
  'tracking.prepare',
  'tracking.submit',
  'framework.read',
  'framework.manage',
  'framework.answer',
  'letter.read',
  'letter.draft',
  'letter.check',
  'letter.sign',
  'letter.issue',
  'letter.receive',
  'letter.manage',
  'inspector.read',
  'inspector.write',
  'inspector.review',
  'inspector.appoint',
  'campaign.read',
  'campaign.manage',
  'evaluation.read',
  'evaluation.answer',
  'evaluation.confirm',
  'evaluation.judge',
  'evaluation.conclude',
  'people.read',
  'people.manage',
  'role.grant',
  'setting.manage',
  'audit.read',
] as const;

export type Permission = (typeof permissions)[number];

/** The permission by which somebody sees what was said in earlier rounds, wherever these are used again. */
export const readsRounds: Permission = 'evaluation.read';

/**
 * The permissions that an access token may have. The rights of the three administrators are excluded. A token is
 * checked neither for a second factor nor for the age of a password, so anybody who holds the token could use these
 * rights.
 */
export const tokenPermissions = permissions.filter((one) => !/^(people|role|setting|audit)\./.test(one));

/**
 * The permissions whose acts change what people may do or where: accounts, roles, settings of access, and the units and
 * schools from which the reach of a post follows.
 */
export const permissionsOverRights: readonly Permission[] = [
  'people.manage',
  'role.grant',
  'setting.manage',
  'directory.manage',
];

/** The permissions of those who set a new installation up: the three administrators and the officer of the city. */
export const settingUp = [
  'people.manage',
  'role.grant',
  'audit.read',
  'directory.manage',
  'period.manage',
] as const satisfies readonly Permission[];

/** Who opens a school year, without which pages of the business have nothing to show. */
export const opensYear = 'period.manage' satisfies Permission;

/** Who chooses the city: a part of the set-up, before anybody can hold a post of the business. */
export const choosesCity = 'setting.manage' satisfies Permission;

/** Who looks after the work that the program does later. */
export const watchesJobs = 'setting.manage' satisfies Permission;

/** Who names the person whom the schools of a unit call about their filings. */
export const namesContact = ['directory.manage', 'filing.return'] as const satisfies readonly Permission[];

/** The role that does the acts of a permission in a new installation, where nobody holds it yet. */
export function usualHolder(permission: Permission): string {
  const key = (Object.keys(roleTitles) as RoleKey[]).find((one) => initialRolePermissions[one].includes(permission));
  return key === undefined ? '' : roleTitles[key];
}

/** Two rights over the same filing that one person never uses on it: who submits does not approve. */
export const signedByTwo: readonly Permission[] = ['filing.submit', 'filing.approve'];

/**
 * The permissions by which somebody decides over the work of others, or vouches for it: approving, accepting, reopening
 * and signing filings, closing findings, signing and issuing letters, keeping the years, the register, the standards and the
 * frameworks by which they are judged, opening campaigns, and vouching for a self-evaluation or its result.
 */
export const decidingPermissions: readonly Permission[] = [
  'filing.approve',
  'filing.accept',
  'filing.reopen',
  'filing.sign',
  'period.manage',
  'directory.manage',
  'standard.manage',
  'rectification.close',
  'tracking.review',
  'tracking.submit',
  'framework.manage',
  'letter.sign',
  'inspector.review',
  'inspector.appoint',
  'campaign.manage',
  'evaluation.confirm',
  'evaluation.conclude',
];

/** The ten roles that a new installation knows; later editions of the data may add more. */
export const roleTitles = {
  'system-administrator': '系统管理员',
  'security-administrator': '安全管理员',
  'audit-administrator': '审计管理员',
  'city-officer': '市级督导干部',
  'section-officer': '市局科室干部',
  'county-director': '县级督导室主任',
  'county-officer': '县级督导干部',
  'school-head': '校长',
  'school-clerk': '学校填报员',
  expert: '督导组成员（外聘）',
} as const;

export type RoleKey = keyof typeof roleTitles;

/** 三员分立 (GB/T 22239-2019, separation of duties): no person holds two of these, and none of them sees business. */
export const separatedRoles = ['system-administrator', 'security-administrator', 'audit-administrator'] as const;

/** What each role of a new installation holds; written into `roles` once and edited there afterwards. */
export const initialRolePermissions: Record<RoleKey, readonly Permission[]> = {
  'system-administrator': ['people.read', 'people.manage', 'setting.manage'],
  'security-administrator': ['people.read', 'role.grant'],
  'audit-administrator': ['audit.read'],
  'city-officer': [
    'directory.read',
    'directory.manage',
    'filing.read',
    'filing.return',
    'filing.approve',
    'filing.accept',
    'filing.remind',
    'filing.extend',
    'filing.reopen',
    'period.manage',
    'balance.read',
    'balance.run',
    'standard.manage',
    'work-plan.read',
    'work-plan.write',
    'work-plan.issue',
    'work-plan.note',
    'rectification.read',
    'rectification.enter',
    'rectification.check',
    'rectification.close',
    'rectification.prove',
    'rectification.manage',
    'tracking.read',
    'tracking.manage',
    'tracking.review',
    'letter.read',
    'letter.draft',
    'letter.check',
    'letter.sign',
    'letter.issue',
    'letter.receive',
    'letter.manage',
    'framework.read',
    'framework.manage',
    'inspector.read',
    'inspector.write',
    'inspector.review',
    'inspector.appoint',
    'campaign.read',
    'campaign.manage',
    'evaluation.read',
    'evaluation.judge',
    'evaluation.conclude',
    'framework.answer',
  ],
  'section-officer': [
    'directory.read',
    'filing.read',
    'balance.read',
    'work-plan.read',
    'work-plan.note',
    'rectification.read',
    'rectification.enter',
    'rectification.plan',
    'tracking.read',
    'letter.read',
    'letter.draft',
    'letter.check',
    'letter.issue',
    'letter.receive',
    'framework.read',
    'inspector.read',
    'campaign.read',
    'evaluation.read',
    'evaluation.judge',
  ],
  'county-director': [
    'directory.read',
    'filing.read',
    'filing.return',
    'filing.approve',
    'filing.remind',
    'filing.extend',
    'filing.reopen',
    'balance.read',
    'balance.run',
    'work-plan.read',
    'work-plan.write',
    'work-plan.issue',
    'work-plan.note',
    'rectification.read',
    'rectification.enter',
    'rectification.plan',
    'rectification.check',
    'rectification.close',
    'rectification.prove',
    'tracking.read',
    'tracking.prepare',
    'tracking.submit',
    'letter.read',
    'letter.draft',
    'letter.check',
    'letter.sign',
    'letter.issue',
    'letter.receive',
    'letter.manage',
    'framework.read',
    'inspector.read',
    'inspector.write',
    'inspector.review',
    'inspector.appoint',
    'campaign.read',
    'evaluation.read',
    'evaluation.answer',
    'evaluation.confirm',
    'evaluation.judge',
    'framework.answer',
  ],
  'county-officer': [
    'directory.read',
    'filing.read',
    'filing.fill',
    'filing.submit',
    'filing.return',
    'filing.remind',
    'filing.extend',
    'balance.read',
    'balance.run',
    'work-plan.read',
    'work-plan.write',
    'work-plan.note',
    'rectification.read',
    'rectification.enter',
    'rectification.plan',
    'rectification.check',
    'rectification.prove',
    'tracking.read',
    'tracking.prepare',
    'letter.read',
    'letter.draft',
    'letter.check',
    'letter.issue',
    'letter.receive',
    'framework.read',
    'inspector.read',
    'inspector.write',
    'campaign.read',
    'evaluation.read',
    'evaluation.answer',
    'evaluation.judge',
    'framework.answer',
  ],
  'school-head': [
    'directory.read',
    'filing.read',
    'filing.fill',
    'filing.submit',
    'filing.sign',
    'balance.read',
    'rectification.read',
    'rectification.plan',
    'letter.receive',
    'evaluation.read',
    'evaluation.answer',
    'evaluation.confirm',
    'framework.answer',
  ],
  'school-clerk': [
    'directory.read',
    'filing.read',
    'filing.fill',
    'filing.submit',
    'balance.read',
    'rectification.read',
    'rectification.plan',
    'letter.receive',
    'evaluation.read',
    'evaluation.answer',
    'framework.answer',
  ],
  expert: ['evaluation.judge'],
};
