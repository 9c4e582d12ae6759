import { z } from 'zod';
import { longestExplanation } from '#domain/filing/cells.ts';
import { meaningfulText } from '#domain/kit/meaningful-text.ts';
import { writtenText } from '../kit/texts.shape.ts';
import { route } from '../route.ts';
import { cellValue, fieldKey, filingComment, filingParams, saved } from './filings.shape.ts';

/** The routes by which a school fills its filing until it submits. */

export const saveCells = route({
  name: 'filings.saveCells',
  method: 'PATCH',
  path: '/api/filings/:filingId/cells',
  access: 'filing.fill',
  summary: '保存一批单元格（带版本）；同一格先到先得，后到者得到双方数值',
  params: filingParams,
  body: z.object({
    changes: z
      .array(
        z.object({
          field: fieldKey,
          /** Absent: only the explanation changes. A text that is not a number is kept and reported as a finding. */
          value: cellValue.optional(),
          explanation: writtenText(longestExplanation).nullable().optional(),
          /** `n` of the cell that the person saw; 0 for a cell never written. */
          version: z.number().int().min(0),
        }),
      )
      .min(1)
      .max(500),
  }),
  output: saved,
});

export const copyLastYear = route({
  name: 'filings.copyLastYear',
  method: 'POST',
  path: '/api/filings/:filingId/last-year-values',
  access: 'filing.fill',
  summary: '复制去年值：只填入空着的、变化少的数据项',
  params: filingParams,
  output: saved.extend({ copied: z.number().int() }),
});

export const comment = route({
  name: 'filings.comment',
  method: 'POST',
  path: '/api/filings/:filingId/comments',
  access: ['filing.fill', 'filing.return'],
  summary: '在一个单元格上写批注',
  params: filingParams,
  body: z.object({ field: fieldKey, body: writtenText(1000).min(1).regex(meaningfulText, '请写明内容') }),
  output: filingComment,
});

export const resolveComment = route({
  name: 'filings.resolveComment',
  method: 'POST',
  path: '/api/filings/:filingId/comments/:commentId/resolution',
  access: ['filing.fill', 'filing.return'],
  summary: '把一条批注标为已处理',
  params: filingParams.extend({ commentId: z.uuid() }),
  output: filingComment,
});
