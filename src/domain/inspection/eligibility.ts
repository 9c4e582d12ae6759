import type { Day } from '../kit/school-year.ts';
import { type Degree, degrees, degreeTitles, type InspectorKind } from './inspector.ts';
import { type EligibilityRule, holding, type InspectorRules } from './inspector-rules.shape.ts';

/** What a person who looked said of a requirement that no figure answers. */
export interface Statement {
  readonly met: boolean;
  /** On what it rests: a certificate, an assessment with its day. */
  readonly basis: string;
}

/** What the requirements ask of an applicant; null where it is not known. */
export interface Applicant {
  readonly kind: InspectorKind;
  readonly degree: Degree | null;
  /** Years in the management, teaching or research of education. */
  readonly educationYears: number | null;
  /** By the key of the requirement. */
  readonly statements: Readonly<Record<string, Statement>>;
}

export type Standing = 'met' | 'not-met' | 'unknown';

/** One requirement as it stands, with what it rests on. */
export interface Requirement {
  readonly key: string;
  readonly title: string;
  readonly standing: Standing;
  /** What was looked at: a degree, a number of years, a statement; empty where nothing is known. */
  readonly basis: string;
  /** Document and article. */
  readonly source: string;
  /** Whether somebody states it, or it follows from the form. */
  readonly stated: boolean;
}

/**
 * The requirements that hold for this kind of inspector on a day, each met, not met or not known (《教育督导条例》, 国务院令第624号,
 * 第七条). None for a kind to which no rule applies. Never throws.
 * @param on the day whose rules count
 */
export function eligibilityOf(applicant: Applicant, rules: InspectorRules, on: Day): Requirement[] {
  return holding(rules.eligibility, applicant.kind, on).map((rule) => ({
    key: rule.key,
    title: rule.title,
    source: `${rule.document}${rule.article ?? ''}`,
    stated: rule.by === 'statement',
    ...answer(rule, applicant),
  }));
}

function answer(rule: EligibilityRule, applicant: Applicant): Pick<Requirement, 'standing' | 'basis'> {
  if (rule.by === 'degree') {
    if (applicant.degree === null) return unknown;
    const reaches = degrees.indexOf(applicant.degree) >= degrees.indexOf(rule.least);
    return { standing: reaches ? 'met' : 'not-met', basis: `登记学历：${degreeTitles[applicant.degree]}` };
  }
  if (rule.by === 'years') {
    if (applicant.educationYears === null) return unknown;
    const reaches = applicant.educationYears >= rule.least;
    return { standing: reaches ? 'met' : 'not-met', basis: `登记教育工作年限：${applicant.educationYears} 年` };
  }
  const said = applicant.statements[rule.key];
  return said === undefined ? unknown : { standing: said.met ? 'met' : 'not-met', basis: said.basis };
}

const unknown = { standing: 'unknown', basis: '' } as const;
