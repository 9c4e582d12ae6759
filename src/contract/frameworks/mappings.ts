import { z } from 'zod';
import { instant } from '../kit/kit.shape.ts';
import { writtenLine } from '../kit/texts.shape.ts';
import { route } from '../route.ts';
import { editionPoints, editionRow, frameworkKey } from './framework.shape.ts';

const pairOfEditions = {
  from: frameworkKey,
  fromRevision: z.coerce.number().int().min(1).optional(),
  to: frameworkKey,
  toRevision: z.coerce.number().int().min(1).optional(),
};

const leaf = z.object({ code: z.string(), path: z.string(), title: z.string().nullable(), points: editionPoints });

/** What stands behind a pair: what somebody decided, or what a proposal rests on. */
export const mappingGrounds = ['decided', 'code', 'title', 'text'] as const;

/** Whether a score means the same on both sides; `otherScale` and `otherMethod` are shown and never carried. */
export const scoreFits = ['same', 'otherScale', 'otherMethod', 'noScore'] as const;

const reply = z.object({
  from: editionRow,
  to: editionRow,
  rows: z
    .array(
      z.object({
        to: leaf,
        from: leaf.nullable(),
        by: z.enum(mappingGrounds).nullable(),
        /** How alike title and text are, in hundredths; null where nothing is compared. */
        likeness: z.number().int().nullable(),
        /** What carries over: facts and evidence of the same kind, the answer, the score. */
        carries: z
          .object({
            evidence: z.boolean(),
            answer: z.boolean(),
            score: z.enum(scoreFits),
            /** Facts that both read: they are asked once. */
            facts: z.array(z.string()).max(100),
          })
          .nullable(),
      }),
    )
    .max(5000),
  /** Leaves of the first edition that carry to none. */
  left: z.array(leaf).max(5000),
  /** 0: nobody has decided anything yet, all of it is proposed. */
  revision: z.number().int(),
  updatedBy: z.string().nullable(),
  updatedAt: instant.nullable(),
});

export const readMapping = route({
  name: 'frameworks.readMapping',
  method: 'GET',
  path: '/api/framework-mapping',
  access: 'framework.manage',
  reach: 'city',
  scoped: true,
  summary: '两个版本末级指标的对应：已写定的和按编号、名称、文字建议的，以及可以沿用的内容',
  query: z.object(pairOfEditions),
  output: reply,
});

export const writeMapping = route({
  name: 'frameworks.writeMapping',
  method: 'PUT',
  path: '/api/framework-mapping',
  access: 'framework.manage',
  reach: 'city',
  summary: '写定两个版本末级指标的对应；分值不同的只显示，不沿用得分',
  body: z.object({
    from: frameworkKey,
    fromRevision: z.number().int().min(1),
    to: frameworkKey,
    toRevision: z.number().int().min(1),
    revision: z.number().int().min(0),
    pairs: z.array(z.object({ to: writtenLine(80).min(1), from: writtenLine(80).min(1).nullable() })).max(5000),
  }),
  output: reply,
});
