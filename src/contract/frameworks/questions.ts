import { z } from 'zod';
import { authorities, factPeriods } from '#domain/framework/lists.ts';
import { earlierFacts, enteredFact, givenFact } from '../kit/facts.shape.ts';
import { writtenLine, writtenText } from '../kit/texts.shape.ts';
import { route } from '../route.ts';
import { frameworkKey, trialSubject } from './framework.shape.ts';

const subjectOf = z.object({ type: z.enum(['unit', 'school']), id: z.number().int(), name: z.string() });

export const questions = route({
  name: 'frameworks.questions',
  method: 'GET',
  path: '/api/framework-questions',
  access: ['framework.read', 'framework.answer'],
  scoped: true,
  summary: '各指标体系所问的事实：哪些版本和指标要用，某单位或学校某年是否已经填报',
  query: z.object({
    search: writtenText(60).optional(),
    /** Those that this framework asks. */
    framework: frameworkKey.optional(),
    state: z.enum(['known', 'unknown']).optional(),
    subjectType: z.enum(['unit', 'school']).optional(),
    subjectId: z.coerce.number().int().optional(),
    year: z.coerce.number().int().min(2000).max(2200),
  }),
  output: z.object({
    /** Whose answers are shown; the own unit or school where nobody else was asked for. */
    subject: subjectOf,
    rows: z
      .array(
        z.object({
          name: z.string(),
          type: z.enum(['number', 'choice', 'truth']),
          unit: z.string().nullable(),
          period: z.enum(factPeriods),
          /** `2025年`, `2025—2026学年` */
          periodName: z.string(),
          askedBy: z
            .array(
              z.object({
                key: frameworkKey,
                title: z.string(),
                edition: z.string(),
                /** With `completedBy` its mark, which stands beside its name. */
                authority: z.enum(authorities),
                completedBy: z.string().nullable(),
                /** Leaves that read it. */
                codes: z.array(z.string()).max(500),
                /** Whether rules or conclusions read it. */
                inRules: z.boolean(),
              }),
            )
            .max(500),
          answer: enteredFact.nullable(),
          earlier: earlierFacts,
        }),
      )
      .max(2000),
    counts: z.object({ total: z.number().int(), known: z.number().int(), editions: z.number().int() }),
    frameworks: z.array(z.object({ key: frameworkKey, title: z.string() })).max(500),
    can: z.object({ answer: z.boolean() }),
  }),
});

export const answer = route({
  name: 'frameworks.answer',
  method: 'POST',
  path: '/api/framework-answers',
  access: 'framework.answer',
  summary: '填报或更正一项事实：写明依据的文件和数据的日期；各评估只问这一次',
  body: givenFact.extend({
    /** The name of the fact, as editions ask it: `事实:常住人口`. */
    fact: writtenLine(120).min(4),
    subject: trialSubject,
    year: z.number().int().min(2000).max(2200),
  }),
  output: z.object({ answer: enteredFact }),
});
