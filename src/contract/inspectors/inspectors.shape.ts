import { z } from 'zod';
import {
  birthYears,
  certificateStandings,
  degrees,
  halves,
  inspectorKinds,
  inspectorStages,
  inspectorStates,
  inspectorTurns,
  paperKinds,
  relatives,
  sexes,
  termStandings,
  tieKinds,
} from '#domain/inspection/inspector.ts';
import { mostEarlierTerms } from '#domain/inspection/terms.ts';
import { day, newestEntries } from '../kit/kit.shape.ts';
import { personName } from '../kit/names.shape.ts';
import { moveEntry, revision, steppedTo } from '../kit/steps.shape.ts';
import { phone, writtenLine, writtenReason, writtenText } from '../kit/texts.shape.ts';

export const inspectorKind = z.enum(inspectorKinds);
export const inspectorState = z.enum(inspectorStates);
export const inspectorParams = z.object({ inspectorId: z.uuid() });

/** A unit or a school as it is written; the numbers lead to the register, where it is known there. */
export const body = z.object({
  written: writtenLine(100),
  unitId: z.number().int().nullable(),
  schoolId: z.number().int().nullable(),
});

/** A unit or a school that has to be named. */
const namedBody = body.extend({ written: writtenLine(100).min(1, '请填写单位或学校') });

const writtenPost = z.object({
  body: namedBody,
  post: writtenLine(60),
  from: day.nullable(),
  leftOn: day.nullable(),
});

/** What keeps the inspector away from a body. Nobody is named; of a child at a school only the school and the fact. */
export const writtenRelation = z.object({
  relative: z.enum(relatives),
  tie: z.enum(tieKinds),
  body: namedBody,
  post: writtenLine(60),
  note: writtenLine(200),
  until: day.nullable(),
});

/** What an inspector fills in himself, and the office may fill in for him. */
const own = {
  sex: z.enum(sexes).nullable(),
  birthYear: z
    .number()
    .int()
    .min(birthYears.earliest, '请填写四位年份')
    .max(birthYears.latest, '请填写四位年份')
    .nullable(),
  employer: body,
  post: writtenLine(60),
  degree: z.enum(degrees).nullable(),
  professionalTitle: writtenLine(60),
  educationYears: z.number().int().min(0, '年限不小于 0').max(70, '年限不超过 70').nullable(),
  stages: z.array(z.enum(inspectorStages)).max(inspectorStages.length),
  subjects: writtenLine(200),
  phone,
  publicContact: writtenLine(100),
  profile: writtenText(2000),
  posts: z.array(writtenPost).max(40, '任职经历最多 40 条'),
  relations: z.array(writtenRelation).max(40, '回避事项最多 40 条'),
};

export const ownForm = z.object(own);

/** What somebody who looked says of a requirement that no figure answers. */
export const statement = z.object({
  requirement: writtenLine(40).min(1),
  met: z.boolean(),
  basis: writtenLine(200),
});

/** A term that lies wholly in the past and was served before the entry, or elsewhere. */
const earlierTerm = z.object({ from: day, to: day }).refine(({ from, to }) => from <= to, {
  ...{ path: ['to'], message: '结束日期不早于开始日期' },
});

export const inspectorForm = z.object({
  ...own,
  kind: inspectorKind,
  name: personName,
  certificateNumber: writtenLine(40).nullable(),
  recommendedBy: writtenLine(100),
  statements: z.array(statement).max(40),
  /** The user name of the inspector's account; empty where there is none. */
  username: writtenLine(60).nullable(),
  /** 以前的任期, which count where terms in a row are counted; absent: they stay as they are. */
  earlierTerms: z.array(earlierTerm).max(mostEarlierTerms, `以前的任期最多 ${mostEarlierTerms} 个`).optional(),
});

export const inspectorFilter = {
  state: inspectorState.optional(),
  kind: inspectorKind.optional(),
  stage: z.enum(inspectorStages).optional(),
  term: z.enum(termStandings).optional(),
  /** Whether a number of the certificate is in the register, or another unit in reach has it too. */
  certificate: z.enum(certificateStandings).optional(),
  unitId: z.coerce.number().int().optional(),
  /** What waits for this person. */
  waiting: z.enum(inspectorTurns).optional(),
};

export const inspectorSummary = z.object({
  id: z.uuid(),
  placeId: z.number().int(),
  placeName: z.string(),
  kind: inspectorKind,
  name: z.string(),
  sex: z.enum(sexes).nullable(),
  employer: z.string(),
  post: z.string(),
  professionalTitle: z.string(),
  degree: z.enum(degrees).nullable(),
  stages: z.array(z.enum(inspectorStages)).max(inspectorStages.length),
  subjects: z.string(),
  certificateNumber: z.string().nullable(),
  phone: z.string(),
  state: inspectorState,
  /** The present or last term. */
  termFrom: day.nullable(),
  termTo: day.nullable(),
  terms: z.number().int(),
  /** What is to be done about the term of somebody at work: it ends soon, or it has ended. */
  termAsks: z.enum(['expiring', 'expired']).nullable(),
  revision: z.number().int(),
});

const requirement = z.object({
  key: z.string(),
  title: z.string(),
  standing: z.enum(['met', 'not-met', 'unknown']),
  basis: z.string(),
  source: z.string(),
  stated: z.boolean(),
});

const term = z.object({
  id: z.uuid(),
  from: day,
  to: day.nullable(),
  documentNumber: z.string().nullable(),
  endedOn: day.nullable(),
  reason: z.string().nullable(),
  /** The letter of appointment that was drafted for it. */
  letterId: z.uuid().nullable(),
  /** Whether it is one of 以前的任期, which the form changes; the others were given by an act. */
  earlier: z.boolean(),
});

const paper = z.object({
  paper: z.enum(paperKinds),
  schoolYear: z.number().int(),
  half: z.enum(halves),
  dueOn: day,
  /** Null while it has not come. */
  handedOn: day.nullable(),
  handedBy: z.string().nullable(),
  body: z.string(),
  /** The names of its files. */
  files: z.array(z.string()).max(20),
});

const shown = {
  birthYear: z.number().int().nullable(),
  employerBody: body,
  educationYears: z.number().int().nullable(),
  publicContact: z.string(),
  profile: z.string(),
  posts: z.array(writtenPost).max(40),
  requirements: z.array(requirement).max(20),
  termList: z.array(term).max(60),
  papers: z.array(paper).max(150),
  filledOn: day.nullable(),
};

export const newPublicNotice = z.object({ from: day, to: day });

export const inspectorDetail = inspectorSummary.extend({
  ...shown,
  username: z.string().nullable(),
  recommendedBy: z.string(),
  publicNoticeFrom: day.nullable(),
  publicNoticeTo: day.nullable(),
  appointedOn: day.nullable(),
  endedOn: day.nullable(),
  reason: z.string().nullable(),
  imported: z.boolean(),
  enteredBy: z.string(),
  warnings: z.array(z.string()).max(5),
  /** What keeps him away; null for whoever may not read it. */
  relations: z.array(writtenRelation).max(40).nullable(),
  /** The last day of a term that begins today, by the rules; null where the kind has no terms. */
  nextTerm: z.object({ from: day, to: day.nullable(), beyond: z.string().nullable() }),
  /** The days of a public notice that begins today, by the rules. */
  nextPublicNotice: newPublicNotice,
  steps: z.array(moveEntry).max(newestEntries),
  can: z.object({
    edit: z.boolean(),
    recommend: z.boolean(),
    review: z.boolean(),
    confirm: z.boolean(),
    publicise: z.boolean(),
    appoint: z.boolean(),
    renew: z.boolean(),
    letter: z.boolean(),
    paper: z.boolean(),
    return: z.boolean(),
    end: z.boolean(),
    withdraw: z.boolean(),
    reopen: z.boolean(),
  }),
  /** Why this person may not sign, where that is so. */
  signingObstacle: z.string().nullable(),
  /** Who sends, checks, signs and numbers a letter of appointment, by name; null for whoever may not want one. */
  letterWay: z.string().nullable(),
});

/** The own entry in the register, as the inspector reads and fills it. */
export const ownInspector = inspectorSummary.extend({
  ...shown,
  relations: z.array(writtenRelation).max(40),
  /** Whether the form is still his to fill. */
  mayFill: z.boolean(),
});

export const stepped = steppedTo(inspectorState);

export const newTerm = z.object({
  from: day,
  to: day.nullable(),
  documentNumber: writtenLine(60).nullable(),
  /** Why a term beyond the rule is given. */
  reason: writtenText(300).nullable().default(null),
});
export const newPaper = z.object({
  paper: z.enum(paperKinds),
  schoolYear: z.number().int(),
  half: z.enum(halves),
  body: writtenText(8000),
  /** An own upload that is whole: the paper as a file, beside its text or instead of it. */
  uploadId: z.uuid().nullable().default(null),
});
export const reasoned = revision.extend({ reason: writtenReason(300) });

/** Units and open schools of the register, by what was typed. */
export const foundBodies = {
  query: z.object({ search: z.string().trim().max(60).default('') }),
  output: z.object({
    rows: z
      .array(
        z.object({
          written: z.string(),
          unitId: z.number().int().nullable(),
          schoolId: z.number().int().nullable(),
          placeName: z.string(),
        }),
      )
      .max(20),
  }),
} as const;
